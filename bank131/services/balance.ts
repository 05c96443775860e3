import { DateTime } from 'luxon';

import { BankUnreachable, type BankClient } from '../client/bankClient';
import { field, listAt, objectAt, textAt, integerAt, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { MOSCOW_ZONE } from '../protocol/moscowTime';

/** Balance of a collateral account, in minor units. A partner may have several such accounts. */
export interface WalletBalance {
	walletId: string;
	minorUnits: number;
	/** Lower-case ISO code. */
	currency: string;
}

/**
 * `wallet/balance`: balances of the collateral (guarantee) accounts from which payouts are paid. A response without
 * `wallets` means that there are none (PHP SDK).
 * @throws BankRefusal, BankUnreachable, also when `wallets` or one of its amounts cannot be read
 */
export async function getBalance(bank: BankClient): Promise<WalletBalance[]> {
	const requestTime = DateTime.fromMillis(bank.clock.now(), { zone: MOSCOW_ZONE }).startOf(
		'second',
	);
	const body = await bank.request(endpoints.walletBalance, {
		request_datetime: requestTime.toISO({ suppressMilliseconds: true }) ?? '',
	});
	if (!Array.isArray(field(body, 'wallets') ?? []))
		throw new BankUnreachable({ code: 'responseIncomplete', missing: 'accounts' });
	return listAt(body, 'wallets').map(readWallet);
}

function readWallet(wallet: JsonObject): WalletBalance {
	const walletId = textAt(wallet, 'id') ?? '';
	const amount = objectAt(wallet, 'amount_details');
	const minorUnits = integerAt(amount, 'amount');
	if (minorUnits === undefined)
		throw new BankUnreachable({
			code: 'responseIncomplete',
			missing: 'accountAmount',
			account: walletId,
		});
	return { walletId, minorUnits, currency: (textAt(amount, 'currency') ?? 'rub').toLowerCase() };
}
