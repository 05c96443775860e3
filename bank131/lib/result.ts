/** What is wrong with one field, in words for the person who runs the payouts. */
export interface Problem {
	/** The field as that person knows it: a parameter's or credential field's label, or a column. */
	field: string;
	/** What is wrong. Never holds a full card number. */
	message: string;
	/** What to do about it. */
	remedy: string;
}

/** A problem before anybody has said which field it belongs to. */
export type UnlocatedProblem = Omit<Problem, 'field'>;

/** What every check returns: the value in the bank's own form, or what is wrong with it. */
export type Checked<T> = { ok: true; value: T } | { ok: false; problem: UnlocatedProblem };

export function ok<T>(value: T): { ok: true; value: T } {
	return { ok: true, value };
}

export function invalid(message: string, remedy: string): { ok: false; problem: UnlocatedProblem } {
	return { ok: false, problem: { message, remedy } };
}

/** A check that knows its field already: the keys of the credential. */
export type CheckedField<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** A value, or every field that is wrong with it. `field` is the node parameter's name. */
export type CheckedFields<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };
