import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { field, isObject, objectAt, type JsonObject } from '../../../bank131/lib/json';
import type { Result } from '../../../bank131/lib/result';
import type { ValueProblem } from '../../../bank131/values/problems';
import { isGiven } from '../../../bank131/values/text';
import type { ProblemText } from '../../shared/messages/problemText';
import { runsAsTool } from '../../shared/toolMode';
import { columnsReadBy } from './fieldPaths';
import type { OtherFields } from './otherFields';
import {
	evaluate,
	expressionParts,
	isTemplate,
	parseSimpleExpression,
	type SimpleExpression,
} from './simpleExpression';

/**
 * Fallback value for `getNodeParameter`. Without one, or with `undefined`, it throws for a parameter that the form does
 * not show.
 */
export const NOT_SHOWN = null;

/** Parameters with an ID. A template that lacks a part of it gives different rows the same ID. */
const ID_PARAMETERS: ReadonlySet<string> = new Set([
	'reference',
	'payerReference',
	'customerReference',
	'sessionReference',
]);

/** A gap in a template: `field` is the parameter, `part` the column or expression that gives nothing. */
export interface TemplateGap {
	field: string;
	part: string;
}

/** A parameter, or a field of a collection, whose value is put together from text and expressions. */
interface Template {
	field: string;
	/** `undefined` if the template has expressions other than columns. */
	columns?: string[];
	/** The expressions of an ID that n8n has to evaluate one by one. */
	parts: string[];
}

/** The bank with this name, or why it is not known. */
export type FpsBankLookup = (
	name: string,
) => Result<{ bankId: string }, ValueProblem | ProblemText>;

/** The parameters of a run. One without an expression has the same value for every item and is read once per batch. */
export class BatchParameters {
	private readonly fixedValues = new Map<string, unknown>();

	private readonly varyingNames = new Set<string>();

	private readonly stored: Record<string, unknown>;

	private readonly items: INodeExecutionData[];

	private readonly simpleExpressions = new Map<string, SimpleExpression | undefined>();

	private readonly templates = new Map<string, Template[]>();

	private readonly absentColumns = new Map<string, boolean>();

	private readonly computed = new Map<string, unknown>();

	/** What is wrong for all items, such as columns that are not recognised. */
	problem?: ProblemText;

	/** What the output pane says about the parameters. */
	readonly hints: string[] = [];

	/** What identifies the rows of a list in an error, by the index of the item. Empty if the input is no list. */
	readonly rowFacts = new Map<number, JsonObject>();

	/** Whether an AI agent, or another caller of tools, runs the node. */
	readonly isTool: boolean;

	/**
	 * Finds FPS banks by name. The runner sets it when an item first needs it, because it takes a request to the bank.
	 */
	fpsBanks?: FpsBankLookup;

