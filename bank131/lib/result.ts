/** A value, or the problem because of which there is none. */
export type Result<T, P> = { ok: true; value: T } | { ok: false; problem: P };

/** A problem with the internal name of the field it belongs to; the node maps the name to its label. */
export type Located<P> = P & { field: string };

/** A successful result. */
export function ok<T>(value: T): { ok: true; value: T } {
	return { ok: true, value };
}

/**
 * A failed result.
 * @param problem a code with its facts; `nodes/` turns it into a sentence
 */
export function invalid<P extends object>(problem: P): { ok: false; problem: P } {
	return { ok: false, problem };
}
