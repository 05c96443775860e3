/** Payout: Send from each row of a mixed list: columns by name or mapped, several payout methods in one node. */
import type { INodeParameters, IRun } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { errorOf, hintsOf, outputOf, type Credentials } from '../support/engine.mts';
import { agentLimits, callModes, callTool, describeWithLimits, fromAI } from '../support/agent.mts';
import { paidFor } from '../support/ledger.mts';
import { continueError, jsonOf, runOperation, type RunSettings } from '../support/runOperation.mts';

const fixture = useFixture();

const automatic: INodeParameters = {
	payoutMethod: 'eachRow',
	columns: { mappingMode: 'autoMapInputData', value: null },
};

const NAME = 'Иванов Иван Иванович';
const ACCOUNT = '40817810400003869535';
const CARD = '4242424242424242';

/** Rows of five methods, under the headers of a Russian sheet. */
const mixedRows: Array<Record<string, unknown>> = [
	{ '№ выплаты': 'mix-1', 'Сумма, руб.': '100,00', ФИО: NAME, 'Номер карты': CARD },
	{
		'№ выплаты': 'mix-2',
		'Сумма, руб.': 200.5,
		ФИО: NAME,
		'Р/с': ACCOUNT,
		БИК: '044525974',
		'Назначение платежа': 'Оплата по договору 131',
	},
	{
		'№ выплаты': 'mix-3',
		'Сумма, руб.': '1 300,00',
		ФИО: NAME,
		Телефон: '8 (968) 000-00-00',
		'Банк получателя': '100000000131',
		'Назначение платежа': 'Оплата по договору 131',
	},
	{ '№ выплаты': 'mix-4', 'Сумма, руб.': '400', ФИО: NAME, 'Кошелёк ЮMoney': '4100175017397' },
	{
		'№ выплаты': 'mix-5',
		'Сумма, руб.': '500',
		ФИО: NAME,
		'Токен карты': 'token-0123456789abcdef',
	},
];

const send = async (
	parameters: INodeParameters,
	rows: object[],
	settings: RunSettings & { credentials?: Credentials } = {},
): Promise<IRun> =>
	await runOperation(fixture, 'payout', 'send', parameters, { rows, ...settings });

