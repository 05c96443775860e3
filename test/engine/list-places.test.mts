/**
 * Where a payout stands in the list: Read List passes it on, and the messages of Send name it. Errors echo nothing
 * else.
 */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { errorOf, hintsOf, outputOf, runNode } from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { continueError, jsonOf, runOperation } from '../support/runOperation.mts';

const fixture = useFixture();

const CARD = '4242424242424242';
const ACCOUNT = '40817810400003869535';
const HEADER = 'Номер;ФИО;Сумма;Номер карты;Телефон;Банк;Счёт;БИК;Доп. реквизит';
const good = (id: string) => `${id};Иванов Иван;100;${CARD};;;;;`;
const bad = (id: string) => `${id};Иванов Иван;сто;${CARD};;;;;${ACCOUNT}`;

const csv = (lines: string[]): INodeExecutionData => ({
	json: { fileName: 'list.csv', mimeType: 'text/csv', secret: ACCOUNT },
	binary: {
		data: {
			data: Buffer.from([HEADER, ...lines].join('\n')).toString('base64'),
			mimeType: 'text/csv',
			fileName: 'list.csv',
		},
	},
});
const readList = async (items: INodeExecutionData[], parameters: INodeParameters = {}) =>
	await runNode({
		loader: fixture.loader,
		nodeName: 'bank131',
		parameters: { resource: 'payout', operation: 'readList', ...parameters },
		items,
		node: continueError,
	});
const automatic: INodeParameters = {
	payoutMethod: 'eachRow',
	columns: { mappingMode: 'autoMapInputData', value: null },
};

