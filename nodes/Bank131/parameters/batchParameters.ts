import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { field } from '../../../bank131/lib/json';
import { runsAsTool } from '../../shared/toolMode';
import { evaluate, parseSimpleExpression, type SimpleExpression } from './simpleExpression';

/**
 * Fallback value for `getNodeParameter`. Without one, or with `undefined`, it throws for a parameter that the form does
 * not show.
 */
export const NOT_SHOWN = null;

/** The parameters of a run. One without an expression has the same value for every item and is read once per batch. */
export class BatchParameters {
	private readonly fixedValues = new Map<string, unknown>();

	private readonly varyingNames = new Set<string>();

	private readonly stored: Record<string, unknown>;

	private readonly items: INodeExecutionData[];

	private readonly simpleExpressions = new Map<string, SimpleExpression | undefined>();

	private readonly isTool: boolean;

	constructor(
		private readonly node: IExecuteFunctions,
		readonly isLive: boolean,
	) {
		this.stored = node.getNode().parameters;
		this.items = node.getInputData();
		this.isTool = runsAsTool(node);
	}

	/** Whether the parameter has no expression, so that all items share its value. */
	hasFixedValue(name: string): boolean {
		if (this.fixedValues.has(name)) return true;
		if (this.varyingNames.has(name)) return false;
		if (!(name in this.stored) || hasExpression(this.stored[name])) {
			this.varyingNames.add(name);
			return false;
		}
		this.fixedValues.set(name, this.node.getNodeParameter(name, 0, NOT_SHOWN));
		return true;
	}

	/** The value of a parameter for which `hasFixedValue` is true. */
	fixedValue(name: string): unknown {
		return this.fixedValues.get(name);
	}

	/** Whether the parameter is an expression, at the top of the form or inside a collection. */
	isExpression(name: string): boolean {
		const inside = Object.values(this.stored).map((value) => field(value, name));
		return [field(this.stored, name), ...inside].some(hasExpression);
	}

	/**
	 * The value of a parameter made of columns and text for an item, e.g. `={{ $json.amount }}` or `=Order {{ $json.id }}`;
	 * `undefined` if n8n has to evaluate it. n8n's evaluator gives the same value, but takes up to half a millisecond per
	 * call: seconds for a thousand rows. Not in a tool: the item there holds what the model filled in, and `$json` may mean
	 * the agent's own item.
	 */
	evaluateSimple(name: string, itemIndex: number): string | number | boolean | undefined {
		if (this.isTool) return undefined;
		if (!this.simpleExpressions.has(name))
			this.simpleExpressions.set(name, parseSimpleExpression(this.stored[name]));
		const expression = this.simpleExpressions.get(name);
		return expression && evaluate(expression, this.items[itemIndex]?.json);
	}
}

/** n8n marks an expression by a leading `=`. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(hasExpression);
}
