/** Payout: Read List: what it passes is what Send accepts, and what it says about the rest. */
import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import type { JsonObject } from '../../bank131/lib/json.ts';
import { readPayout } from '../../nodes/Bank131/operations/payout/readPayout.ts';
import { itemParametersOf } from '../support/itemParameters.mts';
import { readListOf } from '../support/listFiles.mts';

/** The problems that Send has with a clean item: its parameters are the fields of the item. */
function problemsInSend({ currency, serviceName, fpsBankId, ...item }: JsonObject) {
	const param = itemParametersOf({
		...item,
		...(fpsBankId !== undefined && {
			fpsBankId: /\d{12}/.test(String(fpsBankId)) ? fpsBankId : '100000000069',
		}),
		additionalFields: { currency },
		transferPurpose: 'Transfer under the offer agreement',
		payerInn: '7727406020',
		payerName: 'OOO Vector',
		receiptServices: { service: [{ serviceName }] },
		options: { verifyCheckDigits: 'always' },
	} as INodeParameters);
	readPayout(param);
	return param.problems;
}

test('any row is refused with sentences, or Send accepts it', async () => {
	const cells: Record<string, unknown[]> = {
		Номер: ['A-1', '', 'A-null', 1001, '1E+12', '\ufffd'],
		ФИО: ['Иванов Иван', '', '12', 'ИП Морозов Д. А.', 'x'.repeat(300), 'И\u0306онов'],
		Сумма: ['100', 1500.5, '1 500,50', '1,500', '', 0, -1, '5 $', 'x', null],
		Валюта: ['RUB', 'руб.', 'USD', '', 'BYN'],
		Способ: ['', '', 'карта', 'счёт', 'СБП', 'ЮMoney', 'QIWI', 'наличные', 'tax', 'taxFull'],
		Карта: ['', '', '4242 4242 4242 4242', '4242424242424241', 4242424242424242, '42'],
		Счёт: [
			'',
			'',
			'40817810400003869535',
			'40802810800000004404',
			'40702810800000004405',
			'4E+19',
			'1',
		],
		БИК: ['', '044525974', 44525974, '044525225', '044525593', '123'],
		ИНН: ['', '7727406020', '500100732259', '77'],
		КПП: ['', '770801001', '77'],
		'Тип получателя': ['', 'физлицо', 'ИП', 'юрлицо', 'другое'],
		Телефон: ['', '+7 968 000-00-00', 79680000000, '9680000000', '7,9E+10'],
		Банк: ['', 'Т-Банк', '100000000069', '044525974', '\ufffd\ufffd'],
		Кошелёк: ['', '', '410011310001114', '79680000000', '12'],
		Назначение: ['', 'За работы', 'Точно?', 'я'.repeat(150), 'я'.repeat(211)],
		'ИНН самозанятого': ['', '', '500100732259', '7727406020'],
		Услуга: ['', 'Доставка'],
		'Списать с': ['', '', 'расчётный', 'эскроу', 'escrow'],
		'ИНН бенефициара': ['', '7727406020', '1'],
		Срочно: ['', 'да', 'может быть'],
		Согласование: ['', 'вручную', 'да'],
	};
	const common = { Номер: 'A-1', ФИО: 'Иванов Иван', Сумма: '100', Валюта: 'RUB' };
	const account = { БИК: '044525974', Назначение: 'За работы' };
	const valid = [
		{ Карта: '4242 4242 4242 4242' },
		{ ...account, Счёт: '40817810400003869535' },
		{
			...account,
			Счёт: '40702810800000004405',
			БИК: '044525593',
			ИНН: '7727406020',
			КПП: '770801001',
		},
		{ ...account, Телефон: '+7 968 000-00-00', Банк: 'Т-Банк' },
		{ Кошелёк: '410011310001114', Способ: 'ЮMoney' },
	];
	const change = fc
		.constantFrom(...Object.keys(cells))
		.chain((name) => fc.constantFrom(...cells[name]).map((cell) => [name, cell] as const));
	const row = fc
		.tuple(fc.constantFrom(...valid), fc.array(change, { maxLength: 3 }))
		.map(([details, changes]) => ({
			...Object.fromEntries(Object.keys(cells).map((name) => [name, ''])),
			...common,
			...details,
			...Object.fromEntries(changes),
		}));
	let passed = 0;
	await fc.assert(
		fc.asyncProperty(row, async (cellsOfRow) => {
			const { items, failures } = await readListOf({ rows: [cellsOfRow as JsonObject] });
			expect(items.length + failures.length).toBe(1);
			for (const { message, description } of failures) {
				expect(message).toMatch(/^(?!Row)\S/);
				expect(description).toMatch(/\S\.$/);
			}
			for (const item of items) {
				passed++;
				expect({ item, problems: problemsInSend(item) }).toEqual({ item, problems: [] });
			}
		}),
		{ numRuns: 500 },
	);
	expect(passed).toBeGreaterThan(100);
});

