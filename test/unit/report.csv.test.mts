import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { decodeText, detectDelimiter, parseCsv } from '../../bank131/reports/csv.ts';
import type { Delimiter, Encoding } from '../../bank131/reports/formats.ts';

const parseCells = (text: string, delimiter?: Delimiter) => {
	const parsed = parseCsv(text, delimiter);
	if (!parsed.ok) throw new Error(parsed.problem.code);
	return parsed.value.map(({ cells }) => cells);
};
const problemOf = (text: string) => {
	const parsed = parseCsv(text);
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
		const parsed = parseCsv('a,b\n\n"1\n2",x\r\n\r\ny,z');
		expect(parsed.ok && parsed.value.map(({ line }) => line)).toEqual([1, 3, 6]);
	});

	test.each([
		['sep=;\na;b,c\n', ['a', 'b,c']],
		['sep=,\r\na;b,c\r\n', ['a;b', 'c']],
		['SEP=\t\ra\tb;c\r', ['a', 'b;c']],
		['"sep=;"\na;b,c\n', ['a', 'b,c']],
	])('the line of Excel in %j names the delimiter and is no record', (text, cells) => {
		const parsed = parseCsv(text);
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
				const parsed = parseCsv(text, ';');
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
		['quotes', '"'.repeat(400_000)],
		['cells with an open quote', '";'.repeat(400_000)],
		['one long line', 'a'.repeat(4_000_000)],
		['empty lines', '\n'.repeat(4_000_000)],
	])('a hostile file of %s is parsed or refused within 3 seconds', (_name, text) => {
		const start = performance.now();
		parseCsv(text);
		expect(performance.now() - start).toBeLessThan(3000);
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
	])('in %j it is %j', (text, delimiter) => expect(detectDelimiter(text)).toBe(delimiter));
});

describe('decodeText', () => {
	const decode = (bytes: Uint8Array, encoding?: Encoding) => {
		const result = decodeText(bytes, encoding);
		return result.ok ? result.value : result.problem;
	};
	const windows1251 = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);

	test.each<[string, Uint8Array]>([
		['UTF-8 without a byte order mark', Buffer.from('Привет')],
		['UTF-8 with a byte order mark', Buffer.from('\ufeffПривет')],
		['UTF-16 with a byte order mark', Buffer.from('\ufeffПривет', 'utf16le')],
		['UTF-16BE with a byte order mark', Buffer.from('\ufeffПривет', 'utf16le').swap16()],
		['Windows-1251', windows1251],
	])('%s is detected', (_name, bytes) => expect(decode(bytes)).toBe('Привет'));

	test.each<[string, Uint8Array]>([
		['UTF-16LE', Buffer.from('id;Имя\n', 'utf16le')],
		['UTF-16BE', Buffer.from('id;Имя\n', 'utf16le').swap16()],
	])('%s without a byte order mark is detected by its first letter', (_name, bytes) => {
		expect(decode(bytes)).toBe('id;Имя\n');
	});

	test('with the encoding Windows-1251 the text is decoded as such', () => {
		expect(decode(windows1251, 'windows-1251')).toBe('Привет');
	});

	test('with the encoding UTF-8, bytes that are not UTF-8 are refused', () => {
		expect(decode(windows1251, 'utf-8')).toEqual({ code: 'file.notUtf8' });
	});

	test.each<[string, Uint8Array]>([
		['zip', Buffer.from('PK\u0003\u0004')],
		['xls', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
		['pdf', Buffer.from('%PDF-1.7')],
		['gzip', Uint8Array.from([0x1f, 0x8b, 0x08])],
	])('a %s file is refused with its format', (format, bytes) => {
		expect(decode(bytes)).toEqual({ code: 'file.notCsv', format });
	});

	test('a file of 50 MB and one byte is refused', () => {
		expect(decode(new Uint8Array(50 * 1024 * 1024 + 1))).toEqual({
			code: 'file.tooLarge',
			maxMegabytes: 50,
		});
	});
});
