// Balances and statements.
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import { requiredText } from '../wire/fields.mts';
import { ONLY_V1, type EndpointRequest, type Endpoints } from './endpoint.mts';

/** The account of the request; throws `account_not_found`. */
function requireAccount({ bank, body }: EndpointRequest) {
	// Only accounts that begin with these digits have balances and statements (api/04).
	const number = requiredText(body, 'account_number', {
		pattern: /^(40702|40703|40802|40807|40701)\d{15}$/,
		expected: '20 digits of a settlement or escrow account',
	});
	const match = bank.accounts.findByNumber(number);
	if (match === undefined) throw new BankError('account_not_found', `Account ${number} not found`);
	return { ...match, number };
}

/**
 * The statement of one day, as the newest state of the bank's page shows it, or flat as its older states do (setting
 * `statementShape`). Assumption: amounts are minor units, not negative, with a `type`.
 */
function handleStatement(request: EndpointRequest) {
	const { kind, number, account } = requireAccount(request);
	const day = { pattern: /^\d{4}-\d{2}-\d{2}$/, expected: 'YYYY-MM-DD' };
	const date_from = requiredText(request.body, 'date_from', day);
	const date_to = requiredText(request.body, 'date_to', day);
	if (date_from !== date_to) throw invalidRequest('date_to: one day per request');
	const entries = request.bank.ledger.entries.filter(
		(entry) => entry.account === kind && entry.at.startsWith(date_from),
	);
	const isCredit = (entryKind: string) => entryKind === 'return' || entryKind === 'payment';
	const sum = (isCreditSum: boolean) =>
		entries.reduce((all, one) => all + (isCredit(one.kind) === isCreditSum ? one.amount : 0), 0);
	const query = { date_from, date_to, account_number: number };
	const statement = {
		total_turnover: { debet: sum(false), credit: sum(true) },
		total_balance: { opening: account.balance + sum(false) - sum(true), closing: account.balance },
		transactions: entries.map((entry) => ({
			amount: entry.amount,
			base_amount: entry.amount,
			currency: entry.currency.toUpperCase(),
			payment_date: entry.at,
			bank_system_id: entry.payoutId,
			session_id: entry.sessionId,
			purpose: `${entry.kind} ${entry.payoutId}`,
			counter_party: { name: entry.recipientName ?? '', account_number: entry.destination },
			type: isCredit(entry.kind) ? 'credit' : 'debit',
		})),
	};
	const name = 'account_statement';
	return request.bank.settings.statementShape === 'flat'
		? { status: 'ok', name, account_statement: query, ...statement }
		: { status: 'ok', method: { name, account_statement: { ...query, ...statement } } };
}

/** Methods for balances and statements (api/04). */
export const accountEndpoints: Endpoints = {
	'wallet/balance': {
		versions: ONLY_V1,
		handle({ bank, body }) {
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
		versions: ONLY_V1,
		methods: ['GET', 'POST'],
		handle(request) {
			const { number, account } = requireAccount(request);
			const balance = { current_balance: account.balance };
			return { status: 'ok', account_number: number, account_currency: 'RUB', balance };
		},
	},
	// The sample of the docs is a GET with a body; the other report is a POST (api/14.6). Both are accepted.
	'report/account_statement': {
		versions: ONLY_V1,
		methods: ['GET', 'POST'],
		handle: handleStatement,
	},
};