	constructor(
		private readonly node: IExecuteFunctions,
		/** Whether the credential leads to the real bank. */
		readonly isLive: boolean,
		private readonly otherFields?: OtherFields,
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
	 * The value of a parameter made of columns and text for an item, e.g. `={{ $json.amount }}` or `=Order {{ $json.id
	 * }}`; `undefined` if n8n has to evaluate it. n8n's evaluator gives the same value, but takes up to half a
	 * millisecond per call: seconds for a thousand rows. Not in a tool: the item there holds what the model filled in,
	 * and `$json` may mean the agent's own item.
	 */
	evaluateSimple(name: string, itemIndex: number): string | number | boolean | undefined {
		return this.evaluateStored(name, this.stored[name], itemIndex);
	}

	/** The value of a column of a mapping, a parameter of the type resourceMapper, for an item. */
	mappedValue(name: string, column: string, itemIndex: number): unknown {
		const stored = field(objectAt(this.stored[name], 'value'), column);
		if (typeof stored !== 'string' || !stored.startsWith('=')) return stored;
		// n8n would evaluate and convert the whole mapping for each item.
		const path = `${name}.value.${column}`;
		return (
			this.evaluateStored(path, stored, itemIndex) ??
			this.node.getNodeParameter(path, itemIndex, NOT_SHOWN)
		);
	}

	/** A parameter as it is stored, if it is an object; its expressions are not evaluated. */
	storedObject(name: string): JsonObject | undefined {
		return objectAt(this.stored, name);
	}

	/** The columns of the input that some expression of the form reads. */
	get usedColumns(): Set<string> {
		return new Set(columnsReadBy(this.stored));
	}

	/** Leaves this column out of the other fields of the output, because it holds a card, account or phone. */
	hideColumn(name: string): void {
		this.otherFields?.hide(name);
	}

	/** The data of an item. */
	input(itemIndex: number): JsonObject {
		return (this.items[itemIndex]?.json ?? {}) as JsonObject;
	}

	/** What `compute` returns for the data of all items, computed once per run. */
	once<T>(key: string, compute: (inputs: JsonObject[]) => T): T {
		if (!this.computed.has(key)) {
			this.computed.set(key, compute(this.items.map((_, index) => this.input(index))));
		}
		return this.computed.get(key) as T;
	}

	private evaluateStored(
		key: string,
		stored: unknown,
		itemIndex: number,
	): string | number | boolean | undefined {
		if (this.isTool) return undefined;
		if (!this.simpleExpressions.has(key))
			this.simpleExpressions.set(key, parseSimpleExpression(stored));
		const expression = this.simpleExpressions.get(key);
		return expression && evaluate(expression, this.items[itemIndex]?.json);
	}

	/**
	 * The parts of a template that give nothing for an item, so that `=PAY-{{ $json.x }}` would be `PAY-` in every row.
	 * In an ID: an absent or empty value. In other texts: a column that no item has, because a single row may lack one
	 * (spreadsheet readers leave empty cells out).
	 */
	templateGaps(name: string, itemIndex: number): TemplateGap[] {
		if (!this.templates.has(name)) this.templates.set(name, this.findTemplates(name));
		const templates = this.templates.get(name) ?? [];
		return templates.flatMap(({ field: parameter, columns, parts }) => {
			const isId = ID_PARAMETERS.has(parameter);
			const missing = columns
				? columns.filter((column) =>
						isId ? !isGiven(this.cell(column, itemIndex)) : this.isAbsent(column),
					)
				: parts.filter((part) => !this.givesValue(part, itemIndex));
			return missing.map((part) => ({ field: parameter, part }));
		});
	}

	private findTemplates(name: string): Template[] {
		return expressionsIn(name, this.stored[name]).flatMap(([parameter, expression]) => {
			if (!isTemplate(expression)) return [];
			const columns = this.isTool ? undefined : parseSimpleExpression(expression)?.columns;
			const parts = ID_PARAMETERS.has(parameter) ? expressionParts(expression) : [];
			return [{ field: parameter, columns, parts }];
		});
	}

	private cell(column: string, itemIndex: number): unknown {
		return field(this.items[itemIndex]?.json, column);
	}

	/** Whether no item has the column. */
	private isAbsent(column: string): boolean {
		const known = this.absentColumns.get(column);
		if (known !== undefined) return known;
		const isAbsent = this.items.every((_, index) => this.cell(column, index) === undefined);
		this.absentColumns.set(column, isAbsent);
		return isAbsent;
	}

	/** Whether an expression gives a value. One that fails is reported when the whole parameter is evaluated. */
	private givesValue(part: string, itemIndex: number): boolean {
		try {
			return isGiven(this.node.evaluateExpression(part, itemIndex));
		} catch {
			return true;
		}
	}
}

/** Where the values of an item's parameters come from: the form, or a row. */
export type ParameterSource = Pick<
	BatchParameters,
	| 'isLive'
	| 'fpsBanks'
	| 'isTool'
	| 'hasFixedValue'
	| 'fixedValue'
	| 'isExpression'
	| 'evaluateSimple'
	| 'templateGaps'
>;

/**
 * The source for values over those of the form, such as those of a row of a list whose rest is set once for all rows.
 */
export const sourceOver = (
	values: Readonly<Record<string, unknown>>,
	form: ParameterSource,
): ParameterSource => ({
	isLive: form.isLive,
	isTool: form.isTool,
	fpsBanks: form.fpsBanks,
	hasFixedValue: (name) => name in values || form.hasFixedValue(name),
	fixedValue: (name) => (name in values ? values[name] : form.fixedValue(name)),
	isExpression: (name) => !(name in values) && form.isExpression(name),
	evaluateSimple: (name, itemIndex) => form.evaluateSimple(name, itemIndex),
	templateGaps: (name, itemIndex) => form.templateGaps(name, itemIndex),
});

/**
 * The source for values that are known by the names of the parameters, such as those of a row of a list, in the run of
 * another source. A parameter without a value is like one that the form does not show.
 */
export const sourceOfValues = (
	values: Readonly<Record<string, unknown>>,
	{ isLive, isTool }: ParameterSource,
): ParameterSource => ({
	isLive,
	isTool,
	hasFixedValue: () => true,
	fixedValue: (name) => values[name] ?? NOT_SHOWN,
	isExpression: () => false,
	evaluateSimple: () => undefined,
	templateGaps: () => [],
});

/** The expressions of a parameter with the names of their fields: its own, or those inside a collection. */
function expressionsIn(name: string, value: unknown): Array<[field: string, expression: string]> {
	if (typeof value === 'string') return value.startsWith('=') ? [[name, value]] : [];
	if (Array.isArray(value)) return value.flatMap((one) => expressionsIn(name, one));
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([key, inside]) => expressionsIn(key, inside));
}

/** n8n marks an expression by a leading `=`. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(hasExpression);
}
