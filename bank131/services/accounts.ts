import { BankUnreachable, type BankClient } from '../client/bankClient';
import {
	compact,
	field,
	isObject,
	objectAt,
	textAt,
	integerAt,
	type Json,
	type JsonObject,
} from '../lib/json';
import type { ResponsePart } from '../client/requestFailure';
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
 * amounts are rubles or kopecks (whole numbers, so very likely kopecks): they are returned as sent. Older states of the
 * page mark a debit with a minus, newer ones with `type`.
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
	return findTransactions(page).map((line) => readTransaction(line, day));
}

/**
 * The list of transactions of one day. The newest state of the bank's page on statements nests the answer in `method`
 * and `account_statement`, older states have everything on the top level. A day without a list is a day without
 * transactions only if its turnover is zero.
 * @throws BankUnreachable when there is no readable list, or an empty one beside a turnover
 */
function findTransactions(page: JsonObject): JsonObject[] {
	const method = objectAt(page, 'method');
	const containers = [page, objectAt(page, 'account_statement'), method].concat(
		objectAt(method, 'account_statement'),
	);
	const lists = containers.map((container) => field(container, 'transactions') ?? undefined);
	const shown = lists.filter((list) => list !== undefined);
	const turnover = containers.flatMap(readTurnover);
	const hasTurnover = turnover.some((sum) => sum !== 0);
	if (shown.length === 0 && (turnover.length === 0 || hasTurnover))
		throw incomplete('transactions');
	if (!shown.every(Array.isArray)) throw incomplete('transactions');
	const lines = shown.flat();
	if (!lines.every(isObject)) throw incomplete('transactions');
	if (lines.length === 0 && hasTurnover) throw incomplete('turnoverTransactions');
	return lines;
}

/** The debit and the credit of a day, as far as they are stated; NaN for what is no number. */
function readTurnover(container: JsonObject | undefined): number[] {
	const turnover = objectAt(container, 'total_turnover');
	return ['debet', 'debit', 'credit'].flatMap((name) => {
		const sum = textAt(turnover, name);
		return sum === undefined ? [] : [Number(sum)];
	});
}

const incomplete = (missing: ResponsePart) =>
	new BankUnreachable({ code: 'responseIncomplete', missing });

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
