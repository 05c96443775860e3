import { compact } from '../../../bank131/lib/json';
import { outcomeFields, type Outcome } from '../../../bank131/session/outcomes';
import type { Operation } from '../contract/operation';
import type { FailedItem, FinishedItem } from './itemErrors';
import { identifyingFacts } from './readItems';
import type { RetryLedger } from './retryLedger';

/** What an earlier attempt of Retry On Fail reported about an item that this attempt does not reach. */
export function startedByEarlierAttempt(
	operation: Operation,
	itemIndex: number,
	ledger: RetryLedger,
): FinishedItem | undefined {
	const facts = factsOfEarlierAttempt(operation, itemIndex, ledger);
	return facts && { kind: 'completed', results: [{ json: facts }] };
}

/**
 * The error of an item that an earlier attempt started and this attempt cannot run: "nothing was sent" would be wrong.
 * `undefined` if no earlier attempt started it.
 * @param cause why this attempt cannot run it
 */
export function startedAndRefused(
	operation: Operation,
	itemIndex: number,
	ledger: RetryLedger,
	cause: string,
): FailedItem | undefined {
	const facts = factsOfEarlierAttempt(operation, itemIndex, ledger);
	return (
		facts && {
			kind: 'failed',
			itemIndex,
			facts,
			tally: { outcome: facts.outcome as Outcome },
			message: `An earlier try has started this row, and now it was not sent again: ${cause}`,
			description:
				'Do not pay again. Look it up with Session: Get, or run again with the same Reference.',
		}
	);
}

function factsOfEarlierAttempt(operation: Operation, itemIndex: number, ledger: RetryLedger) {
	const entry = ledger.startedEarlier(itemIndex);
	if (!entry) return undefined;
	const { identity, outcome = 'unknown' } = entry;
	const sessionId = entry.sessionId === '' ? undefined : entry.sessionId;
	return compact({
		...identifyingFacts(operation, undefined, identity),
		...outcomeFields(outcome as Outcome),
		sessionId,
	});
}
