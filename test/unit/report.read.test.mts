import fc from 'fast-check';

import type { JsonObject } from '../../bank131/lib/json.ts';
import { createLineReader } from '../../bank131/reports/readReport.ts';
import { summariseReport } from '../../bank131/reports/summaries.ts';
import {
	parseCsvTable,
	tableFromRows,
	type Table,
	type TableLine,
} from '../../bank131/tables/table.ts';
import { parseAmount } from '../../bank131/values/money.ts';

const PAYOUTS = `operationId;transactionDate;finishedAt;typeOfPayment;paymentFast;paymentSessionId;contract;paymentSessionMerchantMetadata;paymentMethodIdentity;product;grossLocalAmount;paymentLocalAmount;feesLocalAmount;currency;later
po_2121;2019-06-21 23:17:55;2019-06-21 23:17:56;Advice;1;ps_2323;100-C-000000;"{""reference"":""A-1""}";420080******8800;new_test_payouts;110;100;10;RUB;unchanged
21;2019-06-21 23:17:55;2019-06-21 23:17:56;refund;0;23;100-C-000000;{"test_data":"test"};4242424242424242;new_test_payouts;110,05;100,05;10.00;rub;
`;

const PAYMENTS = `ID,paymentSessionId,Project name,Type of payment,Amount,Fee,Settlement,Transaction Date and Time,Card number,paymentSessionMerchantMetadata
pm_1,ps_1,acquiring_card,Advice,110,-2,108,11.01.2020 00:00:08,4...1878,1Di732vw57
pm_2,ps_2,acquiring_card,Refund,-110.5,0,-110.5,2026-05-01 13:17:56,4...1878,
`;

interface ParsedTable {
	columns: string[];
	lines: TableLine[];
}
function withAllLines({ columns, lines }: Table): ParsedTable {
	const all = [...lines].map((line) => {
		if (!line.ok) throw new Error(line.problem.code);
		return line.value;
	});
	return { columns, lines: all };
}
function parseTable(text: string): ParsedTable {
	const table = parseCsvTable(Buffer.from(text));
	if (!table.ok) throw new Error(table.problem.code);
	return withAllLines(table.value);
}
function readTable({ columns, lines }: ParsedTable) {
	const reader = createLineReader(columns);
	if (!reader.ok) throw new Error(reader.problem.code);
	return lines.map((line) => reader.value(line));
}
const readRows = (rows: JsonObject[]) => readTable(withAllLines(tableFromRows(rows)));
const readCsv = (text: string) => readTable(parseTable(text));
const rowsOf = (lines: ReturnType<typeof readTable>) =>
	lines.map((line) => (line.ok ? line.row : line.problems));

test('the lines of a payout report become rows with typed fields', () => {
	expect(rowsOf(readCsv(PAYOUTS))).toEqual([
		{
			report: 'payout',
			type: 'Advice',
			reference: 'A-1',
			sessionId: 'ps_2323',
			payoutId: 'po_2121',
			amount: '100.00',
			amountMinorUnits: 10000,
			grossAmount: '110.00',
			grossAmountMinorUnits: 11000,
			fee: '10.00',
			feeMinorUnits: 1000,
			currency: 'RUB',
			recipient: '420080******8800',
			createdAt: '2019-06-21T23:17:55+03:00',
			finishedAt: '2019-06-21T23:17:56+03:00',
			paymentFast: true,
			contract: '100-C-000000',
			product: 'new_test_payouts',
			later: 'unchanged',
		},
		expect.objectContaining({
			type: 'Refund',
			sessionId: '23',
			payoutId: '21',
			amountMinorUnits: 10005,
			currency: 'RUB',
			recipient: '424242******4242',
			paymentFast: false,
			metadata: { test_data: 'test' },
		}),
	]);
});

test('the lines of a payment report become rows, with both date formats and amounts of either sign', () => {
	expect(rowsOf(readCsv(PAYMENTS))).toEqual([
		{
			report: 'payment',
			type: 'Advice',
			reference: '1Di732vw57',
			sessionId: 'ps_1',
			paymentId: 'pm_1',
			amount: '110.00',
			amountMinorUnits: 11000,
			settlement: '108.00',
			settlementMinorUnits: 10800,
			fee: '-2.00',
			feeMinorUnits: -200,
			currency: 'RUB',
			cardNumber: '4...1878',
			finishedAt: '2020-01-11T00:00:08+03:00',
			projectName: 'acquiring_card',
		},
		expect.objectContaining({
			type: 'Refund',
			amount: '-110.50',
			amountMinorUnits: -11050,
			feeMinorUnits: 0,
			finishedAt: '2026-05-01T13:17:56+03:00',
		}),
	]);
});

