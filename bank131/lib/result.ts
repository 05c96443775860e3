/** A value in the bank's own form, or the problem with it. */
export type Result<T, P> = { ok: true; value: T } | { ok: false; problem: P };

/** A problem with the internal name of the field it belongs to; the node maps the name to its label. */
export type Located<P> = P & { field: string };

export function ok<T>(value: T): { ok: true; value: T } {
	return { ok: true, value };
}

/** @param problem a code with its facts; the sentence for a person is made where the field is shown */
export function invalid<P extends object>(problem: P): { ok: false; problem: P } {
	return { ok: false, problem };
}
