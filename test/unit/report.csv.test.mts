import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import {
	decodeText,
	detectDelimiter,
	parseCsv,
	type Delimiter,
} from '../../bank131/reports/csv.ts';

const rows = (text: string, delimiter?: Delimiter) => {
	const parsed = parseCsv(text, delimiter);
	if (!parsed.ok) throw new Error(parsed.problem.message);
	return parsed.value.map(({ cells }) => cells);
};
const trouble = (text: string) => {
	const parsed = parseCsv(text);
	return parsed.ok ? undefined : parsed.problem.message;
};

describe('parseCsv', () => {
	test('quotes, escaped quotes, line breaks and delimiters inside quotes', () => {
		expect(rows('a;b\r\n"x;1";"say ""hi"""\n"two\r\nlines";\r')).toEqual([
			['a', 'b'],
			['x;1', 'say "hi"'],
			['two\r\nlines', ''],
		]);
	});

	test('a bare JSON cell, as in the sample of the bank', () => {
		expect(rows('id;meta\n1;{"test_data":"test"}\n')).toEqual([
			['id', 'meta'],
			['1', '{"test_data":"test"}'],
		]);
	});

	test('every record knows its line, past empty lines and line breaks in cells', () => {
		const parsed = parseCsv('a,b\n\n"1\n2",x\r\n\r\ny,z');
		expect(parsed.ok && parsed.value.map(({ line }) => line)).toEqual([1, 3, 6]);
	});

	test('an unclosed quote and text behind a quote name their line', () => {
		expect(trouble('a;b\n1;2\n3;"4\n5;6\n')).toBe(
			'Line 3: the quote that opens here is never closed',
		);
		expect(trouble('a;b\n"1"x;2\n')).toMatch(/^Line 2: there is text between a closing quote/);
	});

	test('reads what csv-parse reads, for any table, quoted only where needed or everywhere', () => {
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
				(cells, delimiter, lineEnd, always, endsWithLine) => {
					const write = (text: string) =>
						always || text === '' || /["\r\n;,\t]/.test(text)
							? `"${text.replaceAll('"', '""')}"`
							: text;
					const text =
						cells.map((row) => row.map(write).join(delimiter)).join(lineEnd) +
						(endsWithLine ? lineEnd : '');
					expect(rows(text, delimiter)).toEqual(cells);
					expect(rows(text, delimiter)).toEqual(
						parse(text, { delimiter, record_delimiter: lineEnd, relax_column_count: true }),
					);
				},
			),
			{ numRuns: 500 },
		);
	});

	test('any text is read or refused, and nothing but delimiters, quotes and line ends is lost', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[ab;"\r\n]{0,40}$/), (text) => {
				const parsed = parseCsv(text, ';');
				if (!parsed.ok) return;
				const letters = (one: string) => one.replace(/[^ab]/g, '');
				expect(letters(parsed.value.flatMap(({ cells }) => cells).join(''))).toBe(letters(text));
			}),
			{ numRuns: 2000 },
		);
	});

	test.each([
		['quotes', '"'.repeat(400_000)],
		['opened cells', '";'.repeat(400_000)],
		['one long line', 'a'.repeat(4_000_000)],
		['empty lines', '\n'.repeat(4_000_000)],
	])('a hostile file of %s takes no long time', (_name, text) => {
		const began = performance.now();
		parseCsv(text);
		expect(performance.now() - began).toBeLessThan(3000);
	});
});

describe('detectDelimiter', () => {
	test.each([
		['a;b;c\n1,5;2,5;3,5', ';'],
		['a,b,c\n1;2', ','],
		['a\tb\tc', '\t'],
		['"a;b;c;d",e\n', ','],
		['\r\n\na;b', ';'],
		['alone', ','],
		['', ','],
	])('%j', (text, delimiter) => expect(detectDelimiter(text)).toBe(delimiter));
});

describe('decodeText', () => {
	const decoded = (bytes: Uint8Array, encoding?: 'utf-8' | 'windows-1251') => {
		const result = decodeText(bytes, encoding);
		return result.ok ? result.value : `! ${result.problem.message}`;
	};
	const cp1251 = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);

	test('UTF-8 with and without a byte order mark, UTF-16, Windows-1251', () => {
		expect(decoded(Buffer.from('Привет'))).toBe('Привет');
		expect(decoded(Buffer.from('\ufeffПривет'))).toBe('Привет');
		expect(decoded(Buffer.from('\ufeffПривет', 'utf16le'))).toBe('Привет');
		expect(decoded(cp1251)).toBe('Привет');
		expect(decoded(cp1251, 'windows-1251')).toBe('Привет');
		expect(decoded(cp1251, 'utf-8')).toBe('! The file is not UTF-8 text');
	});

	test.each([
		['PK\u0003\u0004', 'an XLSX or ZIP file'],
		['%PDF-1.7', 'a PDF file'],
	])('says what the file is instead', (start, what) => {
		expect(decoded(Buffer.from(start))).toBe(`! This is ${what}, not a CSV file`);
	});

	test('a file beyond the limit is refused', () => {
		expect(decoded(new Uint8Array(50 * 1024 * 1024 + 1))).toBe('! The file is larger than 50 MB');
	});
});
