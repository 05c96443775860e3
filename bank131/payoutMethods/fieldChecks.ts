import type { CheckedDestination, Destination } from '../order';
import type { Checked, Problem } from '../problem';

/** Gathers what is wrong with the fields of one payout method, so that all of it can be named at once. */
export class FieldChecks {
	private readonly problems: Problem[] = [];

	/** The checked value; after a problem an empty text, which never gets further than `destination`. */
	take(field: string, checked: Checked<string>): string {
		if (checked.ok) return checked.value;
		this.problems.push({ field, ...checked.problem });
		return '';
	}

	destination(destination: Destination): CheckedDestination {
		return this.problems.length > 0
			? { ok: false, problems: this.problems }
			: { ok: true, destination };
	}
}