describe('Map Automatically', () => {
	test('a list of five methods with Russian headers: each row is paid by its method', async () => {
		const rows = mixedRows.slice(0, 4);
		const run = await send(automatic, rows);
		expect(errorOf(run)).toBeUndefined();
		expect(
			jsonOf(run).map(({ reference, outcome, method, amount }) => [
				reference,
				outcome,
				method,
				amount,
			]),
		).toEqual([
			['mix-1', 'succeeded', 'cardNumber', '100.00'],
			['mix-2', 'succeeded', 'bankAccount', '200.50'],
			['mix-3', 'succeeded', 'fps', '1300.00'],
			['mix-4', 'succeeded', 'yoomoney', '400.00'],
		]);
		const hint = hintsOf(run)
			.map(({ message }) => message)
			.join(' ');
		expect(hint).toContain('"Р/с" = Account Number');
		expect(hint).toContain('"Сумма, руб." = Amount');
	});

	test('the form says what is the same for all rows: Purpose, Confirmation', async () => {
		const [, account] = mixedRows;
		const row = { ...account, 'Назначение платежа': '' };
		const run = await send(
			{ ...automatic, purpose: 'Payment for November', confirmation: 'manual', waitFor: 'ready' },
			[row],
		);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'awaitingConfirmation' });
		const [start] = fixture.sandbox.requests.filter(({ path }) => path.endsWith('start/payout'));
		expect(JSON.stringify(start.body)).toContain('Payment for November');
	});

	test.each<[string, object[], string]>([
		['unknown columns', [{ a: 1, b: 2 }], 'Columns: No column of a list of payouts is recognised'],
		[
			'no column for the amount',
			[{ Reference: 'x', 'Номер карты': CARD }],
			'Columns: There is no column for Amount',
		],
		[
			'two columns for the account',
			[{ Reference: 'x', Сумма: 1, 'Р/с': ACCOUNT, 'Номер счёта': ACCOUNT, БИК: '044525974' }],
			'columns can be the Account Number',
		],
	])('%s: one error for the whole list, nothing is sent', async (_name, rows, message) => {
		const run = await send(automatic, [...rows, ...rows]);
		expect(errorOf(run)?.message).toContain(message);
		expect(errorOf(run)?.message).not.toContain('Row');
		const continued = await send(automatic, [...rows, ...rows], { node: continueError });
		expect(jsonOf(continued, 1).map(({ error }) => error.outcome)).toEqual([
			'rejected',
			'rejected',
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('a column to ignore', async () => {
		const row = { Reference: 'i-1', Сумма: 100, 'Сумма к выплате': 90, ФИО: NAME, Карта: CARD };
		const refused = await send(automatic, [row]);
		expect(errorOf(refused)?.message).toContain('2 columns can be the Amount');
		const run = await send({ ...automatic, ignoredColumns: ['Сумма'] }, [row]);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', amount: '90.00' });
	});

	test('problems name the row and the column, and nothing is sent', async () => {
		const rows = [
			{ ...mixedRows[0], 'Номер карты': '1234' },
			{ ...mixedRows[1], БИК: '123' },
			{ '№ выплаты': 'mix-9', 'Сумма, руб.': 'undefined', ФИО: NAME },
		];
		const { description } = errorOf(await send(automatic, rows))!;
		expect(description).toContain('Row 1: Column "Номер карты"');
		expect(description).toContain('Row 2: Column "БИК"');
		expect(description).toContain('Row 3: Column "Сумма, руб."');
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('a row with an account and a phone: refused without an order, else paid by the first method', async () => {
		const row = { ...mixedRows[1], Телефон: '79680000000', 'Банк получателя': '100000000131' };
		const refused = await send(automatic, [row]);
		expect(`${errorOf(refused)?.message} ${errorOf(refused)?.description}`).toContain(
			'can be paid in several ways',
		);
		for (const [method, reference] of [
			['fps', 'order-1'],
			['bankAccount', 'order-2'],
		]) {
			const methodOrder = { methods: [{ method }, { method: 'cardNumber' }] };
			const run = await send({ ...automatic, methodOrder }, [{ ...row, '№ выплаты': reference }]);
			expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', method });
		}
		const named = { ...row, 'Способ выплаты': 'СБП', '№ выплаты': 'order-3' };
		expect(jsonOf(await send(automatic, [named]))[0]).toMatchObject({ method: 'fps' });
	});

	test('amounts in kopecks by the header', async () => {
		const row = { Reference: 'kop-1', 'Сумма, коп.': 12345, ФИО: NAME, Карта: CARD };
		expect(jsonOf(await send(automatic, [row]))[0]).toMatchObject({ amount: '123.45' });
	});

	test('the same reference twice: both rows are refused', async () => {
		const run = await send(automatic, [mixedRows[0], mixedRows[0]], { node: continueError });
		expect(jsonOf(run, 1)).toHaveLength(2);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	const RECEIPTS = {
		...automatic,
		payerInn: '1310000443',
		payerName: 'ООО «Маркетплейс»',
	};
	test.each<[string, object, INodeParameters, string[]]>([
		['in the form, rows with and without', {}, RECEIPTS, ['1310000443']],
		[
			'in a column, which goes before the form',
			{ 'ИНН плательщика': '7707083893', Плательщик: 'ПАО' },
			RECEIPTS,
			['7707083893'],
		],
		['nowhere: refused, nothing is sent', {}, automatic, []],
	])('the payer of receipts %s', async (_name, columns, form, payers) => {
		const receipt = { 'ИНН самозанятого': '131000004471', Услуга: 'Доставка', ...columns };
		const run = await send(form, [{ ...mixedRows[0], ...receipt }, mixedRows[4]], {
			node: payers.length === 0 ? {} : continueError,
		});
		const { requests } = fixture.sandbox;
		expect(requests.length > 0).toBe(payers.length > 0);
		if (payers.length === 0) expect(errorOf(run)?.description).toContain('Enter the INN of the');
		const receipts = requests
			.map(({ body }) => JSON.stringify(body))
			.filter((body) => /"tax_reference"/.test(body));
		expect(receipts.map((body) => payers.filter((inn) => body.includes(inn)))).toEqual(
			payers.map((inn) => [inn]),
		);
	});

	test.each<[string, object, boolean]>([
		['an empty INN', { 'ИНН самозанятого': '' }, false],
		['an empty INN, and an empty word', { 'ИНН самозанятого': ' ', Чек: '' }, false],
		['no columns of a receipt', {}, false],
		['a word that says no', { 'ИНН самозанятого': '', Чек: 'нет' }, true],
	])('receipts for all, a row with %s', async (_name, columns, isPaid) => {
		const receipt = { 'ИНН самозанятого': '131000004471', Услуга: 'Доставка' };
		const rows = [
			{ ...mixedRows[0], ...receipt },
			{ ...mixedRows[4], ...columns },
		];
		const list = await runOperation(fixture, 'payout', 'readList', { readFrom: 'rows' }, { rows });
		for (const input of [rows, jsonOf(list)]) {
			fixture.sandbox.reset();
			const parameters = { ...RECEIPTS, receiptForEveryRow: true };
			const run = await send(parameters, input, { node: continueError });
			expect(jsonOf(run).map(({ reference }) => reference)).toEqual(
				isPaid ? ['mix-1', 'mix-5'] : ['mix-1'],
			);
			if (isPaid) continue;
			const { message, description } = jsonOf(run, 1)[0].error;
			expect(message).toMatch(
				/(ИНН самозанятого"|Self-Employed INN) is empty, and Receipt for Every Row is on$/,
			);
			expect(description).toContain('turn Receipt for Every Row off');
		}
	});

	test.each([{ Чек: 'да' }, { Чек: '' }, {}])(
		'a row that asks for a receipt itself, without an INN: the form is not blamed, %p',
		async (asked) => {
			const row = { ...mixedRows[0], ...asked, Услуга: 'Доставка', 'ИНН самозанятого': '' };
			for (const receiptForEveryRow of [false, true]) {
				const parameters = { ...RECEIPTS, receiptForEveryRow };
				const run = await send(parameters, [row, mixedRows[4]], { node: continueError });
				const { problems } = jsonOf(run, 1)[0].error;
				expect(problems).toMatchObject([
					{ message: 'A receipt needs the INN of the self-employed person' },
				]);
			}
		},
	);

	test.each<[string, INodeParameters]>([
		['with the switch of a single payout', { issueReceipt: true }],
		['with the switch of the list', { receiptForEveryRow: true }],
		['alone', {}],
	])("the INN of one person in the form, %s, is on nobody's receipt", async (_name, form) => {
		const services = { service: [{ serviceName: 'Доставка' }] };
		const parameters = {
			...{ ...RECEIPTS, ...form },
			...{ selfEmployedInn: '131000004471', receiptServices: services },
		};
		const own = { ...mixedRows[0], 'ИНН самозанятого': '131000004619' };
		await send(parameters, [own, mixedRows[4]], { node: continueError });
		const bodies = fixture.sandbox.requests.map(({ body }) => JSON.stringify(body)).join();
		expect(bodies).not.toContain('131000004471');
		expect(bodies).toContain('131000004619');
	});

	test.each<[string, object, number]>([
		['a name', { full_name: 'Петров Пётр' }, 0],
		['a tax number', { tax_reference: '7727406020' }, 0],
		['a date of birth beside a country', { country_iso2: 'RU', date_of_birth: '1990-01-31' }, 0],
		['an expression', { full_name: '={{ $json["ФИО"] }}' }, 2],
		['a country', { country_iso2: 'RU' }, 2],
	])('Recipient Details with %s for two people', async (_name, recipientDetails, paid) => {
		const parameters = { ...automatic, recipientDetails } as INodeParameters;
		const run = await send(parameters, [mixedRows[0], mixedRows[4]], { node: continueError });
		expect(jsonOf(run)).toHaveLength(paid);
		if (paid > 0) return;
		expect(jsonOf(run, 1)[0].error.message).toContain('is the same text for every row');
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('an error of a row stands alone: no other column, no card number', async () => {
		const rows = [
			mixedRows[0],
			{ ...mixedRows[1], 'Номер карты': '4242 4242 4242 4242', 'Р/с': '', 'Сумма, руб.': 'сто' },
		];
		const run = await send(automatic, rows, { node: continueError });
		const [item] = outputOf(run, 1);
		expect(Object.keys(item.json)).toEqual(['error']);
		expect(item.json.error).toMatchObject({ reference: 'mix-2', recipientName: NAME });
		expect(JSON.stringify(item)).not.toMatch(/4242 ?4242 ?4242/);
		expect(item.pairedItem).toBe(1);
	});

	test.each<[string, INodeParameters]>([
		['Final Result', { waitFor: 'final' }],
		['Confirmed', { waitFor: 'confirmed' }],
		['the stored default', {}],
	])(
		'a row that is left for approval ends when the bank is ready, Wait For: %s',
		async (_name, form) => {
			const asked = async (parameters: INodeParameters, row: object) => {
				fixture.sandbox.reset();
				const run = await send({ ...automatic, ...parameters }, [row]);
				expect(jsonOf(run)[0]).toMatchObject({ outcome: 'awaitingConfirmation' });
				return new Set(fixture.sandbox.requests.map(({ path }) => path));
			};
			const all = await asked({ confirmation: 'manual', waitFor: 'ready' }, mixedRows[0]);
			const one = await asked(form, { ...mixedRows[0], Подтверждение: 'вручную' });
			expect(one).toEqual(all);
		},
		20_000,
	);

	test('rows as Read List gives them: the output does not explain each column', async () => {
		const hintsFor = async (row: object) => {
			const clean = { amount: '100.00', currency: 'RUB', recipientName: NAME, cardNumber: CARD };
			const run = await send(automatic, [{ ...clean, ...row }]);
			expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded' });
			return hintsOf(run)
				.map(({ message }) => message)
				.join();
		};
		expect(await hintsFor({ reference: 'h-1' })).not.toContain('Columns:');
		expect(await hintsFor({ reference: 'h-2', note: 'x' })).toMatch(/Not used: .*note/);
		expect(await hintsFor({ Референс: 'h-3' })).toMatch(/Референс.* = Reference/);
	});
});

describe('Map Each Column', () => {
	const mapped = (value: INodeParameters): INodeParameters => ({
		payoutMethod: 'eachRow',
		columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
	});
	const all = mapped({
		reference: '={{ $json.id }}',
		amount: '={{ $json.sum }}',
		recipientName: '={{ $json.last }} {{ $json.first }}',
		cardNumber: '={{ $json.card }}',
		account: '={{ $json["р/с"] }}',
		bik: '={{ $json.bik }}',
		purpose: 'Payment under agreement 131',
	});
	const person = { last: 'Иванов', first: 'Иван' };

	test('two methods: each row is paid by its details', async () => {
		const run = await send(all, [
			{ id: 'e-1', sum: '10', ...person, card: CARD },
			{ id: 'e-2', sum: 20, ...person, 'р/с': ACCOUNT, bik: '044525974' },
		]);
		expect(jsonOf(run).map(({ outcome, method }) => [outcome, method])).toEqual([
			['succeeded', 'cardNumber'],
			['succeeded', 'bankAccount'],
		]);
		expect(paidFor(fixture.sandbox, 'e-2').map(({ amount }) => amount)).toEqual([2000]);
	});

	test('a problem names the label of the column', async () => {
		const run = await send(all, [{ id: 'e-3', sum: '10', ...person, card: '12' }]);
		expect(`${errorOf(run)?.message}`).toContain('Card Number');
	});

	test('a template whose column is missing: refused', async () => {
		const run = await send(
			mapped({
				reference: '=PAY-{{ $json.nr }}',
				amount: '10',
				cardNumber: CARD,
				recipientName: NAME,
			}),
			[{ x: 1 }],
		);
		expect(errorOf(run)?.message).toContain('"nr" is missing or empty');
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('Reference is not mapped: one error', async () => {
		const run = await send(mapped({ amount: '10', cardNumber: CARD }), [{}, {}]);
		expect(errorOf(run)?.message).toBe('Columns: Reference is not mapped');
	});
});

test('From Each Row by an expression: refused', async () => {
	// n8n shows Reference and Amount then, and demands them.
	const form = { ...automatic, reference: 'x-1', amount: '1' };
	const run = await send({ ...form, payoutMethod: '={{ "eachRow" }}' }, [mixedRows[0]]);
	expect(errorOf(run)?.message).toContain('must be chosen');
	expect(fixture.sandbox.requests).toEqual([]);
});

describeWithLimits('an AI agent', () => {
	test.each(callModes)('From Each Row (%s): refused', async (mode) => {
		const parameters = {
			resource: 'payout',
			operation: 'send',
			...automatic,
			reference: fromAI('reference'),
			...agentLimits(1000),
		};
		const [result] = await callTool(fixture, { mode, parameters, calls: [[{ reference: 'a-1' }]] });
		expect(JSON.stringify(result)).toContain('AI agents may not use From Each Row');
		expect(fixture.sandbox.requests).toEqual([]);
	});
});
