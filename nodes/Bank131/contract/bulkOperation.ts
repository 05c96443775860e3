import type { JsonObject } from '../../../bank131/lib/json';
import type { ItemResult, OperationHead } from './operation';
import type { ItemParameters } from '../parameters/itemParameters';

/** All items of a run at once, for an operation that needs them together and no bank. It never sees n8n. */
export interface LocalItems {
	items: JsonObject[];
	param(itemIndex: number): ItemParameters;
	/** The file in the binary field that this item's `parameter` names. */
	file(itemIndex: number, parameter: string): Promise<LocalFile>;
	/** To be awaited now and then in long loops: gives the rest of n8n a turn. */
	breathe(): Promise<void>;
}

export interface LocalFile {
	name: string;
	bytes: Uint8Array;
}

/** What goes out, in order; each with the item it comes from where there is one. */
export interface LocalEnd {
	results: Array<ItemResult & { itemIndex?: number }>;
	/** One sentence for the output pane. */
	summary?: { message: string; clean: boolean };
}

/** An operation on data alone: no request, no ledger, nothing that a second try could do twice. */
export interface LocalOperation extends OperationHead {
	runAll(items: LocalItems): Promise<LocalEnd>;
}