test('the order, capitals and spaces of the headers change nothing in the rows', () => {
	const table = parseTable(PAYOUTS);
	const { columns, lines } = table;
	const expected = rowsOf(readTable(table));
	const indexes = columns.map((_, index) => index);
	fc.assert(
		fc.property(
			fc.shuffledSubarray(indexes, { minLength: indexes.length }),
			fc.array(fc.boolean(), { minLength: indexes.length, maxLength: indexes.length }),
			(order, hasCapitals) => {
				const shuffled = {
					columns: order.map((from, to) =>
						columns[from] === 'later' || !hasCapitals[to]
							? columns[from]
							: ` ${columns[from].toUpperCase()} `,
					),
					lines: lines.map((line) => ({ ...line, cells: order.map((from) => line.cells[from]) })),
				};
				expect(rowsOf(readTable(shuffled))).toEqual(expected);
			},
		),
	);
});

test('rows of a spreadsheet may hold numbers, serial dates and ISO dates, and lack cells', () => {
	const lines = readRows([
		{
			operationId: 21,
			finishedAt: 43637.970787037, // 2019-06-21 23:17:56
			typeOfPayment: 'Advice',
			paymentFast: 0,
			paymentSessionId: 23,
			paymentLocalAmount: 10.100000000000001,
			feesLocalAmount: 0,
			row_number: 2,
		},
		{
			operationId: 'po_3',
			finishedAt: '2019-06-21T20:17:56.000Z',
			paymentSessionId: 'ps_3',
			paymentSessionMerchantMetadata: 12345,
			paymentLocalAmount: 1500.5,
		},
	]);
	expect(rowsOf(lines)).toEqual([
		{
			report: 'payout',
			type: 'Advice',
			sessionId: '23',
			payoutId: '21',
			amount: '10.10',
			amountMinorUnits: 1010,
			fee: '0.00',
			feeMinorUnits: 0,
			currency: 'RUB',
			finishedAt: '2019-06-21T23:17:56+03:00',
			paymentFast: false,
			row_number: 2,
		},
		expect.objectContaining({
			reference: '12345',
			finishedAt: '2019-06-21T23:17:56+03:00',
			amountMinorUnits: 150050,
		}),
	]);
});

test.each<[string, string, JsonObject]>([
	['a text', '"order-1"', { reference: 'order-1' }],
	['an object', '"{\\"reference\\":\\"A-1\\"}"', { reference: 'A-1' }],
	['an empty text', '""', {}],
	['text that only begins like it', '"order" 1', { reference: '"order" 1' }],
])(
	'metadata that holds %s as a JSON string is read without the quotes of the string',
	(_name, cell, fields) => {
		const cells = { ID: 'pm_1', paymentSessionId: 'ps_1', Amount: 1 };
		const [row] = rowsOf(
			readRows([{ ...cells, paymentSessionMerchantMetadata: cell }]),
		) as JsonObject[];
		expect({ reference: row.reference, metadata: row.metadata }).toEqual(fields);
	},
);

test('the summary counts and adds up by currency, rubles first, then by type', () => {
	const rows: JsonObject[] = [
		{ type: 'Advice', amountMinorUnits: 10000, currency: 'USD' },
		{ type: 'Advice', amountMinorUnits: 150050, currency: 'RUB' },
		{ type: 'Refund', amountMinorUnits: 100, currency: 'RUB' },
	];
	const rubles = {
		currency: 'RUB',
		types: [
			{ type: 'Advice', count: 1, minorUnits: 150050 },
			{ type: 'Refund', count: 1, minorUnits: 100 },
		],
	};
	const dollars = { currency: 'USD', types: [{ type: 'Advice', count: 1, minorUnits: 10000 }] };
	expect(summariseReport(rows)).toEqual({ operations: 3, currencies: [rubles, dollars] });
	expect(summariseReport(rows.slice(1))).toEqual({ operations: 2, currencies: [rubles] });
});

test('an invalid line gives a problem per bad cell, and the other lines are read', () => {
	const text = PAYOUTS.replace(';100;10;', ';1,500;10;').replace(
		'2019-06-21 23:17:56;Advice',
		'yesterday;Advice',
	);
	const amount = parseAmount('1,500', 'major', 'rub');
	const [first, second] = readCsv(text);
	expect(second.ok).toBe(true);
	expect(first).toEqual({
		ok: false,
		problems: [
			{
				code: 'cell.amount',
				column: 'paymentLocalAmount',
				problem: !amount.ok && amount.problem,
			},
			{ code: 'cell.notDate', column: 'finishedAt' },
		],
	});
});

test.each(['2019-02-30 10:00:00', '32.01.2020 10:00:00', '2020-01-01 25:00:00', 'T', '12', '1e9'])(
	'the cell "%s" is refused as a date',
	(date) => {
		const [line] = readCsv(PAYOUTS.replace('2019-06-21 23:17:56;Advice', `${date};Advice`));
		expect(line).toEqual({
			ok: false,
			problems: [{ code: 'cell.notDate', column: 'finishedAt' }],
		});
	},
);

