/** Account statements: days of the period, parallel requests, order of the output; account balances. */
import { DateTime, Settings } from 'luxon';

import { getAccountBalance, getAccountStatement } from '../../bank131/services/accounts.ts';
import { BankClient } from '../../bank131/client/bankClient.ts';
import { checkStatementDay, daysBetween, MAX_DAYS } from '../../bank131/values/statementDates.ts';
import type { Transport } from '../../bank131/client/transport.ts';

afterEach(() => {
	Settings.defaultZone = 'system';
});

/** n8n's form gives a date without an offset; expressions such as $now give one with it. */
const ZONES = ['UTC', 'Europe/Moscow', 'Asia/Vladivostok', 'America/Los_Angeles', 'Pacific/Apia'];

/** The day in Moscow; undefined if `input` is not a full date. */
function dayOf(input: unknown): string | undefined {
	const day = checkStatementDay(input);
	return day.ok ? day.value : undefined;
}

describe('days of a statement in Moscow time', () => {
	test.each<[from: string, to: string, days: string[]]>([
		['2024-02-28', '2024-03-01', ['2024-02-28', '2024-02-29', '2024-03-01']],
		['2023-02-28', '2023-03-01', ['2023-02-28', '2023-03-01']],
		['2025-12-31', '2026-01-01', ['2025-12-31', '2026-01-01']],
		['2026-05-31', '2026-06-01', ['2026-05-31', '2026-06-01']],
		// Moscow put its clocks back and forth until 2014, and on 2014-10-26 the day had 25 hours.
		['2010-03-27', '2010-03-29', ['2010-03-27', '2010-03-28', '2010-03-29']],
		['2014-10-25', '2014-10-27', ['2014-10-25', '2014-10-26', '2014-10-27']],
		['2026-11-21', '2026-11-21', ['2026-11-21']],
		// As n8n's form and spreadsheets write dates.
		['2026-11-20T00:00:00', '2026-11-21T00:00:00', ['2026-11-20', '2026-11-21']],
		['2026-11-20 23:59:59', '2026-11-21', ['2026-11-20', '2026-11-21']],
		// Times with an offset: the day in Moscow at that time.
		['2026-11-20T20:59:59.999Z', '2026-11-20T21:00:00.000Z', ['2026-11-20', '2026-11-21']],
		['2026-11-21T06:59:00+10:00', '2026-11-21T07:00:00+10:00', ['2026-11-20', '2026-11-21']],
		['2025-12-31T21:00:00Z', '2025-12-31T21:00:00Z', ['2026-01-01']],
		['20.11.2026', '21.11.2026', ['2026-11-20', '2026-11-21']],
	])('from %s to %s: the same days in every time zone of n8n', (from, to, days) => {
		for (const zone of ZONES) {
			Settings.defaultZone = zone;
			expect(daysBetween(dayOf(from)!, dayOf(to)!)).toEqual(days);
		}
	});

	test('a Date and a luxon DateTime give the day in Moscow', () => {
		expect(dayOf(new Date('2026-11-20T21:00:00Z'))).toBe('2026-11-21');
		expect(dayOf(DateTime.fromISO('2026-11-20T20:59:59', { zone: 'utc' }))).toBe('2026-11-20');
	});

	test.each([
		...['', 'yesterday', '2026-02-30', '31.02.2026', '20.11.26', '2026-13-01'],
		// Parts of a date, and texts that luxon accepts as a date or as a time of today.
		...['2026', '2026-10', '10', '10:30', 'T10:30', '20261120', '2026-W47', '2026-324', '11.2026'],
		...[20261120, 46346, null, undefined, {}, new Date('nonsense'), DateTime.invalid('no')],
	])('%p is rejected: not a full date', (input) => {
		expect(dayOf(input)).toBeUndefined();
	});

	test('the last day is before the first: no days', () => {
		expect(daysBetween('2026-11-21', '2026-11-20')).toEqual([]);
	});

	test('a year gives all its days; a longer period gives one day more than the limit', () => {
		expect(daysBetween('2024-01-01', '2024-12-31')).toHaveLength(366);
		expect(daysBetween('2020-01-01', '2026-01-01').length).toBe(MAX_DAYS + 1);
	});
});

const account = '4'.repeat(20);

function bankWith(transport: Transport): BankClient {
	return new BankClient(transport, 'v2', {
		now: () => 0,
		sleep: async () => {},
		random: () => 0,
	});
}

test('days are requested in parallel and returned in the order of the period', async () => {
	const days = daysBetween('2026-01-01', '2026-01-31');
	const requestedDays: string[] = [];
	let active = 0;
	let maxActive = 0;
	const transport: Transport = async ({ body }) => {
		const day = String(body?.date_from);
		expect(body).toEqual({ date_from: day, date_to: day, account_number: account });
		requestedDays.push(day);
		maxActive = Math.max(maxActive, ++active);
		// Later days are answered earlier.
		for (let turn = 31 - Number(day.slice(-2)); turn > 0; turn--) await Promise.resolve();
		active--;
		const transactions = day.endsWith('5') ? [] : [{ amount: 1 }, { amount: 2 }];
		return { httpStatus: 200, text: JSON.stringify({ status: 'ok', transactions }) };
	};
	const lines = await getAccountStatement(account, days, 7, bankWith(transport));
	expect(maxActive).toBe(7);
	expect(requestedDays).toEqual(days);
	expect(lines.map(({ day, amount }) => [day, amount])).toEqual(
		days.filter((day) => !day.endsWith('5')).flatMap((day) => [1, 2].map((n) => [day, n])),
	);
});

