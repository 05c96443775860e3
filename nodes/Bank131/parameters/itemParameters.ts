import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isObject, parseJson, type Json, type JsonObject } from '../../../bank131/lib/json';
import { invalid, type Located, type Result } from '../../../bank131/lib/result';
import type { AnyRequestProblem } from '../../../bank131/requests/problems';
import { momentOf } from '../../../bank131/values/dates';
import {
	cellNumber,
	cleanText,
	enteredText,
	isGiven,
	valueText,
} from '../../../bank131/values/text';
import { findUnusableJson } from '../../../bank131/values/unusableText';
import type { ProblemText } from '../../shared/messages/problemText';
import {
	NOT_SHOWN,
	sourceOfValues,
	sourceOver,
	type BatchParameters,
	type FpsBankLookup,
	type ParameterSource,
} from './batchParameters';
import { requestProblemText } from './requestProblemTexts';

/** Replaces a text with a problem, so that it is not reported as empty as well. An item with problems is never run. */
const INVALID_TEXT = '?';

/** A problem: a code with facts from `bank131/`, or a text from `nodes/`. */
type CodedProblemOrText = AnyRequestProblem | ProblemText;

const toProblemText = (problem: CodedProblemOrText): ProblemText =>
	'code' in problem ? requestProblemText(problem) : problem;

/** True for a field that the form does not show or that the user left empty. */
export const isEmpty = (value: unknown): boolean => !isGiven(value);

/**
 * The parameters of one item. Each is read once; one without an expression is read once for all items. Problems are
 * collected with the name of their parameter, so that all invalid fields of all rows can be reported at once.
 */
export class ItemParameters {
	readonly problems: Array<Located<ProblemText>> = [];

	/** The item names an FPS bank and the names cannot be looked up yet: it has to be read again when they can. */
	needsFpsBanks = false;

	private readonly values = new Map<string, unknown>();

	constructor(
		private readonly node: IExecuteFunctions,
		private readonly itemIndex: number,
		/** The parameters of the form. */
		private readonly form: BatchParameters,
		/** Where values come from, if not from the form. */
		private readonly batch: ParameterSource = form,
	) {}

	/** Parameters of the same item with these values by name, instead of those of the form. */
	withValues(values: Readonly<Record<string, unknown>>): ItemParameters {
		return new ItemParameters(
			this.node,
			this.itemIndex,
			this.form,
			sourceOfValues(values, this.form),
		);
	}

	/** Parameters of the same item with these values over those of the form. Problems are collected apart. */
	over(values: Readonly<Record<string, unknown>>): ItemParameters {
		return new ItemParameters(this.node, this.itemIndex, this.form, sourceOver(values, this.batch));
	}

	/** Whether an AI agent, or another caller of tools, runs the node. */
	get isTool(): boolean {
		return this.form.isTool;
	}

	/** The data of the input item. */
	get input(): JsonObject {
		return this.form.input(this.itemIndex);
	}

	/** What `compute` returns for the data of all items, computed once per run. */
	once<T>(key: string, compute: (inputs: JsonObject[]) => T): T {
		return this.form.once(key, compute);
	}

	/** A parameter as it is stored, if it is an object; its expressions are not evaluated. */
	storedObject(name: string): JsonObject | undefined {
		return this.form.storedObject(name);
	}

	/** The columns of the input that some expression of the form reads. */
	get usedColumns(): Set<string> {
		return this.form.usedColumns;
	}

	/** The value of a column of a mapping (resourceMapper). */
	mappedValue(name: string, column: string): unknown {
		return this.form.mappedValue(name, column, this.itemIndex);
	}

	/** Rejects all items: the problem is not one of this item alone. */
	rejectAll(problem: ProblemText): undefined {
		this.form.problem ??= problem;
	}

	/** Adds a sentence for the output pane, about all items. */
	addHint(message: string): void {
		this.form.hints.push(message);
	}

	/** Says what identifies this row of a list in an error. */
	identifyRow(facts: JsonObject): void {
		this.form.rowFacts.set(this.itemIndex, facts);
	}

	/** Leaves this column out of the other fields of the output, because it holds a card, account or phone. */
	hideColumn(name: string): void {
		this.form.hideColumn(name);
	}

	/** Whether the credential leads to the real bank. */
	get isLive(): boolean {
		return this.batch.isLive;
	}

	/** The FPS bank with this name; `undefined` while names cannot be looked up. */
	findFpsBank(name: string): ReturnType<FpsBankLookup> | undefined {
		this.needsFpsBanks = this.batch.fpsBanks === undefined;
		return this.batch.fpsBanks?.(name);
	}

	/** The value of a parameter as n8n gives it; `null` if the form does not show it. */
	raw(name: string): unknown {
		if (this.batch.hasFixedValue(name)) return this.batch.fixedValue(name);
		if (!this.values.has(name)) {
			this.rejectTemplateGaps(name);
			const evaluated = this.batch.evaluateSimple(name, this.itemIndex);
			this.values.set(
				name,
				evaluated ?? this.node.getNodeParameter(name, this.itemIndex, NOT_SHOWN),
			);
		}
		return this.values.get(name);
	}

	/**
	 * What n8n makes of an expression that is not stored in a parameter.
	 * @throws if n8n cannot evaluate it, e.g. because the node it names does not exist
	 */
	evaluate(expression: string): unknown {
		return this.node.evaluateExpression(expression, this.itemIndex);
	}

	/** Collects the parts of the parameter's templates that give nothing for this item. */
	rejectTemplateGaps(name: string): void {
		for (const { field, part } of this.batch.templateGaps(name, this.itemIndex)) {
			this.addProblem(
				field,
				`"${part}" is missing or empty, so the text around it is not complete`,
				'Check the expression: the column may be missing or have another name.',
			);
		}
	}

