import type { Result } from '../../bank131/lib/result.ts';
import { accountDigits } from '../../bank131/values/accountNumber.ts';
import { checkCalendarDay } from '../../bank131/values/dates.ts';
import {
	checkFullName,
	checkKpp,
	checkPhone,
	checkPurpose,
	checkReference,
	checkToken,
} from '../../bank131/values/identifiers.ts';
import { parseAmount } from '../../bank131/values/money.ts';
import type { ValueProblem } from '../../bank131/values/problems.ts';
import { cleanText } from '../../bank131/values/text.ts';
import { findUnusableJson } from '../../bank131/values/unusableText.ts';
import { encodeText } from '../support/encodings.mts';

const checks: Array<[string, (input: unknown) => Result<unknown, ValueProblem>]> = [
	['Reference', checkReference],
	['full name', checkFullName],
	['purpose', (x) => checkPurpose(x, 210)],
	['any other text', (x) => cleanText(x, 'it')],
	['phone', checkPhone],
	['KPP', checkKpp],
	['account', (x) => accountDigits(x, 'account')],
	['token', (x) => checkToken(x, 'cardToken')],
	['day', (x) => checkCalendarDay(x, 'it')],
	['amount', (x) => parseAmount(x, 'major', 'rub')],
];

/** The code of the problem; undefined if the value is accepted. */
const codeOf = (result: Result<unknown, ValueProblem>) =>
	result.ok ? undefined : result.problem.code;

describe.each(checks)('%s', (_name, check) => {
	it.each(['\ufffd\ufffd\ufffd\ufffd\ufffd', 'Ivanov\ufffd', '1\ufffd500,00', '\ufffd7'])(
		'refuses %p as text of a file in the wrong encoding',
		(text) => {
			expect(codeOf(check(text))).toBe('value.wrongEncoding');
		},
	);
});

describe.each(checks.slice(0, 4))('letters of a wrong encoding in: %s', (_name, check) => {
	it.each([
		['UTF-8 read as Windows-1251', 'utf-8', 'windows-1251'],
		['UTF-8 read as Latin-1', 'utf-8', 'windows-1252'],
		['Windows-1251 read as Latin-1', 'windows-1251', 'windows-1252'],
	] as const)('refuses names in %s', (_case, written, readAs) => {
		for (const name of ['Иванов Иван', 'Яковлева Ольга', 'ЩУКИН ЖОРЖ', 'Оплата по счёту']) {
			const text = new TextDecoder(readAs).decode(encodeText(name, written));
			expect(codeOf(check(text))).toBe('value.garbled');
		}
	});

	it.each([
		'Café créée',
		'Müller-Öztürk',
		'Łukasz Żółć',
		'РСФСР',
		'ООО «РС» — С.Р.',
		'Ångström Åse',
	])('accepts %s', (name) => expect(codeOf(check(name))).toBeUndefined());
});

describe('JSON that goes to the bank', () => {
	it.each([{ note: 'Al\ufffdna' }, { list: [1, { deep: '\ufffd' }] }, { '\ufffd\ufffd': 1 }])(
		'refuses %j as text of a file in the wrong encoding',
		(value) => {
			expect(findUnusableJson(value, 'it')?.code).toBe('value.wrongEncoding');
		},
	);

	it('accepts texts, numbers, booleans and null', () => {
		expect(findUnusableJson({ a: 'Алёна', b: [1, null, true, 'null-1'] }, 'it')).toBeUndefined();
	});
});

describe.each(checks.slice(0, 4))('words for a missing value in: %s', (_name, check) => {
	it.each([
		'undefined',
		'deal-undefined',
		'Оплата по undefined',
		'undefined_7',
		'7undefined',
		'[object Object]',
		'PAY[object Object]7',
		'[object Date]',
		'null',
		' NaN ',
	])('refuses %p', (text) => {
		expect(codeOf(check(text))).toBe('value.missing');
	});

	it.each([
		'#N/A',
		'#REF!',
		'#VALUE!',
		'#NAME?',
		'#DIV/0!',
		'#NUM!',
		'#ЗНАЧ!',
		'#Н/Д',
		'#ССЫЛКА!',
		'#ИМЯ?',
		'#ДЕЛ/0!',
		'#ЧИСЛО!',
		'Оплата #Н/Д от 5 мая',
		'PAY-#REF!',
	])('refuses the spreadsheet error %p', (text) => {
		expect(codeOf(check(text))).toBe('value.spreadsheetError');
	});

	it.each([
		'annulled-7',
		'nullable x',
		'Null Иван',
		'NULL',
		'Nan Goldin',
		'undefinedness',
		'#N/Ant',
		'N/A x',
		'заказ № 7 #5',
	])('accepts %p', (text) => {
		expect(codeOf(check(text))).toBeUndefined();
	});
});

describe('null and NaN between separators', () => {
	it.each(['PAY-null', 'null-7', 'PAY_null_7', 'PAY/NaN', 'row NaN', 'заказ.null'])(
		'a Reference with %p is refused',
		(text) => {
			expect(codeOf(checkReference(text))).toBe('value.missing');
		},
	);

	it.each(['annulled-7', 'PAYnull', 'null7', 'PAY-NULL', 'PAY-nan'])(
		'a Reference with %p is accepted',
		(text) => {
			expect(codeOf(checkReference(text))).toBeUndefined();
		},
	);

	it.each(['Payment null and void', 'Nul NaN Oy'])('a purpose with %p is accepted', (text) => {
		expect(codeOf(checkPurpose(text, 210))).toBeUndefined();
	});
});
