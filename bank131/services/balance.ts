import { DateTime } from 'luxon';

import { BankUnreachable, type BankClient } from '../client/bankClient';
import { field, listAt, objectAt, textAt, wholeAt, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { MOSCOW_ZONE } from '../protocol/moscowTime';

/** What is on a collateral account. A partner may have several. */
export interface WalletBalance {
	walletId: string;
	minorUnits: number;
	currency: string;
}

/**
 * `wallet/balance`: the collateral (guarantee) accounts from which payouts are paid. Amounts in minor units. An answer without
 * `wallets` means that there are none (PHP SDK); one that cannot be read does not.
 * @throws BankRefusal, BankUnreachable
 */
export async function getBalance(bank: BankClient): Promise<WalletBalance[]> {
	const at = DateTime.fromMillis(bank.clock.now(), { zone: MOSCOW_ZONE }).startOf('second');
	const body = await bank.ask(endpoints.walletBalance, {
		request_datetime: at.toISO({ suppressMilliseconds: true }) ?? '',
	});
	if (!Array.isArray(field(body, 'wallets') ?? []))
		throw new BankUnreachable({ code: 'answerIncomplete', missing: 'accounts' });
	return listAt(body, 'wallets').map(readWallet);
}

function readWallet(wallet: JsonObject): WalletBalance {
	const walletId = textAt(wallet, 'id') ?? '';
	const amount = objectAt(wallet, 'amount_details');
	const minorUnits = wholeAt(amount, 'amount');
	if (minorUnits === undefined)
		throw new BankUnreachable({
			code: 'answerIncomplete',
			missing: 'accountAmount',
			account: walletId,
		});
	return { walletId, minorUnits, currency: (textAt(amount, 'currency') ?? 'rub').toLowerCase() };
}
