/** What is wrong with one field, in words for the person who runs the payouts. */
export interface Problem {
	/** Internal name of the parameter, credential field or column; the node maps it to its label. */
	field: string;
	/** What is wrong. Never holds a full card number. */
	message: string;
	/** What to do about it. */
	remedy: string;
}

/** A problem with the internal name of the field it belongs to. */
export type Located<P> = P & { field: string };

/** A problem whose field is not known yet. */
export type UnlocatedProblem = Omit<Problem, 'field'>;

/** A value in the bank's own form, or the problem with it. */
export type Result<T, P> = { ok: true; value: T } | { ok: false; problem: P };

/** What every check returns: the value in the bank's own form, or what is wrong with it. */
export type Checked<T> = Result<T, UnlocatedProblem>;

export function ok<T>(value: T): { ok: true; value: T } {
	return { ok: true, value };
}

export function invalid(message: string, remedy: string): { ok: false; problem: UnlocatedProblem };
export function invalid<P extends object>(problem: P): { ok: false; problem: P };
export function invalid(problem: unknown, remedy?: string): { ok: false; problem: unknown } {
	return { ok: false, problem: remedy === undefined ? problem : { message: problem, remedy } };
}

/** A check that knows its field already: the keys of the credential. */
export type CheckedField<T> = Result<T, Problem>;
