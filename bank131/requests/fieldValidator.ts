import type { Checked, Problem } from '../lib/result';
import { isGiven } from './text';

/** Gathers what is wrong with the fields of one method, so that all of it can be named at once. */
export class FieldChecks {
	readonly problems: Problem[] = [];

	/** The checked value; after a problem an empty text, which never gets further than `result`. */
	take(field: string, checked: Checked<string>): string {
		if (checked.ok) return checked.value;
		this.problems.push({ field, ...checked.problem });
		return '';
	}

	/** `take` for a field that may be left empty. */
	takeOptional(
		field: string,
		value: unknown,
		check: (value: unknown) => Checked<string>,
	): string | undefined {
		return isGiven(value) ? this.take(field, check(value)) : undefined;
	}

	result<T>(value: T): { ok: true; value: T } | { ok: false; problems: Problem[] } {
		return this.problems.length > 0 ? { ok: false, problems: this.problems } : { ok: true, value };
	}
}
