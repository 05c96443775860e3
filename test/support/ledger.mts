/** What the sandbox received and booked. Its ledger decides whether a payout was made once, twice or not at all. */
import type { IRun } from 'n8n-workflow';

import type { LedgerEntry, RequestRecord, Sandbox } from '../../sandbox/sandbox.mts';
import type { Loose } from './engineFixture.mts';
import type { Row } from './payouts.mts';
import { jsonOf } from './runOperation.mts';

/** The payouts that the ledger holds for a reference. */
export const paidFor = (sandbox: Sandbox, reference: unknown): LedgerEntry[] =>
	sandbox.ledger.entries.filter(
		({ kind, metadata }) =>
			kind === 'payout' && (metadata as Loose | undefined)?.reference === reference,
	);

/** Each row was paid exactly once, with its own amount, and no idempotency key was paid twice. */
export function expectPaidOnce(sandbox: Sandbox, rows: readonly Row[]): void {
	const paid = rows.map(({ ref }) => paidFor(sandbox, ref).map(({ amount }) => amount));
	expect(paid).toEqual(rows.map(({ amount }) => [Math.round(Number(amount) * 100)]));
	expect(sandbox.ledger.paidTwice()).toEqual([]);
}

export function expectNotPaid(sandbox: Sandbox, references: readonly unknown[]): void {
	expect(references.flatMap((reference) => paidFor(sandbox, reference))).toEqual([]);
}

/** The amounts of the items with outcome `succeeded` add up to the money that left the bank. */
export function expectMoneyMovedEqualsSucceeded(sandbox: Sandbox, run: IRun): void {
	const succeeded = jsonOf(run).filter(({ outcome }) => outcome === 'succeeded');
	const sum = succeeded.reduce((total, { amountMinorUnits }) => total + amountMinorUnits, 0);
	expect(sandbox.moneyMoved()).toBe(sum);
	expect(sandbox.ledger.paidTwice()).toEqual([]);
}

/** Requests to one method, for example `session/confirm`, in either API version. */
export const requestsTo = (sandbox: Sandbox, method: string): RequestRecord[] =>
	sandbox.requests.filter(({ path }) => path.replace(/^v\d\//, '') === method);
