import { DateTime } from 'luxon';

import type { BankClient } from './client';
import { endpoints } from './endpoints';
import { listAt, objectAt, textAt } from './json';
import { readAmount } from './views';

/** What is on a collateral account. A partner may have several. */
export interface WalletBalance {
	walletId: string;
	minorUnits: number;
	currency: string;
}

/** Dates of the bank are Moscow time (its samples carry +03:00). */
export const BANK_ZONE = 'Europe/Moscow';

/** `wallet/balance`: the collateral (guarantee) accounts from which payouts are paid. Amounts in minor units. */
export async function getBalance(bank: BankClient): Promise<WalletBalance[]> {
	const at = DateTime.fromMillis(bank.clock.now(), { zone: BANK_ZONE }).startOf('second');
	const body = await bank.ask(endpoints.walletBalance, {
		request_datetime: at.toISO({ suppressMilliseconds: true }) ?? '',
	});
	return listAt(body, 'wallets').flatMap((wallet) => {
		const amount = readAmount(objectAt(wallet, 'amount_details'));
		return amount ? [{ walletId: textAt(wallet, 'id') ?? '', ...amount }] : [];
	});
}
