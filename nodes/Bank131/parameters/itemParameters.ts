import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isObject, parseJson, type Json, type JsonObject } from '../../../bank131/lib/json';
import type { Checked, Problem } from '../../../bank131/lib/result';
import { momentOf } from '../../../bank131/values/dates';
import { cellNumber, cleanText, isGiven } from '../../../bank131/values/text';
import { NOT_SHOWN, type BatchParameters } from './batchParameters';

/** Keeps a value with a problem from being called empty as well; an item with problems is never run. */
const UNREADABLE = '?';

/** A field that a form did not show or the user left empty. */
export const isEmpty = (value: unknown): boolean => !isGiven(value);

/**
 * The parameters of one item. Each is read once; one without an expression is read once for all items. Problems are
 * collected under the name of the parameter, so that every bad field of every bad row can be named at once.
 */
export class ItemParameters {
	readonly problems: Problem[] = [];

	private readonly values = new Map<string, unknown>();

	constructor(
		private readonly node: IExecuteFunctions,
		private readonly itemIndex: number,
		private readonly shared: BatchParameters,
	) {}

	/** The credential is of the Live environment. */
	get live(): boolean {
		return this.shared.live;
	}

	raw(name: string): unknown {
		if (this.shared.has(name)) return this.shared.get(name);
		if (!this.values.has(name)) {
			const filled = this.shared.filled(name, this.itemIndex);
			this.values.set(name, filled ?? this.node.getNodeParameter(name, this.itemIndex, NOT_SHOWN));
		}
		return this.values.get(name);
	}

	/** Text that may be empty. */
	text(name: string): string {
		return this.textOf(name, this.raw(name));
	}

	/** An object, a date, a number that has lost digits are no text, several lines are not one. */
	textOf(name: string, value: unknown): string {
		return isEmpty(value) ? '' : this.checked(name, cleanText(value, 'It'), UNREADABLE);
	}

	/** A choice as it came: whoever looks for it among the choices refuses what is none of them. */
	word(name: string): string {
		const value = this.raw(name);
		return isEmpty(value) ? '' : String(value).trim();
	}

	/** A switch; an expression may bring it from a sheet, where "yes" must not quietly mean no. */
	flag(name: string): boolean {
		return this.truth(name, this.raw(name), false);
	}

	/** A switch of a collection; `initial` counts where it was not added. */
	flagIn(collection: JsonObject, name: string, initial = false): boolean {
		return this.truth(name, collection[name], initial);
	}

	private truth(name: string, value: unknown, initial: boolean): boolean {
		const text = isEmpty(value) ? String(initial) : String(value).trim().toLowerCase();
		if (text !== 'true' && text !== 'false') {
			this.problem(name, `"${text}" is neither true nor false`, 'Use true or false.');
		}
		return text === 'true';
	}

	/** A number of a collection, not below the least its field allows; or its default where it was not added. */
	numberIn(
		collection: JsonObject,
		{ name, default: initial, typeOptions }: INodeProperties,
	): number {
		const value = collection[name];
		if (isEmpty(value)) return Number(initial);
		const number = cellNumber(value);
		const least = typeOptions?.minValue ?? -Infinity;
		if (Number.isFinite(number) && number >= least) return number;
		const isBelow = number < least;
		this.problem(
			name,
			isBelow ? `${number} is too little` : `"${String(value)}" is not a number`,
			isBelow ? `Enter ${least} or more.` : 'Use digits, and a point if need be.',
		);
		return Number(initial);
	}

	/**
	 * One of a list. An expression may bring another word, or nothing: neither may quietly mean the first of them. `initial`
	 * counts where the form does not show the field or the user did not add it.
	 */
	choice<T extends string>(name: string, value: unknown, allowed: readonly T[], initial: T): T {
		if (isEmpty(value) && this.isExpression(name)) {
			this.problem(name, 'The expression gives nothing', `Use one of: ${allowed.join(', ')}.`);
		}
		const text = isEmpty(value) ? initial : String(value).trim();
		const found = allowed.find((one) => one === text);
		if (found === undefined) {
			this.problem(
				name,
				`"${text}" is not one of the choices`,
				`Use one of: ${allowed.join(', ')}.`,
			);
		}
		return found ?? initial;
	}

	/** The user wrote an expression there, and not a value. */
	isExpression(name: string): boolean {
		return this.shared.isExpression(name);
	}

	/** A collection of optional fields, e.g. Options. */
	collection(name: string): JsonObject {
		const value = this.raw(name);
		return isObject(value) ? value : {};
	}

	/** The rows of a fixedCollection with one group. */
	rows(name: string, group: string): JsonObject[] {
		const list = this.collection(name)[group];
		return Array.isArray(list) ? list.filter(isObject) : [];
	}

	/** A JSON field: an object through an expression, or text that holds one. */
	jsonObject(name: string, value: unknown): JsonObject | undefined {
		if (isEmpty(value)) return undefined;
		const parsed = typeof value === 'string' ? parseJson(value) : (value as Json);
		if (isObject(parsed) && !momentOf(parsed)) {
			return Object.keys(parsed).length > 0 ? parsed : undefined;
		}
		this.problem(
			name,
			'This is not a JSON object',
			'Enter an object such as {"department": "sales"}.',
		);
		return undefined;
	}

	/** The checked value, or `fallback` after noting the problem; an item with problems is never run. */
	checked<T>(name: string, result: Checked<T>, fallback: T): T {
		if (result.ok) return result.value;
		this.problem(name, result.problem.message, result.problem.remedy);
		return fallback;
	}

	problem(field: string, message: string, remedy: string): void {
		const isKnown = this.problems.some((one) => one.field === field && one.message === message);
		if (!isKnown) this.problems.push({ field, message, remedy });
	}

	report(problems: Problem[]): void {
		this.problems.push(...problems);
	}
}
