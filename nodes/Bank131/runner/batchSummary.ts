import type { NodeExecutionHint } from 'n8n-workflow';

import type { Outcome } from '../../../bank131/session/outcomes';
import { formatGroupedAmount } from '../../../bank131/values/money';
import { outputHint } from '../../shared/shownTexts';
import type { Tally } from '../contract/operation';
import type { FinishedItem } from './itemErrors';

/** The words after a count. They have no verb, so they fit one row and many. */
const OUTCOME_WORDS: ReadonlyArray<readonly [Outcome, string]> = [
	['succeeded', 'succeeded'],
	['actionRequired', 'waiting for the payer'],
	['awaitingCapture', 'held, to be captured'],
	['awaitingConfirmation', 'awaiting confirmation'],
	['processing', 'being processed'],
	['created', 'only created'],
	['duplicate', 'begun earlier (nothing sent now)'],
	['failed', 'failed'],
	['cancelled', 'cancelled'],
	['refunded', 'refunded'],
	['returned', 'returned'],
	['rejected', 'rejected'],
	['unknown', 'unknown'],
];

/** Outcomes after which money has moved: a payout or payment succeeded, or a refund was made. */
const MOVED_OUTCOMES: ReadonlySet<Outcome> = new Set<Outcome>(['succeeded', 'refunded']);

/** The batch in one sentence for the output pane: the count of each outcome, the money moved, the unknown items. */
export function summaryHint(finished: Array<FinishedItem | undefined>): NodeExecutionHint {
	const tallies = finished.flatMap(talliesOf);
	const counts = OUTCOME_WORDS.map(([outcome, words]) => {
		const count = tallies.filter((tally) => tally.outcome === outcome).length;
		return count > 0 ? `${count} ${words}` : '';
	}).filter(Boolean);
	const unknown = finished.flatMap((item) =>
		item?.kind === 'failed' && item.tally?.outcome === 'unknown'
			? [String(item.facts.sessionId ?? item.facts.reference ?? `row ${item.itemIndex + 1}`)]
			: [],
	);
	const warnings = [
		tallies.some(({ outcome }) => outcome === 'duplicate')
			? ' What was begun earlier may have failed: look it up before paying again.'
			: '',
		unknown.length > 0
			? ` Not known yet: ${unknown.slice(0, 10).join(', ')}${unknown.length > 10 ? ', …' : ''}. Look up with Session: Get before paying again.`
			: '',
	];
	return outputHint(
		`${finished.length === 1 ? '1 row' : `${finished.length} rows`}: ${counts.join(', ') || 'nothing started'}. Money moved in this run: ${describeMoneyMoved(tallies)}.${warnings.join('')}`,
		tallies.every(({ isAsAsked }) => isAsAsked) ? 'info' : 'warning',
	);
}

function talliesOf(item: FinishedItem | undefined): Tally[] {
	switch (item?.kind) {
		case 'completed':
			return item.results.flatMap(({ tally }) => tally ?? []);
		case 'failed':
			return [{ outcome: 'rejected', ...item.tally, isAsAsked: false }];
		case 'invalid':
			return [{ outcome: 'rejected' }];
		default:
			return [];
	}
}

function describeMoneyMoved(tallies: Tally[]): string {
	const sums = new Map<string, number>();
	for (const { outcome, minorUnits, currency } of tallies) {
		if (!MOVED_OUTCOMES.has(outcome) || minorUnits === undefined || currency === undefined)
			continue;
		sums.set(currency, (sums.get(currency) ?? 0) + minorUnits);
	}
	return (
		[...sums]
			.map(([currency, sum]) => `${formatGroupedAmount(sum, currency)} ${currency.toUpperCase()}`)
			.join(', ') || 'none'
	);
}