describe('a line of another length than the header', () => {
	const header = 'operationId;paymentSessionId;paymentLocalAmount';

	test('is refused when it has fewer cells', () => {
		expect(readCsv(`${header}\npo_2;ps_2`)).toEqual([
			{ ok: false, problems: [{ code: 'line.wrongCellCount', cells: 2, expected: 3 }] },
		]);
	});

	test('is read when its additional cells are empty', () => {
		const [long, short] = readCsv(`${header}\npo_1;ps_1;5;;\npo_2;ps_2`);
		expect(long).toMatchObject({ ok: true });
		expect(short).toMatchObject({ ok: false });
	});

	test('is refused when an additional cell has content', () => {
		expect(readCsv(`${header}\npo_1;ps_1;5;;6`)).toEqual([
			{ ok: false, problems: [{ code: 'line.wrongCellCount', cells: 5, expected: 3 }] },
		]);
	});

	test('an empty cell in a required column is a problem of that column', () => {
		expect(readCsv(`${header}\npo_1;;5`)).toEqual([
			{ ok: false, problems: [{ code: 'cell.empty', column: 'paymentSessionId' }] },
		]);
	});
});

describe('the columns are refused', () => {
	test('with the headers found, when they are those of no report', () => {
		expect(createLineReader(['name', ' amount '])).toEqual({
			ok: false,
			problem: { code: 'columns.unknown', columns: ['name', 'amount'], hasMore: false },
		});
	});

	test('with the missing headers, when they are those of the other report', () => {
		expect(createLineReader(parseTable(PAYOUTS).columns, 'payment')).toMatchObject({
			problem: {
				code: 'columns.missing',
				kind: 'payment',
				missing: ['ID', 'Amount'],
				columns: expect.arrayContaining(['operationId']),
				hasMore: false,
			},
		});
	});

	test('with at most 30 headers of 40 characters', () => {
		const columns = Array.from({ length: 31 }, (_, index) => `${index}`.padEnd(50, 'x'));
		expect(createLineReader(columns)).toEqual({
			ok: false,
			problem: {
				code: 'columns.unknown',
				columns: columns.slice(0, 30).map((column) => column.slice(0, 40)),
				hasMore: true,
			},
		});
	});

	test('with the first spelling, when a known header appears twice', () => {
		expect(createLineReader(['ID', 'id', 'paymentSessionId', 'Amount'])).toEqual({
			ok: false,
			problem: { code: 'columns.duplicate', column: 'ID' },
		});
	});
});

test.each<[string, string]>([
	['no bytes', ''],
	['a byte order mark', '\ufeff'],
	['empty lines', '\r\n \r\n'],
	['a header alone', PAYOUTS.slice(0, PAYOUTS.indexOf('\n') + 1)],
])('a file of %s has no lines', (_name, text) => {
	expect(parseTable(text).lines).toEqual([]);
});

test('unknown columns become fields with their own value, and a number is added to a name in use', () => {
	const text =
		'ID;paymentSessionId;Amount;amountMinorUnits;fee;;__proto__;x;x\npm_1;ps_1;5;9;-1;a;b;c;d';
	const [line] = readCsv(text);
	const row = (line.ok ? line.row : {}) as JsonObject;
	expect(row).toMatchObject({
		amountMinorUnits: 500,
		'amountMinorUnits (2)': '9',
		feeMinorUnits: -100,
		'column 6': 'a',
		x: 'c',
		'x (2)': 'd',
	});
	expect(Object.getOwnPropertyDescriptor(row, '__proto__')?.value).toBe('b');
});

test('any amount is parsed exactly, as text with a point or a comma and as a number', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }),
			fc.constantFrom('.', ','),
			fc.boolean(),
			(minorUnits, decimalSign, isNumber) => {
				const digits = String(Math.abs(minorUnits)).padStart(3, '0');
				const text = `${minorUnits < 0 ? '-' : ''}${digits.slice(0, -2)}${decimalSign}${digits.slice(-2)}`;
				const cell = isNumber ? minorUnits / 100 : text;
				const [line] = readRows([{ ID: 1, paymentSessionId: 2, Amount: cell }]);
				expect(line).toMatchObject({ row: { amountMinorUnits: minorUnits } });
			},
		),
	);
});

test('a line with any values in its cells is read or refused, and never throws', () => {
	const cell = fc.oneof(fc.jsonValue(), fc.string(), fc.double(), fc.date());
	fc.assert(
		fc.property(fc.array(cell, { minLength: 15, maxLength: 15 }), (cells) => {
			const { columns } = parseTable(PAYOUTS);
			const [line] = readTable({ columns, lines: [{ number: 1, cells }] });
			if (line.ok) expect(Number.isSafeInteger(line.row.amountMinorUnits)).toBe(true);
			else expect(line.problems.length).toBeGreaterThan(0);
		}),
		{ numRuns: 1000, examples: [[new Array(15).fill({ toString: [] })]] },
	);
});

test.each(['2019-06-21 20:17:55', '21.06.2019 20:17:55', 43637.84577546296])(
	'a bank that writes UTC (%p): the time is three hours early, amounts and references are right',
	(time) => {
		const [row] = readRows([
			{
				operationId: 'po_1',
				transactionDate: time,
				finishedAt: '2019-06-22 00:00:00',
				typeOfPayment: 'Advice',
				paymentSessionId: 'ps_1',
				paymentLocalAmount: '100',
				currency: 'RUB',
			},
		]);
		expect(row).toMatchObject({
			ok: true,
			row: { createdAt: '2019-06-21T20:17:55+03:00', amountMinorUnits: 10000 },
		});
	},
);
