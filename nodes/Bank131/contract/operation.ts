import type { INodeProperties } from 'n8n-workflow';

import type { FlowContext, KeyRoutes } from '../../../bank131/flows/context';
import type { RefundClaims } from '../../../bank131/flows/refund/refundClaims';
import type { JsonObject } from '../../../bank131/lib/json';
import type { Outcome } from '../../../bank131/session/outcomes';
import type { Money } from '../../../bank131/values/money';
import type { ItemParameters } from '../parameters/itemParameters';

/** One output item of an operation. */
export interface ItemResult {
	/** The output; with `failure` the facts of the error item. */
	json: JsonObject;
	/** Set when the item is an error: it is thrown, or output on the error branch. */
	failure?: ItemFailure;
	/** Output as binary data of the item. */
	file?: ItemFile;
	/** For the summary of the batch. */
	tally?: Tally;
}

/** What one item contributes to the summary of the batch: its outcome and, if known, its money. */
export interface Tally {
	outcome: Outcome;
	minorUnits?: number;
	currency?: string;
	/** The item went as far as it was asked to, so the summary does not warn. */
	isAsAsked?: boolean;
}

/** A file of an output item. */
export interface ItemFile {
	/** Name of the binary property. */
	name: string;
	fileName: string;
	mimeType: string;
	data: Buffer;
}

/** Why an item is an error. */
export interface ItemFailure {
	message: string;
	/** What to do about it. */
	description?: string;
}

/** What `run` uses besides its input. It has no access to n8n. */
export interface RunContext extends FlowContext {
	/** The refunds of all items of this run. */
	refundClaims: RefundClaims;
	keyRoutes: KeyRoutes;
	/** How many requests may be in flight at once. */
	parallel: number;
	/** The amount was compared with a limit in this currency, so it must not be applied to another. */
	onlyCurrency?: string;
}

/** What one call would move; compared with the limits that the user set for AI agents. */
export interface AgentTransfer {
	/** The parameter that holds the amount. */
	field: string;
	/** Absent when the call leaves it to the bank. */
	amount?: Money;
	/**
	 * Identifies the recipient or payer by numbers, tokens and IDs. A model could change free words to make one payment
	 * look like another. Never output or stored in this form.
	 */
	recipientIdentity: string[];
}

/**
 * What an AI agent may do with an operation (docs/decisions.md). `allowed`: it reads, or prepares without moving
 * money. `needsSwitch`: it moves no money itself, but influences whether money moves. `amountUnknown`: closed, because
 * the amount is not known in advance. `resultSecret`: closed, because a model must not see the result. A function: the
 * operation moves money, within limits.
 */
export type AgentPolicy<Input> =
	| 'allowed'
	| 'needsSwitch'
	| 'amountUnknown'
	| 'resultSecret'
	| ((input: Input) => AgentTransfer);

/** How an operation looks in the editor. */
export interface OperationHead {
	resource: string;
	value: string;
	name: string;
	/** Sentence for the node panel, e.g. "Send a payout". */
	action: string;
	description: string;
	fields: INodeProperties[];
}

/**
 * One operation: how it looks in the editor, how its parameters become a plain input, and what it does with the
 * input. `read` runs for every item before the first `run`, so an invalid item is found before any money moves.
 */
export interface Operation<Input = unknown> extends OperationHead {
	/** The runner then saves progress for retries, rejects duplicate references and outputs a summary of the batch. */
	movesMoney: boolean;
	/** Applies when the node is a tool of an AI agent. */
	agentPolicy: AgentPolicy<Input>;
	/** Turns the parameters of one item into a plain input. Collects every problem in `param` instead of throwing. */
	read(param: ItemParameters): Input;
	/**
	 * The field whose value identifies the payment. Two items with the same value in one run are rejected before
	 * anything is sent. `outputField`: its name in the output, if that is another.
	 */
	identity?: { field: string; outputField?: string; of(input: Input): string };
	run(input: Input, context: RunContext): Promise<ItemResult | ItemResult[]>;
}

/** Checks that `read` and `run` agree on the input's type, and hides the type from the registry. */
export function defineOperation<Input>(definition: Operation<Input>): Operation {
	return definition as unknown as Operation;
}

/** An operation that calls the bank item by item, or one that works on all items at once without the bank. */
export type AnyOperation = Operation | BulkOperation;

/** A resource of the node with its operations. */
export interface Resource {
	value: string;
	name: string;
	description: string;
	operations: AnyOperation[];
}

/** All items of a run, for an operation that needs them together and does not call the bank. */
export interface BulkItems {
	items: JsonObject[];
	param(itemIndex: number): ItemParameters;
	/** Names of the binary fields of an item. */
	binaryFields(itemIndex: number): string[];
	file(itemIndex: number, binaryFieldName: string): Promise<BulkFile>;
	/** Await it regularly in long loops, so that n8n can do other work. */
	yieldToEventLoop(): Promise<void>;
}

/** A file of an input item. */
export interface BulkFile {
	name: string;
	bytes: Uint8Array;
}

/** One output item of a bulk operation. `itemIndex`: its input item, if it comes from one. */
export type BulkItemResult = ItemResult & { itemIndex?: number };

/** The output of a bulk operation. */
export interface BulkResult {
	/** In the order of the output. */
	results: BulkItemResult[];
	/** One sentence for the output pane; a warning there unless it is clean. */
	summary?: { message: string; isClean: boolean };
}

/** An operation on data alone. It sends no requests, so repeating it does no harm. */
export interface BulkOperation extends OperationHead {
	runBulk(bulk: BulkItems): Promise<BulkResult>;
}