test('after a failed day no other request starts, and active requests end first', async () => {
	let [requests, active] = [0, 0];
	const transport: Transport = async ({ body }) => {
		requests++;
		active++;
		const fails = body?.date_from === '2026-01-03';
		for (let turn = fails ? 1 : 20; turn > 0; turn--) await Promise.resolve();
		active--;
		const error = { code: 'account_not_found', description: 'No such account' };
		const answer = fails ? { status: 'error', error } : { status: 'ok', transactions: [] };
		return { httpStatus: 200, text: JSON.stringify(answer) };
	};
	const days = daysBetween('2026-01-01', '2026-12-31');
	const statement = getAccountStatement(account, days, 5, bankWith(transport));
	await expect(statement).rejects.toThrow('No such account');
	expect({ requests, active }).toEqual({ requests: 5, active: 0 });
});

describe('the answer for one day of a statement', () => {
	const statementWith = (more: object) =>
		getAccountStatement(
			account,
			['2026-01-01'],
			1,
			bankWith(async () => ({ httpStatus: 200, text: JSON.stringify({ status: 'ok', ...more }) })),
		);
	const name = 'account_statement';
	const query = { date_from: '2026-01-01', date_to: '2026-01-01', account_number: account };
	const zero = { total_turnover: { debet: 0, credit: 0 } };
	const moved = { total_turnover: { debet: 100, credit: 0 } };
	const forms: Array<[string, (statement: object) => object]> = [
		['on the top level', (one) => ({ name, account_statement: query, ...one })],
		['in account_statement', (one) => ({ name, account_statement: { ...query, ...one } })],
		['in method', (one) => ({ method: { name, account_statement: query, ...one } })],
		[
			'in account_statement of method',
			(one) => ({ method: { name, account_statement: { ...query, ...one } } }),
		],
	];

	describe.each(forms)('%s', (_form, form) => {
		test('two transactions beside a turnover: both are output', async () => {
			const transactions = [{ amount: 60 }, { amount: 40 }];
			const lines = await statementWith(form({ ...moved, transactions }));
			expect(lines.map(({ amount }) => amount)).toEqual([60, 40]);
		});

		test.each<[string, object]>([
			['an empty list, turnover zero', { ...zero, transactions: [] }],
			['an empty list, no turnover', { transactions: [] }],
			['no list, turnover zero', zero],
			['a list of null, turnover zero', { ...zero, transactions: null }],
			['no list, turnover zero as text', { total_turnover: { debet: '0', credit: '0.00' } }],
		])('%s: a day without transactions', async (_day, statement) => {
			expect(await statementWith(form(statement))).toEqual([]);
		});

		test.each<[string, object, string]>([
			['neither list nor turnover', {}, 'transactions'],
			['no list, a turnover', moved, 'transactions'],
			['an empty turnover', { total_turnover: {} }, 'transactions'],
			['a turnover of text', { total_turnover: { debet: 'none' } }, 'transactions'],
			['a list of another type', { ...zero, transactions: {} }, 'transactions'],
			['a list as an object', { ...moved, transactions: { 1: { amount: 1 } } }, 'transactions'],
			['a list of texts', { ...moved, transactions: ['x'] }, 'transactions'],
			['an empty list beside a debit', { ...moved, transactions: [] }, 'turnoverTransactions'],
			[
				'an empty list beside a credit as text',
				{ total_turnover: { debet: 0, credit: '5' }, transactions: [] },
				'turnoverTransactions',
			],
		])('%s: an error', async (_day, statement, missing) => {
			await expect(statementWith(form(statement))).rejects.toMatchObject({
				reason: { code: 'responseIncomplete', missing },
			});
		});
	});

	test.each<[string, object]>([
		['no list at all', {}],
		['null as the list', { transactions: null }],
		['a method that is a text', { method: name, account_statement: query }],
	])('%s: an error', async (_day, body) => {
		await expect(statementWith(body)).rejects.toMatchObject({
			reason: { code: 'responseIncomplete', missing: 'transactions' },
		});
	});
});

test.each([
	[123400, 123400],
	['123400', 123400],
	['-5', -5],
])('current_balance %p is %p minor units', async (current_balance, minorUnits) => {
	const text = JSON.stringify({ status: 'ok', balance: { current_balance } });
	const bank = bankWith(async () => ({ httpStatus: 200, text }));
	expect(await getAccountBalance(account, bank)).toEqual({ minorUnits, currency: 'rub' });
});

test.each([1234.5, 1e20, '12,5', null])(
	'current_balance %p is rejected',
	async (current_balance) => {
		const text = JSON.stringify({ status: 'ok', balance: { current_balance } });
		const bank = bankWith(async () => ({ httpStatus: 200, text }));
		await expect(getAccountBalance(account, bank)).rejects.toMatchObject({
			reason: { code: 'responseIncomplete', missing: 'balance' },
		});
	},
);