const CARD = { ФИО: 'Иванов Иван', Карта: '4242424242424242' };
const rowsOf = (...rows: object[]) =>
	rows.map((row) => ({ ...CARD, Сумма: '100', ...row })) as JsonObject[];

test('all problems of a row are said, each under the name of its column', async () => {
	const { failures } = await readListOf({
		rows: rowsOf(
			{ Номер: 'A-1' },
			{
				Номер: 'A-2',
				Карта: '',
				Счёт: '40817',
				БИК: '4452',
				Сумма: '1,500',
				ФИО: '-',
				Назначение: 'Да!',
			},
		),
	});
	expect(failures).toEqual([
		{
			message:
				'Row 2: Сумма "1,500" can be read two ways: as 1500 or as 1.500; БИК has 4 digits, not 9; Счёт has 5 digits, not 20; ФИО holds no letters; Назначение holds "!", which banks do not accept there',
			description: expect.stringContaining('Write 1500 or 1.50, without a thousands separator. '),
			json: { row: 2, reference: 'A-2', recipientName: '-', amount: '1,500' },
			itemIndex: 1,
		},
	]);
});

test.each([
	[{ Номер: '' }, 'Номер is empty'],
	[{ Номер: 'Итого', Карта: '', ФИО: '' }, 'This is no payout: it has neither'],
	[{ Способ: 'наличные' }, 'Способ: "наличные" is not a payout method'],
	[
		{ Счёт: '40817810400003869535', БИК: '044525974' },
		'Payout Method: The row can be paid in several ways: Bank Account, Card Number',
	],
	[
		{ Карта: '', Счёт: '40817810400003869535', БИК: '' },
		'Payout Method: The details are not complete: BIK for Bank Account',
	],
	[{ Карта: '', Телефон: '', Банк: '' }, 'Payout Method: The row has no details of a recipient'],
	[
		{ Срочно: 'скоро', Карта: '', Счёт: '40817810400003869535', БИК: '044525974' },
		'Срочно: "скоро" is not understood here',
	],
	[{ Валюта: '' }, 'Валюта is empty'],
	[{ Услуга: 'Доставка', 'ИНН самозанятого': '' }, 'ИНН самозанятого: A receipt needs the INN'],
	[{ ФИО: '', Фамилия: 'Иванов', Имя: '' }, 'Имя is empty'],
	[{ Фамилия: 'Иванов', Имя: 'Пётр' }, 'ФИО: The full name differs from its parts'],
	[{ 'Налоговый период': 'осень', Способ: 'tax' }, 'Налоговый период is not a tax period'],
])('%j: %s', async (row, message) => {
	const { failures } = await readListOf({ rows: rowsOf({ Номер: 'A-1', ...row }) });
	expect(failures.map((one) => one.message.slice(0, message.length))).toEqual([message]);
});

test('a cell of a card number in the wrong column is not repeated whole', async () => {
	const { failures } = await readListOf({ rows: rowsOf({ Номер: 'A-1', Способ: 'x'.repeat(99) }) });
	expect(failures[0].message).toContain(`"${'x'.repeat(40)}"`);
});

