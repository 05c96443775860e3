/** Payout: Read List in n8n's engine: its outputs, errors and hints, and that Send pays what it passes. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { errorOf, hintsOf, outputOf, runNode, wf } from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { linesOfHtml } from '../support/html.mts';
import { jsonOf, runOperation } from '../support/runOperation.mts';
import { expectFits } from '../support/schemas.mts';

const fixture = useFixture({ balance: 10_000_000_00 });

type OnError = 'continueErrorOutput' | 'continueRegularOutput';

/** Runs Read List without credential data, because it sends no request. */
const readList = async (
	items: INodeExecutionData[],
	parameters: INodeParameters = {},
	onError?: OnError,
) =>
	await runNode({
		loader: fixture.loader,
		nodeName: 'bank131',
		parameters: { resource: 'payout', operation: 'readList', ...parameters },
		items,
		node: { onError },
	});

const file = (content: string | Buffer, fileName = 'list.csv'): INodeExecutionData => ({
	json: {},
	binary: {
		data: { data: Buffer.from(content).toString('base64'), mimeType: 'text/csv', fileName },
	},
});
const rowsOf = (rows: object[]): INodeExecutionData[] =>
	rows.map((json) => ({ json: json as IDataObject }));

const LIST = `Номер;ФИО;Сумма, руб.;Способ;Номер карты;Счёт;БИК;Телефон;Банк;Кошелёк;Токен;Назначение;Отдел
PAY-1;Иванов Иван Иванович;12 500,50;карта;4242 4242 4242 4242;;;;;;;;Продажи
PAY-2;Смирнов Алексей;8340,50;;;40817810400003869535;044525974;;;;;За работы по договору № 5;
PAY-3;Фёдорова Елена;5150,75;СБП;;;;+7 916 131-01-10;100000000069;;;За работы;
PAY-4;Волков Сергей;2100;ЮMoney;;;;;;410011310001114;;;
PAY-5;Кузнецова Мария;4200;Токен карты;;;;;;;45c48cce2e2d7fbdea1afc51c7c6ad26;;
`;

