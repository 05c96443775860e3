import type { INodeProperties } from 'n8n-workflow';

import type { BankClient } from '../../../bank131/client/bankClient';
import type { BankError } from '../../../bank131/client/transport';
import type { ProgressStore } from '../../../bank131/flows/progress';
import type { Json, JsonObject } from '../../../bank131/lib/json';
import type { Outcome } from '../../../bank131/session/session';
import type { Money } from '../../../bank131/values/money';
import type { ItemParameters } from '../parameters/itemParameters';

/** What one item ends with. `json` goes out as it is unless `failure` is set. */
export interface ItemResult {
	json: JsonObject;
	/** Set when the item must leave as an error: it is thrown, or goes to the error branch with `json` as its facts. */
	failure?: ItemFailure;
	/** Goes out as binary data of the item. */
	file?: ItemFile;
	/** For the summary of the batch: what happened to how much money. */
	tally?: { outcome: Outcome; minorUnits?: number; currency?: string };
}

export interface ItemFile {
	/** Name of the binary property. */
	name: string;
	fileName: string;
	mimeType: string;
	data: Buffer;
}

export interface ItemFailure {
	message: string;
	/** What to do about it. */
	description?: string;
	error?: BankError;
}

/** What `run` may use besides its input. It never sees n8n. */
export interface RunContext {
	bank: BankClient;
	/** The ledger's page of this item. */
	progressStore: ProgressStore;
	/** What items of this run have taken for theirs, where the bank does not say whose it is. */
	claimed: Set<string>;
	/** Calls that may be in flight. */
	parallel: number;
	/** The amount was compared with a limit in this currency, so it must not be used in another. */
	onlyCurrency?: string;
}

/** What one call would move, to be compared with the limits that the user set for AI agents. */
export interface AgentTransfer {
	/** The parameter that holds the amount. */
	field: string;
	/** Absent when the call leaves it to the bank. */
	amount?: Money;
	/** What tells one recipient or payer from another. Never shown or stored as it is. */
	to: Json;
}

/**
 * What an AI agent may do with an operation (docs/decisions.md). `allowed`: it reads, or prepares what moves no money.
 * `needsSwitch`: it moves none, but decides about it. `forbidden`: nobody can tell beforehand what it would move.
 */
export type AgentPolicy<Input> =
	| 'allowed'
	| 'needsSwitch'
	| 'forbidden'
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
 * One operation: how it looks in the editor, how its parameters become a plain input, and what it does with it.
 * `read` runs for every item before the first `run`, so a bad row is found before the first kopeck moves.
 */
export interface Operation<Input = unknown> extends OperationHead {
	/** Its failures may leave money in doubt: the ledger is kept, references must be unique, the batch is summed up. */
	movesMoney: boolean;
	/** When the node is a tool of an AI agent. */
	agentPolicy: AgentPolicy<Input>;
	/** Parameters of one item → plain input. Collects every problem in `param` instead of throwing. */
	read(param: ItemParameters): Input;
	/** What makes two items the same payment; two of them in one run are refused before anything is sent. */
	identity?: { field: string; of(input: Input): string };
	run(input: Input, context: RunContext): Promise<ItemResult | ItemResult[]>;
}

/** Keeps the input's type between `read` and `run`, and forgets it for the registry. */
export function operation<Input>(definition: Operation<Input>): Operation {
	return definition as unknown as Operation;
}

/** Either kind: item by item with the bank, or all items at once without it. */
export type AnyOperation = Operation | BulkOperation;

export interface Resource {
	value: string;
	name: string;
	description: string;
	operations: AnyOperation[];
}

/** All items of a run at once, for an operation that needs them together and no bank. It never sees n8n. */
export interface BulkItems {
	items: JsonObject[];
	param(itemIndex: number): ItemParameters;
	/** The file in the binary field that this item's `parameter` names. */
	file(itemIndex: number, parameter: string): Promise<BulkFile>;
	/** To be awaited now and then in long loops: gives the rest of n8n a turn. */
	yieldToEventLoop(): Promise<void>;
}

export interface BulkFile {
	name: string;
	bytes: Uint8Array;
}

/** What goes out, in order; each with the item it comes from where there is one. */
export interface BulkResult {
	results: Array<ItemResult & { itemIndex?: number }>;
	/** One sentence for the output pane. */
	summary?: { message: string; clean: boolean };
}

/** An operation on data alone: no request, no ledger, nothing that a second try could do twice. */
export interface BulkOperation extends OperationHead {
	runBulk(items: BulkItems): Promise<BulkResult>;
}
