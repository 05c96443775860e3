// Balances and statements.
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import { requiredText } from '../wire/fields.mts';
import { onlyV1, type Call, type Endpoints } from './endpoint.mts';

function account({ bank, body }: Call) {
	// 40702, 40703, 40802, 40807 and 40701 are what may be asked for (api/04).
	const number = requiredText(body, 'account_number', {
		pattern: /^(40702|40703|40802|40807|40701)\d{15}$/,
		expected: '20 digits of a settlement or escrow account',
	});
	const found = bank.accounts.findByNumber(number);
	if (found === undefined) throw new BankError('account_not_found', `Account ${number} not found`);
	return { ...found, number };
}

/** One day of an account. Assumption: amounts are minor units, non-negative, with a `type`. */
function statement(call: Call) {
	const { kind, number, account: held } = account(call);
	const day = { pattern: /^\d{4}-\d{2}-\d{2}$/, says: 'YYYY-MM-DD' };
	const date_from = requiredText(call.body, 'date_from', day);
	const date_to = requiredText(call.body, 'date_to', day);
	if (date_from !== date_to) throw invalidRequest('date_to: one day per request');
	const entries = call.bank.ledger.entries.filter(
		(entry) => entry.account === kind && entry.at.startsWith(date_from),
	);
	const credit = (entryKind: string) => entryKind === 'return' || entryKind === 'payment';
	const sum = (credits: boolean) =>
		entries.reduce((all, one) => all + (credit(one.kind) === credits ? one.amount : 0), 0);
	return {
		status: 'ok',
		name: 'account_statement',
		account_statement: { date_from, date_to, account_number: number },
		total_turnover: { debet: sum(false), credit: sum(true) },
		total_balance: { opening: held.balance + sum(false) - sum(true), closing: held.balance },
		transactions: entries.map((entry) => ({
			amount: entry.amount,
			base_amount: entry.amount,
			currency: entry.currency.toUpperCase(),
			payment_date: entry.at,
			bank_system_id: entry.payoutId,
			session_id: entry.sessionId,
			purpose: `${entry.kind} ${entry.payoutId}`,
			counter_party: { name: entry.recipientName ?? '', account_number: entry.destination },
			type: credit(entry.kind) ? 'credit' : 'debit',
		})),
	};
}

export const accountEndpoints: Endpoints = {
	'wallet/balance': {
		versions: onlyV1,
		answer({ bank, body }) {
			requiredText(body, 'request_datetime', {
				pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/,
				expected: 'ISO 8601 with an offset',
			});
			const { number, balance } = bank.accounts.collateral;
			const wallet = { id: number, amount_details: { amount: balance, currency: 'rub' } };
			return { status: 'ok', wallets: [wallet] };
		},
	},
	'report/account_balance': {
		versions: onlyV1,
		methods: ['GET', 'POST'],
		answer(call) {
			const { number, account: held } = account(call);
			const balance = { current_balance: held.balance };
			return { status: 'ok', account_number: number, account_currency: 'RUB', balance };
		},
	},
	// The docs' sample is a GET with a body, the neighbouring report a POST (api/14.6): both work.
	'report/account_statement': { versions: onlyV1, methods: ['GET', 'POST'], answer: statement },
};
