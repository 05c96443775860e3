import { BankUnreachable, type BankClient } from '../client/bankClient';
import {
	compact,
	field,
	listAt,
	objectAt,
	textAt,
	integerAt,
	type Json,
	type JsonObject,
} from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import type { Money } from '../values/money';

/**
 * Balance of a settlement or escrow account (a third-party copy of the page "Objects" says that it is in kopecks).
 * Rubles if the response has no currency.
 * @throws BankRefusal, BankUnreachable, also when the response has no whole number
 */
export async function getAccountBalance(accountNumber: string, bank: BankClient): Promise<Money> {
	const body = await bank.request(endpoints.accountBalance, { account_number: accountNumber });
	const minorUnits = integerAt(objectAt(body, 'balance'), 'current_balance');
	if (minorUnits === undefined)
		throw new BankUnreachable({ code: 'responseIncomplete', missing: 'balance' });
	return {
		minorUnits,
		currency: (textAt(body, 'account_currency') ?? 'RUB').toLowerCase(),
	};
}

/**
 * The transactions of an account in the order of `days` (`YYYY-MM-DD`). The bank accepts one day per request. At most
 * `parallel` requests run at the same time, and none starts after the first failure. The documents do not say whether
 * amounts are rubles or kopecks, so they are returned as sent. Older pages mark a debit with a minus, newer ones with
 * `type`.
 * @throws BankRefusal, BankUnreachable: the first failure, after the running requests have ended
 */
export async function getAccountStatement(
	accountNumber: string,
	days: string[],
	parallel: number,
	bank: BankClient,
): Promise<JsonObject[]> {
	const pages = days.map((): JsonObject[] => []);
	const failures: unknown[] = [];
	let nextIndex = 0;
	const readNextDays = async () => {
		while (nextIndex < days.length && failures.length === 0) {
			const index = nextIndex++;
			try {
				pages[index] = await readStatementDay(accountNumber, days[index], bank);
			} catch (error) {
				failures.push(error);
			}
		}
	};
	await Promise.all(Array.from({ length: parallel }, readNextDays));
	if (failures.length > 0) throw failures[0];
	return pages.flat();
}

async function readStatementDay(
	accountNumber: string,
	day: string,
	bank: BankClient,
): Promise<JsonObject[]> {
	const page = await bank.request(endpoints.accountStatement, {
		date_from: day,
		date_to: day,
		account_number: accountNumber,
	});
	// Assumption: a day without transactions may come without the list.
	if (!Array.isArray(field(page, 'transactions') ?? []))
		throw new BankUnreachable({ code: 'responseIncomplete', missing: 'transactions' });
	return listAt(page, 'transactions').map((line) => readTransaction(line, day));
}

function readTransaction(line: JsonObject, day: string): JsonObject {
	const party = objectAt(line, 'counter_party');
	return compact({
		day,
		direction: readDirection(textAt(line, 'type'), field(line, 'amount')),
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

function readDirection(type: string | undefined, amount: Json | undefined): string | undefined {
	if (type !== undefined) return type.toLowerCase();
	if (amount === undefined) return undefined;
	return String(amount).trim().startsWith('-') ? 'debit' : 'credit';
}
