/** A problem in words for the person who runs the payouts. */
export interface ProblemText {
	/** What is wrong. Never holds a full card number. */
	message: string;
	/** What to do about it. */
	remedy: string;
}

/** The text of a problem: what is wrong, and what to do about it. */
export const createText = (message: string, remedy: string): ProblemText => ({ message, remedy });

/** A text for every code of the problems `P`. A code without a text does not compile. */
export type ProblemTexts<P extends { code: string }> = {
	readonly [C in P['code']]: (facts: Extract<P, { code: C }>) => ProblemText;
};

/** The text of one problem. */
export function problemText<P extends { code: string }>(
	texts: ProblemTexts<P>,
	problem: P,
): ProblemText {
	const text = texts[problem.code as P['code']] as (facts: P) => ProblemText;
	return text(problem);
}
