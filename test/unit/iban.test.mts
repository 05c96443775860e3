/** IBAN: the international number of an account (ISO 13616). */
import fc from 'fast-check';

import { checkIban } from '../../bank131/values/accountNumber.ts';
import { isIbanValid } from '../../bank131/values/checkDigits.ts';
import type { ValueProblem } from '../../bank131/values/problems.ts';
import { describeCheck } from '../support/checkCases.mts';

const strict = { checkDigits: true };
const lenient = { checkDigits: false };

/** Numbers that banks and the standard publish as examples. */
const examples = [
	'UA213996220000026007233566001',
	'DE89370400440532013000',
	'GB82WEST12345698765432',
	'KZ86125KZT5004100100',
	'NO9386011117947',
	'MT84MALT011000012345MTLCAST001S',
];

const wrongFormat: ValueProblem = { code: 'iban.wrongFormat' };

describeCheck<string, ValueProblem>('IBAN', (input) => checkIban(input, strict), {
	accepts: [
		...examples.map((iban): [string, string] => [iban, iban]),
		[' ua21 3996 2200 0002 6007 2335 6600 1 ', 'UA213996220000026007233566001'],
		['DE89-3704-0044-0532-0130-00', 'DE89370400440532013000'],
		['DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000', 'DE89370400440532013000'],
	],
	refuses: [
		[undefined, { code: 'value.empty', what: 'iban' }],
		['  ', { code: 'value.empty', what: 'iban' }],
		[['DE89370400440532013000'], { code: 'value.notText', what: 'iban' }],
		['undefined', { code: 'value.missing', what: 'iban', word: 'undefined' }],
		['40817810100000270411', wrongFormat],
		// Cyrillic letters.
		['ДЕ89370400440532013000', wrongFormat],
		['DE8937040044', wrongFormat],
		['DE89370400440532013000!', wrongFormat],
		[`DE89${'1'.repeat(31)}`, wrongFormat],
		['DE89370400440532013001', { code: 'iban.wrongCheckDigits', account: 'DE893***3001' }],
		['DE98370400440532013000', { code: 'iban.wrongCheckDigits', account: 'DE983***3000' }],
	],
});

describeCheck<string, ValueProblem>(
	'IBAN without the check digits',
	(input) => checkIban(input, lenient),
	{
		accepts: [['DE00370400440532013000', 'DE00370400440532013000']],
		refuses: [['DE0037', wrongFormat]],
	},
);

test('any two exchanged or changed characters of an IBAN: its check digits are wrong', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...examples),
			fc.nat(10),
			fc.integer({ min: 1, max: 9 }),
			(iban, at, add) => {
				const position = iban.length - 1 - (at % (iban.length - 4));
				const digit = Number(iban[position]);
				fc.pre(Number.isInteger(digit));
				const changed =
					iban.slice(0, position) + String((digit + add) % 10) + iban.slice(position + 1);
				expect(isIbanValid(iban)).toBe(true);
				expect(isIbanValid(changed)).toBe(false);
				const [first, second] = [iban[position - 1], iban[position]];
				const exchanged = iban.slice(0, position - 1) + second + first + iban.slice(position + 1);
				expect(isIbanValid(exchanged)).toBe(first === second);
			},
		),
	);
});
