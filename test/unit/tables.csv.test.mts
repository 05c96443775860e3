import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { detectDelimiter, parseCsv, type CsvRecord } from '../../bank131/tables/csv.ts';
import type { Delimiter } from '../../bank131/tables/formats.ts';
import { growth, LINEAR } from '../support/growth.mts';

/** All records, or the first problem. */
const parseAll = (text: string, delimiter?: Delimiter) => {
	const records: CsvRecord[] = [];
	for (const record of parseCsv(text, delimiter)) {
		if (!record.ok) return record;
		records.push(record.value);
	}
	return { ok: true, value: records } as const;
};
const parseCells = (text: string, delimiter?: Delimiter) => {
	const parsed = parseAll(text, delimiter);
	if (!parsed.ok) throw new Error(parsed.problem.code);
	return parsed.value.map(({ cells }) => cells);
};
const problemOf = (text: string) => {
	const parsed = parseAll(text);
	return parsed.ok ? undefined : parsed.problem;
};

describe('parseCsv', () => {
	test('quoted cells may hold delimiters, line breaks and doubled quotes', () => {
		expect(parseCells('a;b\r\n"x;1";"say ""hi"""\n"two\r\nlines";\r')).toEqual([
			['a', 'b'],
			['x;1', 'say "hi"'],
			['two\r\nlines', ''],
		]);
	});

	test('a JSON cell without quotes around it, as in the sample of the bank, is one cell', () => {
		expect(parseCells('id;meta\n1;{"test_data":"test"}\n')).toEqual([
			['id', 'meta'],
			['1', '{"test_data":"test"}'],
		]);
	});

	test('a record has its line number, also after empty lines and line breaks in cells', () => {
		const parsed = parseAll('a,b\n\n"1\n2",x\r\n\r\ny,z');
		expect(parsed.ok && parsed.value.map(({ line }) => line)).toEqual([1, 3, 6]);
	});

	test.each([
		['sep=;\na;b,c\n', ['a', 'b,c']],
		['sep=,\r\na;b,c\r\n', ['a;b', 'c']],
		['SEP=\t\ra\tb;c\r', ['a', 'b;c']],
		['"sep=;"\na;b,c\n', ['a', 'b,c']],
	])('the line of Excel in %j names the delimiter and is no record', (text, cells) => {
		const parsed = parseAll(text);
		expect(parsed).toEqual({ ok: true, value: [{ line: 2, cells }] });
	});

	test('the delimiter of the caller overrides the line of Excel', () => {
		expect(parseCells('sep=;\na;b,c\n', ',')).toEqual([['a;b', 'c']]);
	});

	test('a quote that is never closed is refused with its line', () => {
		expect(problemOf('a;b\n1;2\n3;"4\n5;6\n')).toEqual({ code: 'csv.unclosedQuote', line: 3 });
	});

	test('text after a closing quote is refused with its line and the delimiter', () => {
		expect(problemOf('a;b\n"1"x;2\n')).toEqual({
			code: 'csv.textAfterQuote',
			line: 2,
			delimiter: ';',
		});
	});

	test('any table is parsed as csv-parse does, with quotes where needed or around every cell', () => {
		const cell = fc.oneof(
			fc.string({ maxLength: 8 }),
			fc.stringMatching(/^[a;,\t"\r\n ]{0,6}$/),
			fc.constantFrom('', '1,5', 'Привет', '{"a":"b"}'),
		);
		const table = fc
			.integer({ min: 1, max: 5 })
			.chain((width) =>
				fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
			);
		fc.assert(
			fc.property(
				table,
				fc.constantFrom<Delimiter>(';', ',', '\t'),
				fc.constantFrom('\n', '\r\n', '\r'),
				fc.boolean(),
				fc.boolean(),
				(cells, delimiter, lineBreak, isAlwaysQuoted, endsWithLineBreak) => {
					const write = (text: string) =>
						isAlwaysQuoted || text === '' || /["\r\n;,\t]/.test(text)
							? `"${text.replaceAll('"', '""')}"`
							: text;
					const text =
						cells.map((row) => row.map(write).join(delimiter)).join(lineBreak) +
						(endsWithLineBreak ? lineBreak : '');
					expect(parseCells(text, delimiter)).toEqual(cells);
					expect(parseCells(text, delimiter)).toEqual(
						parse(text, { delimiter, record_delimiter: lineBreak, relax_column_count: true }),
					);
				},
			),
			{ numRuns: 500 },
		);
	});

	test('any text is refused, or parsed without losing anything but delimiters, quotes and line breaks', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[ab;"\r\n]{0,40}$/), (text) => {
				const parsed = parseAll(text, ';');
				if (!parsed.ok) return;
				const lettersOf = (value: string) => value.replace(/[^ab]/g, '');
				expect(lettersOf(parsed.value.flatMap(({ cells }) => cells).join(''))).toBe(
					lettersOf(text),
				);
			}),
			{ numRuns: 2000 },
		);
	});

	test.each([
		['quotes', '"', 40_000],
		['cells with an open quote', '";', 40_000],
		['one long line', 'a', 400_000],
		['empty lines', '\n', 400_000],
	])('a hostile file of %s takes time in proportion to its length', (_name, piece, length) => {
		expect(growth((count) => parseAll(piece.repeat(count)), length)).toBeLessThan(LINEAR);
	});
});

describe('detectDelimiter', () => {
	test.each([
		['a;b;c\n1,5;2,5;3,5', ';'],
		['a,b,c\n1;2', ','],
		['a\tb\tc', '\t'],
		['"a;b;c;d",e\n', ','],
		['\r\n\na;b', ';'],
		['ФИО, полностью;Сумма, руб;Телефон\nИванов;100,50;79', ';'],
		['Сумма, руб.;ФИО\n1,5;И', ';'],
		['Реестр, лист 1\n\na;b;c\n1;2;3', ';'],
		['a;b\n1,5,2;x\n2,5,2;y', ';'],
		['a,b\n"1;2;3",x\n"1;2;3",y', ','],
		['alone', ','],
		['', ','],
	])('in %j it is %j', (text, delimiter) => expect(detectDelimiter(text)).toBe(delimiter));
});