test('a list becomes clean items, one per row, paired with the item of the file', async () => {
	const run = await readList([file(LIST)]);
	expect(errorOf(run)).toBeUndefined();
	expect(outputOf(run)).toMatchObject([
		{
			json: {
				reference: 'PAY-1',
				recipientName: 'Иванов Иван Иванович',
				amount: '12500.50',
				currency: 'RUB',
				payoutMethod: 'cardNumber',
				cardNumber: '4242424242424242',
			},
			pairedItem: { item: 0 },
		},
		{ json: { payoutMethod: 'bankAccount', account: '40817810400003869535', bik: '044525974' } },
		{ json: { payoutMethod: 'fps', phone: '79161310110', fpsBankId: '100000000069' } },
		{ json: { payoutMethod: 'yoomoney', walletAccount: '410011310001114' } },
		{ json: { payoutMethod: 'cardToken', savedCard: '45c48cce2e2d7fbdea1afc51c7c6ad26' } },
	]);
	for (const json of jsonOf(run)) expectFits('payout.readList', json);
	expect(hintsOf(run)).toMatchObject([
		{
			message: expect.stringMatching(
				/^5 payouts: 32\u00a0291\.75 RUB \(1 Card Number 12\u00a0500\.50, 1 Bank Account 8\u00a0340\.50, .*Columns: "Номер" = Reference, .*Not used: "Отдел"\.$/,
			),
			type: 'info',
			location: 'outputPane',
		},
	]);
	expect(fixture.sandbox.requests).toEqual([]);
});

/** Send with the fields of a clean item. */
const field = (name: string) => `={{ $json.${name} }}`;
const FIELDS = [
	...['reference', 'amount', 'payoutMethod', 'recipientName', 'cardNumber', 'savedCard', 'account'],
	...['bik', 'accountHolder', 'phone', 'fpsBankId', 'walletAccount', 'purpose'],
];
const sendFields = Object.fromEntries(FIELDS.map((name) => [name, field(name)]));

test('Send pays every row that passed', async () => {
	const items = jsonOf(await readList([file(LIST)]));
	const run = await runOperation(fixture, 'payout', 'send', sendFields, {
		rows: items,
		options: { verifyCheckDigits: 'always' },
	});
	expect(errorOf(run)).toBeUndefined();
	expect(jsonOf(run).map(({ reference, outcome, amount }) => [reference, outcome, amount])).toEqual(
		[
			['PAY-1', 'succeeded', '12500.50'],
			['PAY-2', 'succeeded', '8340.50'],
			['PAY-3', 'succeeded', '5150.75'],
			['PAY-4', 'succeeded', '2100.00'],
			['PAY-5', 'succeeded', '4200.00'],
		],
	);
	expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
});

test('the rows of a spreadsheet become clean items, paired with the rows', async () => {
	const rows = rowsOf([
		{
			row_number: 2,
			id: 7,
			Reference: 1001,
			Amount: 1500.5,
			Phone: 79161310110,
			Bank: 'Т-Банк',
			Purpose: 'Work',
		},
		{
			row_number: 3,
			id: 8,
			Reference: 1002,
			Amount: '10',
			Phone: '8 916 131-01-11',
			Bank: 100000000069,
			Purpose: 'Work',
		},
	]);
	const run = await readList(rows, { readFrom: 'rows' });
	expect(errorOf(run)).toBeUndefined();
	expect(outputOf(run)).toMatchObject([
		{
			json: { reference: '1001', amount: '1500.50', phone: '79161310110', fpsBankId: 'Т-Банк' },
			pairedItem: { item: 0 },
		},
		{
			json: { reference: '1002', phone: '79161310111', fpsBankId: '100000000069' },
			pairedItem: { item: 1 },
		},
	]);
	expect(hintsOf(run)[0].message).toContain('Not used: "row_number", "id".');
});

const BAD_LIST = LIST.replace('8340,50', '8,340')
	.replace('044525974', '4452')
	.replace(';2100;', ';два;');

test('names of columns do not become markup in the hint', async () => {
	const run = await readList([file(LIST.replace('Отдел', '<img src=x onerror=alert(1)> & Co'))]);
	expect(hintsOf(run)[0].message).toContain('"&lt;img src=x onerror=alert(1)&gt; &amp; Co"');
});

describe('bad rows', () => {
	test('with Stop Workflow: nothing is output, and the error names each row with its columns', async () => {
		const run = await readList([file(BAD_LIST)]);
		expect(outputOf(run)).toEqual([]);
		const error = errorOf(run);
		expect(error?.message).toBe('2 problems were found');
		expect(linesOfHtml(error!.description!)).toEqual([
			expect.stringContaining(
				'list.csv, line 3: Сумма, руб. "8,340" can be read two ways: as 8340 or as 8.340; БИК has 4 digits, not 9. ',
			),
			expect.stringContaining('list.csv, line 5: Сумма, руб. cannot be read'),
		]);
	});

	test('with an error output: they leave there with all their problems, the others are read', async () => {
		const run = await readList([file(BAD_LIST)], {}, 'continueErrorOutput');
		expect(errorOf(run)).toBeUndefined();
		expect(jsonOf(run).map(({ reference }) => reference)).toEqual(['PAY-1', 'PAY-3', 'PAY-5']);
		expect(outputOf(run, 1)).toMatchObject([
			{
				json: {
					error: {
						message: expect.stringMatching(/^list\.csv, line 3: Сумма, руб\. .*; БИК has /),
						reference: 'PAY-2',
						recipientName: 'Смирнов Алексей',
						file: 'list.csv',
						line: 3,
					},
				},
				pairedItem: 0,
			},
			{ json: { error: { line: 5, reference: 'PAY-4' } } },
		]);
		expect(hintsOf(run)[0]).toMatchObject({
			message: expect.stringMatching(/^3 payouts: .*\.<br>2 problems, see Error Branch/),
			type: 'warning',
		});
	});

	test('with Continue: they stand among the items, in the order of the list', async () => {
		const run = await readList([file(BAD_LIST)], {}, 'continueRegularOutput');
		expect(jsonOf(run).map(({ reference, error }) => reference ?? error.line)).toEqual([
			...['PAY-1', 3, 'PAY-3', 5, 'PAY-5'],
		]);
	});

	test('no card number in full in errors and hints', async () => {
		const content = LIST.replace(';карта;4242', ';4242424242424242;4242');
		for (const onError of [undefined, 'continueErrorOutput'] as const) {
			const run = await readList([file(content)], {}, onError);
			const shown = JSON.stringify([
				errorOf(run)?.message,
				errorOf(run)?.description,
				jsonOf(run, 1),
				hintsOf(run),
			]);
			expect(shown).toContain('424242******4242');
			expect(shown).not.toContain('4242424242424242');
		}
	});
});

describe('lists that cannot be read', () => {
	test.each<[string, INodeExecutionData, string, string]>([
		['an empty file', file(''), 'list.csv: It is empty', 'right list'],
		[
			'a header alone',
			file(LIST.split('\n')[0]),
			'list.csv: It has names of columns but no rows',
			'whole list',
		],
		[
			'an XLSX file',
			file('PK\u0003\u0004', 'list.xlsx'),
			'list.xlsx: This is an XLSX or ZIP file',
			'Extract From File',
		],
		[
			'two columns for a field',
			file(LIST.replace('Отдел', 'Amount')),
			'2 columns can be the Amount',
			'Columns to Ignore',
		],
	])('%s: the workflow stops and says what to do', async (_name, item, message, remedy) => {
		const run = await readList([item]);
		expect(errorOf(run)?.message).toContain(message);
		expect(errorOf(run)?.description).toContain(remedy);
	});

	test('an item without a file: the workflow stops, or the item leaves on the error output', async () => {
		expect(errorOf(await readList([{ json: {} }]))?.message).toBe('The input has no file');
		const run = await readList([{ json: {} }, file(LIST)], {}, 'continueErrorOutput');
		expect(jsonOf(run)).toHaveLength(5);
		expect(jsonOf(run, 1)).toMatchObject([
			{ error: { message: 'Item 1 has no file "data", only: none' } },
		]);
	});

	test('two files: neither is read, and the message says what to do', async () => {
		const [data_0, data_1] = [file(LIST), file(LIST)].map(({ binary }) => binary!.data);
		const run = await readList([{ json: {}, binary: { data_0, data_1 } }]);
		expect(errorOf(run)?.message).toContain('only: data_0, data_1');
		expect(errorOf(run)?.description).toContain('Upload one file at a time');
	});

	test('rows while a file is to be read: one error for all, which names the choice', async () => {
		const rows = [{ json: { a: 1 } }, { json: { a: 2 } }];
		const stopped = errorOf(await readList(rows));
		expect(stopped?.message).toBe('The input has no file');
		expect(stopped?.description).toContain('choose Rows of a Spreadsheet under Read From');
		expect(jsonOf(await readList(rows, {}, 'continueErrorOutput'), 1)).toHaveLength(1);
	});

	const named = (...fields: string[]) => ({
		json: {},
		binary: Object.fromEntries(fields.map((field) => [field, file(LIST).binary!.data])),
	});
	test.each<[string, string[], INodeParameters, number]>([
		['the only file, as a form names it', ['List_of_payouts'], {}, 5],
		['"data" among others', ['scan', 'data'], {}, 5],
		['the named one', ['scan', 'list'], { binaryPropertyName: 'list' }, 5],
		['two files, none named "data"', ['scan', 'list'], {}, 0],
		['the only file, but another is named', ['scan'], { binaryPropertyName: 'list' }, 0],
	])('the binary field: %s', async (_name, fields, parameters, rows) => {
		const run = await readList([named(...fields)], parameters);
		expect(rows === 0 ? [] : jsonOf(run)).toHaveLength(rows);
		if (rows === 0) expect(errorOf(run)?.message).toContain(`only: ${fields.join(', ')}`);
	});

	test('the empty item of Always Output Data: the workflow stops', async () => {
		const run = await readList([{ json: {} }], { readFrom: 'rows' });
		expect(errorOf(run)?.message).toBe('The rows: It is empty');
	});

	test('an option that is no choice: the workflow stops', async () => {
		const run = await readList([file(LIST)], { options: { payFrom: '={{ "pocket" }}' } });
		expect(errorOf(run)?.message).toBe('Pay From: "pocket" is not one of the choices');
	});
});

describe('the form', () => {
	test('asks for no credential; Send does', () => {
		const { description } = fixture.loader.getNode('bank131').type as {
			description: Parameters<typeof wf.NodeHelpers.displayParameter>[3] & object;
		};
		const [credential] = description.credentials ?? [];
		const isAsked = (resource: string, operation: string) => {
			const parameters = { resource, operation };
			const node = { parameters, typeVersion: 1 } as never;
			return wf.NodeHelpers.displayParameter(parameters, credential, node, description);
		};
		expect(isAsked('payout', 'send')).toBe(true);
		expect(isAsked('session', 'get')).toBe(true);
		expect(isAsked('payout', 'readList')).toBe(false);
		expect(isAsked('report', 'read')).toBe(false);
		expect(isAsked('report', 'reconcile')).toBe(false);
	});
});
