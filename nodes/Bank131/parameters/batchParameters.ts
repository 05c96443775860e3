import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { field } from '../../../bank131/lib/json';
import { runsAsTool } from '../../shared/toolMode';
import { evaluate, parseSimpleExpression, type SimpleExpression } from './simpleExpression';

/** n8n throws for a parameter that the form does not show, unless there is a fallback that is not `undefined`. */
export const NOT_SHOWN = null;

/** Parameters that hold no expression have the same value for every item: one look-up for the whole batch. */
export class BatchParameters {
	private readonly values = new Map<string, unknown>();

	private readonly varying = new Set<string>();

	private readonly written: Record<string, unknown>;

	private readonly items: INodeExecutionData[];

	private readonly templates = new Map<string, SimpleExpression | undefined>();

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
	 * What a parameter made of columns and text means for an item, e.g. `={{ $json.amount }}` or `=Order {{ $json.id }}`. n8n's
	 * evaluator says the same, but needs up to half a millisecond each time: seconds for a thousand rows, before the first is
	 * sent. Not in a tool: there the item holds what the model filled in, and `$json` may mean the agent's own item.
	 */
	filled(name: string, itemIndex: number): string | number | boolean | undefined {
		if (this.asTool) return undefined;
		if (!this.templates.has(name))
			this.templates.set(name, parseSimpleExpression(this.written[name]));
		const template = this.templates.get(name);
		return template && evaluate(template, this.items[itemIndex]?.json);
	}
}

/** n8n marks an expression by a leading `=`. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(hasExpression);
}