describe('references', () => {
	test.each([
		[['A-1', 'A-1'], 'has the same Reference "A-1"'],
		[['A-1', 'A\u20111'], 'which looks the same'],
		[['A-1', 'А-1'], 'which can be taken for the same'],
		[['1001', '1001.0'], 'which can be taken for the same'],
	])('%j: both rows are refused', async (references, text) => {
		const { items, failures } = await readListOf({
			rows: rowsOf(...references.map((Номер) => ({ Номер })), { Номер: 'B' }),
		});
		expect(items).toHaveLength(1);
		expect(failures.map(({ message }) => message.includes(text))).toEqual([true, true]);
		expect(failures[0].message).toMatch(/^Row 1, Номер: Row 2 has /);
	});

	test('the same in two files: both rows are refused, with the name of the other file', async () => {
		const bytes = Buffer.from('Reference;Amount;Card;Name\nA-1;5;4242424242424242;Иванов Иван\n');
		const { failures } = await readListOf({
			files: [
				{ name: 'one.csv', bytes },
				{ name: 'two.csv', bytes },
			],
		});
		expect(failures.map(({ message }) => message)).toEqual([
			'one.csv, line 2: two.csv, line 2 has the same Reference "A-1"',
			'two.csv, line 2: one.csv, line 2 has the same Reference "A-1"',
		]);
	});
});

describe('the summary', () => {
	test('counts and adds up by currency and method, and says how the columns were read', async () => {
		const { summary, isClean } = await readListOf({
			rows: rowsOf(
				{ Номер: 'A-1' },
				{ Номер: 'A-2', Сумма: '0,50' },
				{ Номер: 'A-3', Валюта: 'USD' },
				{ Номер: 'A-4', Карта: '', ЮMoney: '410011310001114' },
				{ Номер: '', Отдел: 'Продажи' },
			).map((row) => ({ Валюта: 'RUB', ...row })),
		});
		expect(summary).toBe(
			'4 payouts: 200.50 RUB (2 Card Number 100.50, 1 YooMoney Wallet 100.00); 100.00 USD (1 Card Number 100.00).\n1 problem, see Error Branch: these rows will not be paid.\nColumns: "Валюта" = Currency, "ФИО" = Recipient Name, "Карта" = Card Number, "Сумма" = Amount, "Номер" = Reference, "ЮMoney" = YooMoney Wallet. Not used: "Отдел".',
		);
		expect(isClean).toBe(false);
	});

	test('names what is set in the node that pays, because no column has it', async () => {
		const account = { Карта: '', Счёт: '40817810400003869535', БИК: '044525974' };
		const { summary, isClean } = await readListOf({
			rows: rowsOf(
				{ Номер: 'A-1', ...account },
				{ Номер: 'A-2', 'ИНН самозанятого': '500100732259' },
			),
		});
		expect(summary).toContain(
			'Not in the list, to be entered where it is paid: Purpose, Receipt Payer INN, Receipt Payer Name, Service Name.',
		);
		expect(isClean).toBe(true);
	});

	test('says that check digits were not verified', async () => {
		const rows = rowsOf({ Номер: 'A-1', Карта: '4242424242424241' });
		expect((await readListOf({ rows })).failures).toHaveLength(1);
		const accepted = await readListOf({ rows, options: { acceptTestNumbers: true } });
		expect(accepted.items).toHaveLength(1);
		expect(accepted.summary).toContain('Check digits were not verified.');
	});

	test('of nothing', async () => {
		const { summary } = await readListOf({ rows: [{}] });
		expect(summary).toMatch(/^Nothing was read: \S/);
	});

	test.each<[string, string[], boolean]>([
		['1 to 3', ['1', '2', '3'], true],
		['numbers with gaps', ['2', '5', '9'], true],
		['numbers with a dot', ['1.', '2.', '3.'], true],
		['numbers with a bracket', ['1)', '2)', '3)'], true],
		['numbers with zeros', ['001', '002', '003'], true],
		['invoice numbers', ['10412', '10413', '10414'], false],
		['numbers and an ID', ['1', '2', 'A-3'], false],
		['IDs', ['A-1', 'A-2', 'A-3'], false],
	])('References that are %s', async (_name, references, areRowNumbers) => {
		const { summary, isClean, items } = await readListOf({
			rows: rowsOf(...references.map((one) => ({ 'Номер выплаты': one }))),
		});
		expect(items).toHaveLength(3);
		expect(/The References are row numbers/.test(summary!)).toBe(areRowNumbers);
		expect(isClean).toBe(!areRowNumbers);

		const ids = await readListOf({ rows: rowsOf(...references.map((ID) => ({ ID }))) });
		expect(ids.items).toHaveLength(3);

		// A vague name: a row that is inserted would change the numbers of the others.
		for (const header of ['Номер', '№', '№ п/п', 'No. (п/п)', 'N:']) {
			const vague = await readListOf({
				rows: rowsOf(...references.map((one) => ({ [header]: one }))),
			});
			expect(vague.items).toHaveLength(areRowNumbers ? 0 : 3);
			if (areRowNumbers)
				expect(vague.summary).toMatch(/^Nothing was read: .*only numbers the rows/);
		}
	});
});