describe('after Read List has left out rows', () => {
	const lines = [good('p-1'), bad('p-2'), '', good('p-3'), bad('p-4'), good('p-5')];

	test('an item says in which line of the file it stands, and its error as well', async () => {
		const run = await readList([csv(lines)]);
		expect(jsonOf(run).map(({ reference, line }) => [reference, line])).toEqual([
			['p-1', 2],
			['p-3', 5],
			['p-5', 7],
		]);
		expect(jsonOf(run, 1).map(({ error }) => error.line)).toEqual([3, 6]);
	});

	test('Send names the line beside its own row', async () => {
		const items = jsonOf(await readList([csv(lines)]));
		items[1].cardNumber = '12';
		items[2].amount = '-1';
		const run = await runOperation(fixture, 'payout', 'send', automatic, { rows: items });
		const { description } = errorOf(run)!;
		expect(description).toContain('Row 2 (line 5 of the list): Card Number');
		expect(description).toContain('Row 3 (line 7 of the list): Amount');
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('and so does the error of a row that the bank refuses', async () => {
		const items = jsonOf(await readList([csv(lines)]));
		items[1].amount = '100.02';
		const run = await runOperation(fixture, 'payout', 'send', automatic, { rows: items });
		expect(errorOf(run)?.message).toMatch(/^Row 2 \(line 5 of the list\): /);
		expect(errorOf(run)?.description).toContain('Row 1 (line 2 of the list): reference p-1');
	});

	test('the rows of a spreadsheet are counted, and named where the count differs', async () => {
		const row = (id: string, amount: string) => ({
			json: { Номер: id, ФИО: 'Иванов Иван', Сумма: amount, Карта: CARD } as IDataObject,
		});
		const rows = [row('r-1', '1'), row('r-2', 'два'), row('r-3', '3'), row('r-4', '4')];
		const items = jsonOf(await readList(rows, { readFrom: 'rows' }));
		expect(items.map(({ row: number }) => number)).toEqual([1, 3, 4]);
		for (const item of items) item.cardNumber = '12';
		const run = await runOperation(fixture, 'payout', 'send', automatic, { rows: items });
		const { description } = errorOf(run)!;
		expect(description).toContain('Row 1: Card Number');
		expect(description).toContain('Row 2 (row 3 of the list): Card Number');
	});

	test('Send does not speak of columns that are not used', async () => {
		const items = jsonOf(await readList([csv([good('h-1')])]));
		const run = await runOperation(fixture, 'payout', 'send', automatic, { rows: items });
		expect(
			hintsOf(run)
				.map(({ message }) => message)
				.join(),
		).not.toContain('Not used');
	});
});

describe('the error branch', () => {
	test('an error has no column of the input before it, and says each fact once', async () => {
		const [item] = outputOf(await readList([csv([bad('e-1')])]), 1);
		expect(Object.keys(item.json)).toEqual(['error']);
		const { message, description, ...facts } = item.json.error as IDataObject;
		expect(message).toBe('list.csv, line 2: Сумма cannot be read');
		expect(facts).toEqual({
			reference: 'e-1',
			recipientName: 'Иванов Иван',
			amount: 'сто',
			file: 'list.csv',
			line: 2,
		});
		expect(description).toContain('Write it with digits');
	});

	test.each(['csv', 'rows'])(
		'an account in a column that is not recognised is not shown: %s',
		async (kind) => {
			const rows = [
				{ json: { Номер: 'a-1', Сумма: 'сто', Карта: CARD, Ещё: ACCOUNT, 'Вторая карта': CARD } },
			];
			const run = await (kind === 'csv'
				? readList([csv([bad('a-1')])])
				: readList(rows, { readFrom: 'rows' }));
			const shown = JSON.stringify([outputOf(run, 1), hintsOf(run)]);
			expect(shown).toContain('a-1');
			expect(shown).not.toContain(ACCOUNT);
			expect(shown).not.toContain(CARD);
		},
	);

	test('nor is it in the error of Send with Include Other Input Fields', async () => {
		const others = {
			Ещё: ACCOUNT,
			'И ещё': '40817 810 4 0000 3869535',
			Точками: '40817.810.4.0000.3869535',
			'Договор №': '12345678901234567890',
		};
		const row = { reference: 's-1', amount: 'сто', cardNumber: CARD, ...others };
		const run = await runOperation(fixture, 'payout', 'send', automatic, {
			rows: [row],
			options: { includeOtherFields: true },
			node: continueError,
		});
		const [{ error }] = jsonOf(run, 1);
		for (const name of ['Ещё', 'И ещё', 'Точками']) expect(error[name]).toBe('40817***9535');
		expect(error['Договор №']).toBe('12345678901234567890');
	});

	test.each(['Способ', 'Чек', 'Валюта', 'Подтверждение'])(
		'nor in the message about a word that is not understood: %s',
		async (header) => {
			for (const number of [ACCOUNT, CARD]) {
				const row = {
					reference: 'w-1',
					amount: '1',
					recipientName: 'Иванов Иван',
					cardNumber: CARD,
					[header]: number,
				};
				const run = await runOperation(fixture, 'payout', 'send', automatic, { rows: [row] });
				const shown = JSON.stringify([errorOf(run)?.message, errorOf(run)?.description]);
				expect(shown).toContain(number.slice(0, 5));
				expect(shown).not.toContain(number);
			}
		},
	);
});

test('a single row is not called Row 1', async () => {
	const row = { Номер: 'o-1', ФИО: 'Иванов Иван', Сумма: 'сто', Карта: CARD };
	const run = await readList([{ json: row }], { readFrom: 'rows' });
	const [{ error }] = jsonOf(run, 1);
	expect(error.message).toBe('Сумма cannot be read');
	expect(JSON.stringify(hintsOf(run))).not.toContain('Row 1');
	const restored = {
		...row,
		Сумма: 5,
		Карта: '',
		Счёт: ACCOUNT,
		БИК: '44525974',
		Назначение: 'Работы',
	};
	const hint = hintsOf(await readList([{ json: restored }], { readFrom: 'rows' }))[0].message;
	expect(hint).toContain('the account number proves it (044525974)');
});

describe('the numbers of rows as References', () => {
	const rows = (header: string, more: object = {}) =>
		[1, 2, 3].map((number) => ({
			json: {
				[header]: number,
				ФИО: 'Иванов Иван',
				Сумма: '1500',
				Карта: CARD,
				...more,
			} as IDataObject,
		}));
	// A row that is inserted changes the numbers of those below it: a second run would pay somebody again.
	test.each(['№', '№ п/п', 'N', 'No', 'Номер'])('%s: refused, nothing is sent', async (header) => {
		const refused = `"${header}" only numbers the rows`;
		const run = await readList(rows(header), { readFrom: 'rows' });
		expect(jsonOf(run)).toEqual([]);
		expect(jsonOf(run, 1)[0].error.message).toContain(refused);
		for (const total of [[], [{ [header]: 'Итого:', Сумма: '4500' }]]) {
			const before = fixture.sandbox.requests.length;
			const sent = await runOperation(fixture, 'payout', 'send', automatic, {
				rows: [...rows(header).map(({ json }) => json), ...total],
			});
			expect(errorOf(sent)?.message).toContain(refused);
			expect(fixture.sandbox.requests).toHaveLength(before);
		}
	});

	test.each(['Номер выплаты', 'ID', 'Reference'])('%s: taken, with a warning', async (header) => {
		const run = await readList(rows(header), { readFrom: 'rows' });
		expect(jsonOf(run).map(({ reference }) => reference)).toEqual(['1', '2', '3']);
		const sent = await runOperation(fixture, 'payout', 'send', automatic, {
			rows: rows(header).map(({ json }) => json),
		});
		for (const one of [run, sent]) {
			expect(JSON.stringify(hintsOf(one))).toContain('References are row numbers');
		}
	});

	test.each(['Номер выплаты', 'ID', 'Номер'])('%s goes before №', async (header) => {
		const run = await readList(rows('№', { [header]: 'PAY' }).slice(0, 1), { readFrom: 'rows' });
		expect(jsonOf(run)[0]).toMatchObject({ reference: 'PAY' });
		expect(hintsOf(run)[0].message).toContain('Not used: "№"');
	});

	test('row_number of Google Sheets is no Reference', async () => {
		const run = await readList(rows('row_number'), { readFrom: 'rows' });
		expect(jsonOf(run, 1)[0].error.message).toContain('no column for Reference');
	});

	test('sums have blanks between thousands', async () => {
		const run = await readList(rows('Номер выплаты', { Сумма: '12500500.5' }).slice(0, 1), {
			readFrom: 'rows',
		});
		expect(hintsOf(run)[0].message).toContain(
			'1 payout: 12\u00a0500\u00a0500.50 RUB (1 Card Number 12\u00a0500\u00a0500.50).',
		);
	});
});

test.each([
	['as Read Files from Disk gives it', csv([good('f-1')])],
	['with fields of its own', { ...csv([good('f-1')]), json: { id: 7, subject: 'Реестр' } }],
	['with none', { ...csv([good('f-1')]), json: {} }],
])(
	'a file while rows are to be read, %s: the message names the right choice',
	async (_name, item) => {
		const [{ error }] = jsonOf(await readList([item], { readFrom: 'rows' }), 1);
		expect(error.message).toBe('The input is a file, not the rows of a spreadsheet');
		expect(error.description).toContain('Choose CSV File under Read From');
		const rows = { ...item, json: { Номер: 'f-2', ФИО: 'Иванов Иван', Сумма: 1, Карта: CARD } };
		expect(jsonOf(await readList([rows], { readFrom: 'rows' }))[0]).toMatchObject({
			reference: 'f-2',
		});
	},
);

describe('a row that fits two methods: the message says what its column Payout Method has', () => {
	const row = {
		Номер: 'm-1',
		ФИО: 'Иванов Иван',
		Сумма: 1,
		Карта: CARD,
		Счёт: ACCOUNT,
		БИК: '044525974',
		Назначение: 'Работы',
	};
	test.each<[string, object, string, string]>([
		['none', {}, 'Bank Account, Card Number', 'Say in which in a column Payout Method.'],
		[
			'an empty cell',
			{ Способ: '' },
			'and the cell that says in which is empty',
			'Fill the cell in.',
		],
		['blanks', { Способ: ' ' }, 'and the cell that says in which is empty', 'Fill the cell in.'],
		[
			'a vague word',
			{ Карта: '', Токен: 'tok-1234567890', Способ: 'счёт' },
			'Bank Account Token',
			'Say it exactly',
		],
	])('%s', async (_name, cells, message, remedy) => {
		const run = await readList([{ json: { ...row, ...cells } }], { readFrom: 'rows' });
		const [{ error }] = jsonOf(run, 1);
		expect(error.message).toContain(message);
		expect(error.description).toContain(remedy);
		expect(error.description).toContain('Or choose an order under If a Row Fits Several Methods.');
	});
});

describe('an item of Read List with a bank that is not in the list', () => {
	test.each(['Сбирбанк', 'Збербанк', 'Сберанк'])(
		'%s: the label, the near bank, what to do',
		async (bank) => {
			const row = {
				Номер: 'b-1',
				ФИО: 'Иванов Иван',
				Сумма: 1,
				Телефон: '+79680000000',
				Банк: bank,
				Назначение: 'Работы',
			};
			const items = jsonOf(await readList([{ json: row }], { readFrom: 'rows' }));
			const run = await runOperation(fixture, 'payout', 'send', automatic, {
				rows: items,
				node: continueError,
			});
			const [{ error }] = jsonOf(run, 1);
			expect(error.message).toMatch(
				new RegExp(
					`^Recipient Bank: "${bank}" is not in the list of FPS banks; similar there: Сбербанк \\(100000000111\\)`,
				),
			);
			expect(error.description).toBe(
				'Write the name as it is in that list, or the 12-digit ID of the bank. Nothing was sent for this row.',
			);
		},
	);
});
