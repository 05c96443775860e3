import { DateTime } from 'luxon';

import { BANK_ZONE } from './balance';
import { BankUnreachable, type BankClient } from './client';
import { endpoints } from './endpoints';
import { compact, field, listAt, objectAt, textAt, type Json, type JsonObject } from './json';

/** What is on a settlement or escrow account, in minor units (a third-party copy of the page "Objects" says kopecks). */
export async function accountBalance(
	accountNumber: string,
	bank: BankClient,
): Promise<{ minorUnits: number; currency: string }> {
	const body = await bank.ask(endpoints.accountBalance, { account_number: accountNumber });
	const balance = field(objectAt(body, 'balance'), 'current_balance');
	if (typeof balance !== 'number')
		throw new BankUnreachable("The bank's answer has no balance in it");
	return {
		minorUnits: balance,
		currency: (textAt(body, 'account_currency') ?? 'RUB').toLowerCase(),
	};
}

/** Days of a statement at most: one request each. */
export const MAX_DAYS = 366;

/** The Moscow days from `from` to `to`, as the bank writes them; undefined when it is no period. */
export function daysBetween(from: string, to: string): string[] | undefined {
	const first = bankDay(from);
	const last = bankDay(to);
	if (!first || !last || last < first) return undefined;
	const days: string[] = [];
	for (let day = first; day <= last && days.length <= MAX_DAYS; day = day.plus({ days: 1 })) {
		days.push(day.toFormat('yyyy-MM-dd'));
	}
	return days;
}

/** A moment with an offset is the day it then is in Moscow; without one, the day that stands there, wherever n8n runs. */
function bankDay(text: string): DateTime | undefined {
	const moment = DateTime.fromISO(text.replace(' ', 'T'), { zone: BANK_ZONE });
	return moment.isValid ? moment.setZone(BANK_ZONE).startOf('day') : undefined;
}

/**
 * The transactions of an account, oldest day first. The bank takes one day per request; the days are asked for side by
 * side, within the limits of the batch. Whether its amounts are rubles or kopecks is not documented, so they are passed on
 * as sent; older pages mark a debit by a minus, newer ones by `type`.
 */
export async function accountStatement(
	accountNumber: string,
	days: string[],
	bank: BankClient,
): Promise<JsonObject[]> {
	const pages = await Promise.all(
		days.map((day) =>
			bank.ask(endpoints.accountStatement, {
				date_from: day,
				date_to: day,
				account_number: accountNumber,
			}),
		),
	);
	return pages.flatMap((page, index) =>
		listAt(page, 'transactions').map((line) => readLine(line, days[index])),
	);
}

function readLine(line: JsonObject, day: string): JsonObject {
	const party = objectAt(line, 'counter_party');
	return compact({
		day,
		direction: directionOf(textAt(line, 'type'), field(line, 'amount')),
		amount: field(line, 'amount'),
		baseAmount: field(line, 'base_amount'),
		currency: textAt(line, 'currency')?.toUpperCase(),
		paymentDate: textAt(line, 'payment_date'),
		sessionId: textAt(line, 'session_id'),
		transactionId: textAt(line, 'transaction_id'),
		bankSystemId: textAt(line, 'bank_system_id'),
		purpose: textAt(line, 'purpose'),
		counterPartyName: textAt(party, 'name'),
		counterPartyInn: textAt(party, 'inn'),
		counterPartyKpp: textAt(party, 'kpp'),
		counterPartyAccount: textAt(party, 'account_number'),
		counterPartyBank: textAt(party, 'bank_code'),
	});
}

function directionOf(type: string | undefined, amount: Json | undefined): string | undefined {
	if (type !== undefined) return type.toLowerCase();
	if (amount === undefined) return undefined;
	return String(amount).trim().startsWith('-') ? 'debit' : 'credit';
}