	/** The parameter as text of one line, which may be empty; see `singleLine`. */
	text(name: string): string {
		return this.singleLine(name, this.raw(name));
	}

	/**
	 * A value as text of one line, which may be empty. An object, a date, a number with lost digits and a text with line
	 * breaks are problems.
	 */
	singleLine(name: string, value: unknown): string {
		return isEmpty(value) ? '' : this.checked(name, cleanText(value, 'it'), INVALID_TEXT);
	}

	/** Like `text`, but as it was entered: an ID by which the user joins the output with a sheet. */
	enteredText(name: string): string {
		const value = this.raw(name);
		return isEmpty(value) ? '' : this.checked(name, enteredText(value, 'it'), INVALID_TEXT);
	}

	/** The raw option value. The caller must validate it against the allowed values. */
	optionValue(name: string): string {
		return valueText(this.raw(name));
	}

	/** A boolean parameter. An expression may give text from a sheet; a text other than true or false is a problem. */
	flag(name: string): boolean {
		return this.parseBoolean(name, this.raw(name), false);
	}

	/** A boolean of a collection; `initial` if the user did not add it. */
	flagIn(collection: JsonObject, name: string, initial = false): boolean {
		return this.parseBoolean(name, collection[name], initial);
	}

	private parseBoolean(name: string, value: unknown, initial: boolean): boolean {
		const text = isEmpty(value) ? String(initial) : valueText(value).toLowerCase();
		if (text !== 'true' && text !== 'false') {
			this.addProblem(name, `"${text}" is neither true nor false`, 'Use true or false.');
		}
		return text === 'true';
	}

	/** A number of a collection, at least the `minValue` of its field. The default if the user did not add it. */
	numberIn(
		collection: JsonObject,
		{ name, default: initial, typeOptions }: INodeProperties,
	): number {
		const value = collection[name];
		if (isEmpty(value)) return Number(initial);
		const number = cellNumber(value);
		const minimum = typeOptions?.minValue ?? -Infinity;
		if (Number.isFinite(number) && number >= minimum) return number;
		const isBelow = number < minimum;
		this.addProblem(
			name,
			isBelow ? `${number} is too little` : `"${valueText(value)}" is not a number`,
			isBelow ? `Enter ${minimum} or more.` : 'Use digits, and a point if need be.',
		);
		return Number(initial);
	}

	/**
	 * One of the allowed values. An expression that gives another value, or nothing, is a problem and never means
	 * `initial`. `initial` is for a field that the form does not show or the user did not add.
	 */
	choice<T extends string>(name: string, value: unknown, allowed: readonly T[], initial: T): T {
		if (isEmpty(value) && this.isExpression(name)) {
			this.addProblem(name, 'The expression gives nothing', `Use one of: ${allowed.join(', ')}.`);
		}
		const text = isEmpty(value) ? initial : valueText(value);
		const match = allowed.find((one) => one === text);
		if (match === undefined) {
			this.addProblem(
				name,
				`"${text}" is not one of the choices`,
				`Use one of: ${allowed.join(', ')}.`,
			);
		}
		return match ?? initial;
	}

	/** Whether the parameter is an expression, not a fixed value. */
	isExpression(name: string): boolean {
		return this.batch.isExpression(name);
	}

	/** The optional fields that the user added to a collection, e.g. Options. */
	collection(name: string): JsonObject {
		const value = this.raw(name);
		return isObject(value) ? value : {};
	}

	/** The rows of a fixedCollection with one group. */
	rows(name: string, group: string): JsonObject[] {
		const list = this.collection(name)[group];
		return Array.isArray(list) ? list.filter(isObject) : [];
	}

	/** A JSON field: an object from an expression, or its JSON text. `undefined` if it is empty or has a problem. */
	jsonObject(name: string, value: unknown): JsonObject | undefined {
		if (isEmpty(value)) return undefined;
		const parsed = typeof value === 'string' ? parseJson(value) : (value as Json);
		if (isObject(parsed) && !momentOf(parsed)) {
			this.rejectUnusableJson(name, parsed);
			return Object.keys(parsed).length > 0 ? parsed : undefined;
		}
		this.addProblem(
			name,
			'This is not a JSON object',
			'Enter an object such as {"department": "sales"}.',
		);
		return undefined;
	}

	/**
	 * Collects the problem of a text inside JSON that goes to the bank: a wrong encoding, or a word for a missing value.
	 */
	rejectUnusableJson(name: string, value: Json): void {
		const problem = findUnusableJson(value, 'it');
		if (problem) this.checked(name, invalid(problem), undefined);
	}

	/** The value of a result. A problem is collected and gives `fallback`; an item with problems is never run. */
	checked<T>(name: string, result: Result<T, CodedProblemOrText>, fallback: T): T {
		if (result.ok) return result.value;
		const { message, remedy } = toProblemText(result.problem);
		this.addProblem(name, message, remedy);
		return fallback;
	}

	/** Collects a problem; the same message for the same field only once. */
	addProblem(field: string, message: string, remedy: string): void {
		const isKnown = this.problems.some((one) => one.field === field && one.message === message);
		if (!isKnown) this.problems.push({ field, message, remedy });
	}

	/** Collects the exception of a failed expression as a problem of the item. */
	addExpressionError(error: unknown): void {
		const message = error instanceof Error ? error.message : String(error);
		this.addProblem('', message, 'Check the expressions of this row.');
	}

	/** Collects problems of several fields. */
	addProblems(problems: Array<Located<CodedProblemOrText>>): void {
		for (const problem of problems) {
			const { message, remedy } = toProblemText(problem);
			this.problems.push({ field: problem.field, message, remedy });
		}
	}
}
