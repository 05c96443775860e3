import { randomBytes } from 'node:crypto';
import type { Bank } from './bank.mts';
import { isObject } from '../lib/json.mts';
import type { Payout } from '../store/model.mts';

/**
 * Adds id and link of the receipt of the tax service; they appear when the payout succeeds
 * (api/10.10).
 */
export function issueReceipt(bank: Bank, payout: Payout): void {
	const taxpayer = payout.fiscalization?.professional_income_taxpayer;
	if (!isObject(taxpayer)) return;
	const id = `20${randomBytes(4).toString('hex')}`;
	const link = `${bank.url}/sandbox/receipts/${id}`;
	payout.fiscalization = {
		...payout.fiscalization,
		professional_income_taxpayer: { ...taxpayer, receipt: { id, link } },
	};
}
