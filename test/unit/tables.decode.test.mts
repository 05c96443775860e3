import fc from 'fast-check';

import { decodeText } from '../../bank131/tables/decodeText.ts';
import type { Encoding } from '../../bank131/tables/formats.ts';
import { encodeText as write, type WrittenEncoding } from '../support/encodings.mts';

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
		['utf-16le', Buffer.from('id;Имя\n', 'utf16le')],
		['UTF-16BE', Buffer.from('id;Имя\n', 'utf16le').swap16()],
	])('%s without a byte order mark is detected by its first letter', (_name, bytes) => {
		expect(decode(bytes)).toBe('id;Имя\n');
	});

	test.each(['utf-16le', 'utf-16be'] as const)(
		'%s without a byte order mark is detected by its zero bytes, whatever the first letter',
		(encoding) =>
			expect(decode(write('ФИО;Сумма\r\nИванов;100\r\n', encoding))).toBe(
				'ФИО;Сумма\r\nИванов;100\r\n',
			),
	);

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

	test.each<[string, string]>([
		['rtf', '{\\rtf1\\ansi'],
		['html', '<!DOCTYPE html><table>'],
		['html', '\ufeff\r\n<html xmlns:x="urn:schemas-microsoft-com:office:excel">'],
		['html', '<table><tr><td>1</td></tr></table>'],
		['xml', '<?xml version="1.0"?>'],
		['json', '[\n{"reference": "A-1"}]'],
		['json', '{"rows": []}'],
		['clientBank', '1CClientBankExchange\r\nВерсияФормата=1.03'],
	])('a text of %s is refused with its format: %j', (format, text) => {
		expect(decode(Buffer.from(text))).toEqual({ code: 'file.notCsv', format });
	});

	const sample = 'reference;ФИО;Сумма, руб.\r\nA-1;Яковлева Илья Фёдорович;1500,50\r\n';

	test.each(['koi8-r', 'ibm866', 'x-mac-cyrillic'] as const)(
		'%s is refused with its name, not read as Windows-1251',
		(looksLike) => {
			expect(decode(write(sample, looksLike))).toEqual({ code: 'file.unknownEncoding', looksLike });
		},
	);

	test.each([
		[
			'Latin-1',
			write('reference;name\r\nA-1;Jos\u00e9 Mu\u00f1oz\r\n', 'windows-1252'),
			'file.unknownEncoding',
		],
		[
			'UTF-8 cut in the middle of a letter',
			Buffer.from(sample).subarray(0, 15),
			'file.unknownEncoding',
		],
		[
			'UTF-8 with its mark, cut off',
			Buffer.from(`\ufeff${sample}`).subarray(0, 18),
			'file.notUtf8',
		],
		['UTF-16 cut off', write(`\ufeff${sample}`, 'utf-16le').subarray(0, 41), 'file.notText'],
		[
			'a picture',
			Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
			'file.unknownEncoding',
		],
		['zero bytes everywhere', new Uint8Array(64), 'file.notText'],
		['control characters', Buffer.from('a;b\n1;\u0004\n'), 'file.notText'],
	])('%s is refused', (_name, bytes, code) => {
		expect(decode(bytes)).toMatchObject({ code });
	});

	test.each([
		['names in capitals', 'ФИО;СУММА\nЩУКИН ЖОРЖ;1'],
		['names in small letters', 'ФИО;сумма\nщукин жорж;1'],
		['one sign', 'reference;note\nA-1;\u2116 5'],
		['quotes and dashes', 'reference;name\nA-1;\u00abВектор\u00bb \u2014 \u201cСвет\u201d'],
		['a Ukrainian name', 'reference;ФИО;Сумма\nA-1;Шевченко Ігор Миколайович;1'],
	])('Windows-1251 with %s is detected', (_name, text) => {
		expect(decode(write(text, 'windows-1251'))).toBe(text);
	});

	test('names in the other encodings are never read as Windows-1251', () => {
		const surname = fc.constantFrom(
			'Иванов',
			'Яковлев',
			'Цой',
			'Чехов',
			'Шахов',
			'Фёдоров',
			'Эйхе',
			'Юдин',
		);
		const given = fc.constantFrom('Илья', 'Ольга', 'Хасан', 'Денис', 'Эдуард', 'Юлия', 'Пётр');
		const encoding = fc.constantFrom<WrittenEncoding>('koi8-r', 'ibm866', 'x-mac-cyrillic');
		fc.assert(
			fc.property(fc.array(fc.tuple(surname, given), { minLength: 1 }), encoding, (names, name) => {
				const lines = names.map((parts) => `A;${parts.join(' ')};5`);
				const result = decode(write(`ref;ФИО;Сумма\r\n${lines.join('\r\n')}`, name));
				expect(result).toMatchObject({ code: 'file.unknownEncoding' });
			}),
		);
	});
});
