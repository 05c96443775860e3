import type { ReferenceClashKind } from '../../../bank131/values/references';
import { createText, type ProblemText } from './problemText';

const describe: Readonly<Record<ReferenceClashKind, (label: string, other: string) => string>> = {
	same: (label, other) => `has the same ${label} "${other}"`,
	looksSame: (label, other) => `has the ${label} "${other}", which looks the same`,
	confusable: (label, other) =>
		`has the ${label} "${other}", which can be taken for the same: Cyrillic letters look like Latin ones, and 1001.0 is 1001`,
};

/**
 * The sentences of a clash of two references.
 * @param row how messages call the other row, e.g. `Row 3`
 * @param other the reference of that row
 */
export function referenceClashText(
	kind: ReferenceClashKind,
	label: string,
	{ row, other }: { row: string; other: string },
): ProblemText {
	const own = kind === 'same' ? `its own ${label}` : `a ${label} that cannot be taken for another`;
	return createText(
		`${row} ${describe[kind](label, other)}`,
		`Give each payout ${own}, or remove one of the rows.`,
	);
}