describe('options', () => {
	const both = {
		Номер: 'A-1',
		Счёт: '40817810400003869535',
		БИК: '044525974',
		Назначение: 'За работы',
	};

	test('If a Row Fits Several Methods decides between complete details, the first one first', async () => {
		for (const [preferredMethods, payoutMethod] of [
			[['bankAccount', 'cardNumber'], 'bankAccount'],
			[['fps', 'cardNumber', 'bankAccount'], 'cardNumber'],
		]) {
			const { items } = await readListOf({ rows: rowsOf(both), options: { preferredMethods } });
			expect(items).toMatchObject([{ payoutMethod }]);
		}
	});

	test('Columns to Ignore leaves a column out', async () => {
		const rows = rowsOf({ Номер: 'A-1', 'Сумма к выплате': '87' });
		expect((await readListOf({ rows })).failures).toHaveLength(1);
		const { items } = await readListOf({ rows, options: { ignoreColumns: ['сумма'] } });
		expect(items).toMatchObject([{ amount: '87.00' }]);
	});

	test('Amount Unit applies where the name of the column has no unit', async () => {
		const rows = rowsOf({ Номер: 'A-1', Сумма: 150050 });
		const { items } = await readListOf({ rows, options: { amountUnit: 'minor' } });
		expect(items).toMatchObject([{ amount: '1500.50' }]);
	});

	test('Pay From decides which accounts can be paid', async () => {
		const rows = rowsOf({
			...both,
			Карта: '',
			Счёт: '40702810800000004405',
			БИК: '044525593',
			'Тип получателя': 'физлицо',
		});
		expect((await readListOf({ rows })).items).toHaveLength(1);
		const nonResident = rows.map((row) => ({ ...row, Счёт: '40820810400003869535' }));
		const options = { acceptTestNumbers: true };
		expect((await readListOf({ rows: nonResident, options })).items).toHaveLength(1);
		const refused = await readListOf({
			rows: nonResident,
			options: { ...options, payFrom: 'settlement' },
		});
		expect(refused.failures[0].message).toContain(
			'does not pay to from a settlement or escrow account',
		);
	});

	test('an option that an expression has made wrong refuses the list', async () => {
		const { failures } = await readListOf({
			rows: rowsOf({ Номер: 'A-1' }),
			options: { payFrom: 'pocket' },
		});
		expect(failures).toMatchObject([{ message: 'Pay From: "pocket" is not one of the choices' }]);
	});
});

test('20,000 rows: each is read, and other work gets a turn every 200 rows', async () => {
	const count = 20_000;
	const lines = ['Номер;ФИО;Сумма;Счёт;БИК;Назначение'];
	for (let row = 1; row <= count; row++) {
		lines.push(`PAY-${row};Иванов Иван;${row},50;40817810400003869535;044525974;За работы`);
	}
	const { items, failures, turns, summary } = await readListOf({
		files: [{ bytes: Buffer.from(lines.join('\n')) }],
	});
	expect([items.length, failures.length]).toEqual([count, 0]);
	expect(turns).toBeGreaterThanOrEqual(count / 200);
	expect(items.at(-1)).toMatchObject({ reference: 'PAY-20000', amount: '20000.50' });
	expect(summary).toContain(
		'20000 payouts: 200\u00a0020\u00a0000.00 RUB (20000 Bank Account 200\u00a0020\u00a0000.00).',
	);
});
