import type { Result } from '../lib/result';
import { isGiven } from '../values/text';
import type { AnyRequestProblem, CheckedFields, LocatedProblem } from './problems';

/** Collects the problems of all fields of one method, so that all of them can be reported at once. */
export class FieldValidator {
	readonly problems: LocatedProblem[] = [];

	/**
	 * The checked value of a mandatory field. After a problem it is an empty text, and `result` returns the problems.
	 * @param field internal name of the node's parameter
	 */
	take(field: string, checked: Result<string, AnyRequestProblem>): string {
		if (checked.ok) return checked.value;
		this.problems.push({ field, ...checked.problem });
		return '';
	}

	/** `take` for a field that may be left empty. */
	takeOptional(
		field: string,
		value: unknown,
		check: (value: unknown) => Result<string, AnyRequestProblem>,
	): string | undefined {
		return isGiven(value) ? this.take(field, check(value)) : undefined;
	}

	/** `value`, or the problems of all fields taken so far. */
	result<T>(value: T): CheckedFields<T> {
		return this.problems.length > 0 ? { ok: false, problems: this.problems } : { ok: true, value };
	}
}
