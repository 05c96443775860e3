import fc from 'fast-check';

import type { JsonObject } from '../../bank131/lib/json.ts';
import {
	lineReader,
	summariseReport,
	tableOfCsv,
	tableOfRows,
	type ReportTable,
} from '../../bank131/reports/readReport.ts';
import type { ReportKind } from '../../bank131/reports/columns.ts';

const PAYOUTS = `operationId;transactionDate;finishedAt;typeOfPayment;paymentFast;paymentSessionId;contract;paymentSessionMerchantMetadata;paymentMethodIdentity;product;grossLocalAmount;paymentLocalAmount;feesLocalAmount;currency;later
po_2121;2019-06-21 23:17:55;2019-06-21 23:17:56;Advice;1;ps_2323;100-C-000000;"{""reference"":""A-1""}";420080******8800;new_test_payouts;110;100;10;RUB;kept
21;2019-06-21 23:17:55;2019-06-21 23:17:56;refund;0;23;100-C-000000;{"test_data":"test"};4242424242424242;new_test_payouts;110,05;100,05;10.00;rub;
`;

const PAYMENTS = `ID,paymentSessionId,Project name,Type of payment,Amount,Fee,Settlement,Transaction Date and Time,Card number,paymentSessionMerchantMetadata
pm_1,ps_1,acquiring_card,Advice,110,-2,108,11.01.2020 00:00:08,4...1878,1Di732vw57
pm_2,ps_2,acquiring_card,Refund,-110.5,0,-110.5,2026-05-01 13:17:56,4...1878,
`;

function readTable(table: ReportTable, kind?: ReportKind) {
	const reader = lineReader(table.columns, kind);
	if (!reader.ok) throw new Error(`${reader.problem.message} | ${reader.problem.remedy}`);
	return table.lines.map((line) => reader.value(line));
}
function readCsv(text: string, kind?: ReportKind) {
	const table = tableOfCsv(Buffer.from(text));
	if (!table.ok) throw new Error(table.problem.message);
	return readTable(table.value, kind);
}
const rowsOf = (lines: ReturnType<typeof readTable>) =>
	lines.map((line) => (line.ok ? line.row : line.problems));

