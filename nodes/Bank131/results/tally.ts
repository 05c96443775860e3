import type { CompletionPlan } from '../../../bank131/flows/confirmAndWait';
import type { ResultAdvice } from '../../../bank131/flows/reasons';
import type { SessionResult } from '../../../bank131/flows/sessionResult';
import type { Outcome } from '../../../bank131/session/outcomes';
import type { Money } from '../../../bank131/values/money';
import type { Tally } from '../contract/operation';

/** Outcomes that no operation has to name: the money moved, or the payer or the capture is next. */
const ALWAYS_ASKED: readonly Outcome[] = [
	'succeeded',
	'refunded',
	'actionRequired',
	'awaitingCapture',
];

/** Advice of an operation that stopped before it was done as asked, whatever its outcome. */
const NOT_AS_ASKED: ReadonlySet<ResultAdvice['code']> = new Set<ResultAdvice['code']>([
	'confirmLater',
	'confirmFromEvent',
	'otherAmountPaid',
]);

/**
 * What one item contributes to the summary of the batch.
 * @param asked outcomes at which the item was asked to stop, besides `ALWAYS_ASKED`
 */
export const tallyOf = (
	{ outcome, advice }: SessionResult,
	asked: readonly Outcome[],
	money?: Money,
): Tally => ({
	outcome,
	...money,
	isAsAsked:
		(ALWAYS_ASKED.includes(outcome) || asked.includes(outcome)) &&
		!(advice && NOT_AS_ASKED.has(advice.code)),
});

/** The outcomes at which a plan leaves an operation to a person or to the trigger. */
export function outcomesOfPlan({ confirm, waitFor }: CompletionPlan): Outcome[] {
	switch (waitFor) {
		case 'started':
			return ['created', 'processing', 'awaitingConfirmation'];
		case 'ready':
			return ['awaitingConfirmation'];
		case 'confirmed':
			return ['processing'];
		case 'action':
			return confirm === 'manual' ? ['awaitingConfirmation'] : [];
		default:
			return [];
	}
}
