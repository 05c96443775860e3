/** Payouts to cards: rows of a payout list, and runs of the node that pay them. */
import type { INodeParameters, IRun } from 'n8n-workflow';

import type { EngineFixture } from './engineFixture.mts';
import { startRun, type RunSettings } from './runOperation.mts';

/** One row of the payout list. */
export interface Row {
	ref: unknown;
	amount?: unknown;
	card?: unknown;
	name?: unknown;
	[column: string]: unknown;
}

export const CARD = '4242424242424242';

/** `count` valid rows: prefix-1 with amount 101.00, prefix-2 with 102.00, … */
export const rowsOf = (prefix: string, count: number): Row[] =>
	Array.from({ length: count }, (_, index) => ({
		ref: `${prefix}-${index + 1}`,
		amount: `${101 + index}.00`,
		card: CARD,
		name: 'Иванов Иван Иванович',
	}));

/** Payout: Send to the card of a row. */
export const sendToCard: INodeParameters = {
	resource: 'payout',
	operation: 'send',
	reference: '={{ $json.ref }}',
	amount: '={{ $json.amount }}',
	payoutMethod: 'cardNumber',
	cardNumber: '={{ $json.card }}',
	recipientName: '={{ $json.name }}',
};

/** Payout: Send to a valid account of a person. */
export const sendToAccount: INodeParameters = {
	amount: '100',
	payoutMethod: 'bankAccount',
	account: '40817810400003869535',
	bik: '044525974',
	recipientName: 'Иванов Иван',
	purpose: 'Payment under agreement 131',
};

/** Starts the node on these rows with `sendToCard`. The returned promise of the run has `cancel()`. */
export const startPaying = (
	fixture: EngineFixture,
	rows: readonly object[],
	settings: RunSettings = {},
) =>
	startRun(fixture, rows, { ...settings, parameters: { ...sendToCard, ...settings.parameters } });

export async function payAll(
	fixture: EngineFixture,
	rows: readonly object[],
	settings: RunSettings = {},
): Promise<IRun> {
	return await startPaying(fixture, rows, settings);
}
