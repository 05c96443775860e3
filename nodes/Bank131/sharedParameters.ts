import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { field } from '../../bank131/json';
import { runsAsTool } from './agent/asTool';

/** n8n throws for a parameter that the form does not show, unless there is a fallback that is not `undefined`. */
export const NOT_SHOWN = null;

/** Parameters that hold no expression have the same value for every item: one look-up for the whole batch. */
export class SharedParameters {
	private readonly values = new Map<string, unknown>();

	private readonly varying = new Set<string>();

	private readonly written: Record<string, unknown>;

	private readonly items: INodeExecutionData[];

	private readonly columns = new Map<string, string>();

	private readonly asTool: boolean;

	constructor(
		private readonly node: IExecuteFunctions,
		readonly live: boolean,
	) {
		this.written = node.getNode().parameters;
		this.items = node.getInputData();
		this.asTool = runsAsTool(node);
	}

	has(name: string): boolean {
		if (this.values.has(name)) return true;
		if (this.varying.has(name)) return false;
		if (!(name in this.written) || hasExpression(this.written[name])) {
			this.varying.add(name);
			return false;
		}
		this.values.set(name, this.node.getNodeParameter(name, 0, NOT_SHOWN));
		return true;
	}

	get(name: string): unknown {
		return this.values.get(name);
	}

	/** Whether the user wrote an expression there, at the top of the form or inside a collection. */
	isExpression(name: string): boolean {
		const inside = Object.values(this.written).map((value) => field(value, name));
		return [field(this.written, name), ...inside].some(hasExpression);
	}

	/**
	 * What `={{ $json.column }}` means for an item, if the item has that column with text, a number or a boolean in it. n8n's
	 * evaluator says the same, but needs 0.1 ms and more each time: a second for a thousand rows, before the first is sent.
	 * Not in a tool: there the item holds what the model filled in, and `$json` may mean the agent's own item.
	 */
	cell(name: string, itemIndex: number): string | number | boolean | undefined {
		if (this.asTool) return undefined;
		let column = this.columns.get(name);
		if (column === undefined) {
			column = columnOf(this.written[name]);
			this.columns.set(name, column);
		}
		if (column === NO_COLUMN) return undefined;
		const value = field(this.items[itemIndex]?.json, column);
		return typeof value === 'object' ? undefined : value;
	}
}

const NO_COLUMN = '';

/** The whole parameter must be this one expression; a blank outside the braces would make text of it. */
function columnOf(written: unknown): string {
	if (typeof written !== 'string') return NO_COLUMN;
	const match =
		/^=\{\{\s*\$json(?:\.([\p{L}_][\p{L}\p{N}_]*)|\[(["'])([^"'\\\n]+)\2\])\s*\}\}$/u.exec(written);
	return match?.[1] ?? match?.[3] ?? NO_COLUMN;
}

/** n8n marks an expression by a leading `=`. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(hasExpression);
}
