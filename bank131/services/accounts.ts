import { BankUnreachable, type BankClient } from '../client/bankClient';
import { endpoints } from '../protocol/endpoints';
import {
	compact,
	field,
	listAt,
	objectAt,
	textAt,
	wholeAt,
	type Json,
	type JsonObject,
} from '../lib/json';

/** What is on a settlement or escrow account, in minor units (a third-party copy of the page "Objects" says kopecks). */
export async function accountBalance(
	accountNumber: string,
	bank: BankClient,
): Promise<{ minorUnits: number; currency: string }> {
	const body = await bank.ask(endpoints.accountBalance, { account_number: accountNumber });
	const minorUnits = wholeAt(objectAt(body, 'balance'), 'current_balance');
	if (minorUnits === undefined)
		throw new BankUnreachable({ code: 'answerIncomplete', missing: 'balance' });
	return {
		minorUnits,
		currency: (textAt(body, 'account_currency') ?? 'RUB').toLowerCase(),
	};
}

/**
 * The transactions of an account, oldest day first. The bank takes one day per request; `parallel` days are asked for at
 * once, and none any more after the first failure. Whether its amounts are rubles or kopecks is not documented, so they are
 * passed on as sent; older pages mark a debit by a minus, newer ones by `type`.
 * @throws BankRefusal, BankUnreachable
 */
export async function accountStatement(
	accountNumber: string,
	days: string[],
	parallel: number,
	bank: BankClient,
): Promise<JsonObject[]> {
	const pages = days.map((): JsonObject[] => []);
	const failures: unknown[] = [];
	let next = 0;
	const askInTurn = async () => {
		while (next < days.length && failures.length === 0) {
			const index = next++;
			try {
				pages[index] = await statementOfDay(accountNumber, days[index], bank);
			} catch (error) {
				failures.push(error);
			}
		}
	};
	await Promise.all(Array.from({ length: parallel }, askInTurn));
	if (failures.length > 0) throw failures[0];
	return pages.flat();
}

async function statementOfDay(
	accountNumber: string,
	day: string,
	bank: BankClient,
): Promise<JsonObject[]> {
	const page = await bank.ask(endpoints.accountStatement, {
		date_from: day,
		date_to: day,
		account_number: accountNumber,
	});
	// Assumption: a day without transactions may come without the list.
	if (!Array.isArray(field(page, 'transactions') ?? []))
		throw new BankUnreachable({ code: 'answerIncomplete', missing: 'transactions' });
	return listAt(page, 'transactions').map((line) => readLine(line, day));
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
