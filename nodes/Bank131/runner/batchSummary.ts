import type { NodeExecutionHint } from 'n8n-workflow';

import { formatAmount } from '../../../bank131/values/money';
import type { Outcome } from '../../../bank131/session/session';
import type { FailedItem } from './itemErrors';
import type { ItemResult } from '../contract/operation';

type Tally = NonNullable<ItemResult['tally']>;

/** Without a verb, so that they fit one row as well as many. */
const WORDS: ReadonlyArray<readonly [Outcome, string]> = [
	['succeeded', 'succeeded'],
	['actionRequired', 'waiting for the payer'],
	['awaitingCapture', 'held, to be captured'],
	['awaitingConfirmation', 'awaiting confirmation'],
	['processing', 'being processed'],
	['created', 'only created'],
	['duplicate', 'duplicate'],
	['failed', 'failed'],
	['cancelled', 'cancelled'],
	['refunded', 'refunded'],
	['returned', 'returned'],
	['rejected', 'rejected'],
	['unknown', 'unknown'],
];

/** Money is where it was sent: a payout or payment went through, a refund was made. */
const HAS_MOVED: ReadonlySet<Outcome> = new Set<Outcome>(['succeeded', 'refunded']);

/** Nothing to worry about: a payment normally stops at the payer, or when its money is held. */
const AS_WANTED: ReadonlySet<Outcome> = new Set<Outcome>([
	...HAS_MOVED,
	'actionRequired',
	'awaitingCapture',
]);

/** The batch in one sentence for the output pane: how many of each, how much money moved, which are in doubt. */
export function summaryHint(
	finished: Array<{ results: ItemResult[] } | FailedItem | undefined>,
): NodeExecutionHint {
	const tallies = finished.flatMap(talliesOf);
	const counts = WORDS.map(([outcome, words]) => {
		const count = tallies.filter((tally) => tally.outcome === outcome).length;
		return count > 0 ? `${count} ${words}` : '';
	}).filter(Boolean);
	const unknown = finished.flatMap((end) =>
		end && 'failure' in end && end.failure === 'failed' && end.tally?.outcome === 'unknown'
			? [String(end.facts.sessionId ?? end.facts.reference ?? `row ${end.itemIndex + 1}`)]
			: [],
	);
	const doubt =
		unknown.length > 0
			? ` Unknown: ${unknown.slice(0, 10).join(', ')}${unknown.length > 10 ? ', …' : ''}. Read them with Session: Get before paying again.`
			: '';
	const clean = tallies.every(({ outcome }) => AS_WANTED.has(outcome));
	return {
		message: `${finished.length === 1 ? '1 row' : `${finished.length} rows`}: ${counts.join(', ') || 'nothing started'}. Money moved: ${moneyMoved(tallies)}.${doubt}`,
		type: clean ? 'info' : 'warning',
		location: 'outputPane',
	};
}

function talliesOf(end: { results: ItemResult[] } | FailedItem | undefined): Tally[] {
	if (!end) return [];
	if ('results' in end) return end.results.flatMap(({ tally }) => tally ?? []);
	return [
		end.failure === 'failed' ? (end.tally ?? { outcome: 'rejected' }) : { outcome: 'rejected' },
	];
}

function moneyMoved(tallies: Tally[]): string {
	const sums = new Map<string, number>();
	for (const { outcome, minorUnits, currency } of tallies) {
		if (!HAS_MOVED.has(outcome) || minorUnits === undefined || currency === undefined) continue;
		sums.set(currency, (sums.get(currency) ?? 0) + minorUnits);
	}
	return (
		[...sums]
			.map(([currency, sum]) => `${grouped(formatAmount(sum, currency))} ${currency.toUpperCase()}`)
			.join(', ') || 'none'
	);
}

/** `579041.50` → `579 041.50`, with spaces that don't break the line. */
function grouped(amount: string): string {
	if (!/^-?\d+\.\d+$/.test(amount)) return amount;
	const [whole, fraction] = amount.split('.');
	return [BigInt(whole).toLocaleString('en-US').replace(/,/g, '\u00a0'), fraction].join('.');
}
