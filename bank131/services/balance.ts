import { DateTime } from 'luxon';

import { BankUnreachable, type BankClient } from '../client/bankClient';
import type { BankRequest } from '../client/transport';
import { field, listAt, objectAt, textAt, integerAt, type JsonObject } from '../lib/json';
import { endpointPath, endpoints } from '../protocol/endpoints';
import { MOSCOW_ZONE } from '../protocol/moscowTime';

/** Balance of a collateral account, in minor units. A partner may have several such accounts. */
export interface WalletBalance {
	walletId: string;
	minorUnits: number;
	/** Lower-case ISO code. */
	currency: string;
}

/** Body of `wallet/balance`: the time of the request in Moscow, without fractions of a second. */
const balanceBody = (nowMs: number): JsonObject => ({
	request_datetime:
		DateTime.fromMillis(nowMs, { zone: MOSCOW_ZONE })
			.startOf('second')
			.toISO({ suppressMilliseconds: true }) ?? '',
});

/** The request of `getBalance`, for a caller without a bank client. */
export const balanceRequest = (nowMs: number): BankRequest & { body: JsonObject } => ({
	method: 'POST',
	path: endpointPath(endpoints.walletBalance, 'v1'),
	body: balanceBody(nowMs),
});

/**
 * `wallet/balance`: balances of the collateral (guarantee) accounts from which payouts are paid. A response without
 * `wallets` means that there are none (PHP SDK).
 * @throws BankRefusal, BankUnreachable, also when `wallets` or one of its amounts cannot be read
 */
export async function getBalance(bank: BankClient): Promise<WalletBalance[]> {
	const body = await bank.request(endpoints.walletBalance, balanceBody(bank.clock.now()));
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