test('a payout report', () => {
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
			later: 'kept',
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

test('a payment report, both date formats, amounts of either sign', () => {
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

test('the order of the columns, their capitals and spaces do not matter', () => {
	const table = tableOfCsv(Buffer.from(PAYOUTS));
	if (!table.ok) throw new Error('unreadable');
	const { columns, lines } = table.value;
	const before = rowsOf(readTable(table.value));
	const places = columns.map((_, index) => index);
	fc.assert(
		fc.property(
			fc.shuffledSubarray(places, { minLength: places.length }),
			fc.array(fc.boolean(), { minLength: places.length, maxLength: places.length }),
			(order, shout) => {
				const mixed = {
					columns: order.map((place, index) =>
						columns[place] === 'later' || !shout[index]
							? columns[place]
							: ` ${columns[place].toUpperCase()} `,
					),
					lines: lines.map((line) => ({ ...line, cells: order.map((place) => line.cells[place]) })),
				};
				expect(rowsOf(readTable(mixed))).toEqual(before);
			},
		),
	);
});

test('rows of a workbook: numbers, serial dates, missing cells', () => {
	const lines = readTable(
		tableOfRows([
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
		]),
	);
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
	['text', '"order-1"', { reference: 'order-1' }],
	['an object', '"{\\"reference\\":\\"A-1\\"}"', { reference: 'A-1' }],
	['nothing', '""', {}],
	['text that only begins so', '"order" 1', { reference: '"order" 1' }],
])('metadata that holds %s as JSON text is read without its quotes', (_name, cell, fields) => {
	const cells = { ID: 'pm_1', paymentSessionId: 'ps_1', Amount: 1 };
	const table = tableOfRows([{ ...cells, paymentSessionMerchantMetadata: cell }]);
	const [row] = rowsOf(readTable(table)) as JsonObject[];
	expect({ reference: row.reference, metadata: row.metadata }).toEqual(fields);
});

test('the summary adds up each currency for itself, rubles first', () => {
	const rows: JsonObject[] = [
		{ type: 'Advice', amountMinorUnits: 10000, currency: 'USD' },
		{ type: 'Advice', amountMinorUnits: 150050, currency: 'RUB' },
		{ type: 'Refund', amountMinorUnits: 100, currency: 'RUB' },
	];
	expect(summariseReport(rows, 0)).toBe(
		'3 operations: 1 Advice 1500.50, 1 Refund 1.00 RUB; 1 Advice 100.00 USD.',
	);
	expect(summariseReport(rows.slice(1), 0)).toBe(
		'2 operations: 1 Advice 1500.50, 1 Refund 1.00 RUB.',
	);
});

test('a bad line names its columns and does not stop the others', () => {
	const text = PAYOUTS.replace(';100;10;', ';1,500;10;').replace(
		'2019-06-21 23:17:56;Advice',
		'yesterday;Advice',
	);
	const [first, second] = readCsv(text);
	expect(second.ok).toBe(true);
	expect(!first.ok && first.problems.map(({ field, message }) => [field, message])).toEqual([
		['paymentLocalAmount', expect.stringContaining('can be read two ways')],
		['finishedAt', 'It is not a date and time'],
	]);
});

test.each(['2019-02-30 10:00:00', '32.01.2020 10:00:00', '2020-01-01 25:00:00', 'T', '12', '1e9'])(
	'%s is no date',
	(date) => {
		const [line] = readCsv(PAYOUTS.replace('2019-06-21 23:17:56;Advice', `${date};Advice`));
		expect(line.ok).toBe(false);
	},
);

test('a line cut off is told, empty cells at its end are not', () => {
	const header = 'operationId;paymentSessionId;paymentLocalAmount';
	const [long, cut] = readCsv(`${header}\npo_1;ps_1;5;;\npo_2;ps_2`);
	expect(long).toMatchObject({ ok: true });
	expect(cut).toMatchObject({ problems: [{ message: 'It has 2 cells, the header has 3' }] });
	const [empty] = readCsv(`${header}\npo_1;;5`);
	expect(empty).toMatchObject({ problems: [{ field: 'paymentSessionId' }] });
});

test('columns of something else are listed', () => {
	expect(() => readCsv('name;amount\nIvan;5')).toThrow(
		'This is no report of Bank 131. Columns found: "name", "amount" | Check the file and its delimiter: a payout report has paymentSessionId, operationId, paymentLocalAmount; a payment report has paymentSessionId, ID, Amount.',
	);
	expect(() => readCsv(PAYOUTS, 'payment')).toThrow(
		'This is not a payment report: it has no column ID, Amount. Columns found: "operationId"',
	);
	expect(() => readCsv('ID;id;paymentSessionId;Amount\n')).toThrow('"ID" stands there twice');
});

test('an empty register has no lines', () => {
	for (const text of ['', '\ufeff', '\r\n \r\n', PAYOUTS.slice(0, PAYOUTS.indexOf('\n') + 1)]) {
		const table = tableOfCsv(Buffer.from(text));
		expect(table).toMatchObject({ ok: true, value: { lines: [] } });
	}
});

test('unknown columns keep their value and cannot hide a known field', () => {
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

test('every amount comes back to the kopeck, however the bank writes it', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }),
			fc.constantFrom('.', ','),
			fc.boolean(),
			(minorUnits, point, asNumber) => {
				const size = String(Math.abs(minorUnits)).padStart(3, '0');
				const text = `${minorUnits < 0 ? '-' : ''}${size.slice(0, -2)}${point}${size.slice(-2)}`;
				const cell = asNumber ? minorUnits / 100 : text;
				const [line] = readTable(tableOfRows([{ ID: 1, paymentSessionId: 2, Amount: cell }]));
				expect(line).toMatchObject({ row: { amountMinorUnits: minorUnits } });
			},
		),
	);
});

test('whatever stands in the cells, a line is read or refused', () => {
	const cell = fc.oneof(fc.jsonValue(), fc.string(), fc.double(), fc.date());
	fc.assert(
		fc.property(fc.array(cell, { minLength: 15, maxLength: 15 }), (cells) => {
			const { columns } = (tableOfCsv(Buffer.from(PAYOUTS)) as { value: ReportTable }).value;
			const [line] = readTable({ columns, lines: [{ number: 1, cells }] });
			if (line.ok) expect(Number.isSafeInteger(line.row.amountMinorUnits)).toBe(true);
			else expect(line.problems.length).toBeGreaterThan(0);
		}),
		{ numRuns: 1000, examples: [[new Array(15).fill({ toString: [] })]] },
	);
});
