import fc from 'fast-check';

import type { Result } from '../../bank131/lib/result.ts';
import { checkAccount } from '../../bank131/values/accountNumber.ts';
import { isAccountKeyValid, isInnValid, isLuhnValid } from '../../bank131/values/checkDigits.ts';
import {
	checkBik,
	checkCardNumber,
	checkFpsBankId,
	checkFullName,
	checkInn,
	checkKpp,
	checkToken,
	checkPhone,
	checkPurpose,
	checkReference,
	checkYooMoneyWallet,
} from '../../bank131/values/identifiers.ts';
import type { KnownValue, ValueProblem } from '../../bank131/values/problems.ts';
import { requestProblemText } from '../../nodes/Bank131/parameters/requestProblemTexts.ts';
import { accountWithBik, cardNumber, companyInn, personInn } from '../support/arbitraries.mts';
import { describeCheck } from '../support/checkCases.mts';
import { growth, LINEAR } from '../support/growth.mts';

const strict = { checkDigits: true };
const lenient = { checkDigits: false };

const empty = (what: KnownValue): ValueProblem => ({ code: 'value.empty', what });
const notText = (what: KnownValue): ValueProblem => ({ code: 'value.notText', what });
const notDigits = (what: KnownValue): ValueProblem => ({ code: 'value.notDigits', what });
const digitsLost = (what: KnownValue): ValueProblem => ({ code: 'value.digitsLost', what });
const invisibleCharacter = (what: KnownValue): ValueProblem => ({
	code: 'value.invisibleCharacter',
	what,
});
const brokenCharacter = (what: KnownValue): ValueProblem => ({
	code: 'value.brokenCharacter',
	what,
});
const tooLong = (what: KnownValue, length: number, maxLength: number): ValueProblem => ({
	code: 'value.tooLong',
	what,
	length,
	maxLength,
});
const wrongLength = (
	what: KnownValue,
	digits: number,
	[min, max]: [number, number],
	isZeroLost = false,
): ValueProblem => ({ code: 'value.wrongLength', what, digits, min, max, isZeroLost });

/** `text` with one digit changed. */
const withOneDigitChanged = (text: string) =>
	fc
		.tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 9 }))
		.map(([at, add]) => text.slice(0, at) + ((Number(text[at]) + add) % 10) + text.slice(at + 1));

describe("check digits of the bank's documented sample values", () => {
	it.each([
		['card 4242424242424242', isLuhnValid('4242424242424242'), true],
		['INN 123456789012', isInnValid('123456789012'), false],
		['INN 3316004777 of the payer', isInnValid('3316004777'), false],
		['INN 7727406020 of the treasury', isInnValid('7727406020'), true],
		[
			'account 40817810100000270411 with BIK 044525971',
			isAccountKeyValid('40817810100000270411', '044525971'),
			false,
		],
		[
			'account 40817810400003869535 with BIK 044525974',
			isAccountKeyValid('40817810400003869535', '044525974'),
			true,
		],
		[
			'account 40702810200000000025 with BIK 049205131',
			isAccountKeyValid('40702810200000000025', '049205131'),
			true,
		],
	])('%s: valid is %p, expected %p', (_name, valid, expected) => {
		expect(valid).toBe(expected);
	});

	it.each<[string, Result<string, ValueProblem>, string]>([
		['INN', checkInn('123456789012', lenient, 12), '123456789012'],
		['account', checkAccount('40817810100000270411', '044525971', lenient), '40817810100000270411'],
		['phone', checkPhone('79680000000'), '79680000000'],
		['FPS bank', checkFpsBankId('100000000069'), '100000000069'],
		['YooMoney wallet of 13 digits', checkYooMoneyWallet('4100175017397'), '4100175017397'],
		['YooMoney wallet of 15 digits', checkYooMoneyWallet('410012411727100'), '410012411727100'],
		['KPP', checkKpp('770801001'), '770801001'],
		[
			'purpose',
			checkPurpose('Wire for agreement № 5015553111 Ivanov Ivan Ivanovich VAT exempt', 140),
			'Wire for agreement № 5015553111 Ivanov Ivan Ivanovich VAT exempt',
		],
	])('without verification of check digits the sample %s is accepted', (_name, result, value) => {
		expect(result).toEqual({ ok: true, value });
	});
});

describe('verification of check digits', () => {
	it('accepts every valid card number and refuses it with one digit changed', () => {
		fc.assert(
			fc.property(
				cardNumber().chain((n) => fc.tuple(fc.constant(n), withOneDigitChanged(n))),
				([right, wrong]) => {
					expect(checkCardNumber(right, strict)).toEqual({ ok: true, value: right });
					expect(checkCardNumber(wrong, strict).ok).toBe(false);
					expect(checkCardNumber(wrong, lenient).ok).toBe(true);
				},
			),
		);
	});

	it('accepts every valid account and refuses it with one digit changed', () => {
		const pair = accountWithBik.chain(({ bik, account }) =>
			fc.tuple(fc.constant(bik), fc.constant(account), withOneDigitChanged(account.slice(8))),
		);
		fc.assert(
			fc.property(pair, ([bik, account, tail]) => {
				expect(checkAccount(account, bik, strict)).toEqual({ ok: true, value: account });
				const wrong = account.slice(0, 8) + tail;
				expect(checkAccount(wrong, bik, strict).ok).toBe(false);
				expect(checkAccount(wrong, bik, lenient).ok).toBe(true);
			}),
		);
	});

	it('uses digits 5 and 6 of the BIK for an account in a cash settlement centre', () => {
		// The Federal Treasury at the Bank of Russia: account 40101810045250010041, BIK 044525000.
		expect(isAccountKeyValid('40101810045250010041', '044525000')).toBe(true);
		expect(isAccountKeyValid('40101810045250010041', '044525225')).toBe(false);
	});

	it('accepts every valid INN, with and without a required length', () => {
		fc.assert(
			fc.property(companyInn, personInn, (company, person) => {
				expect(checkInn(company, strict, 10)).toEqual({ ok: true, value: company });
				expect(checkInn(person, strict, 12)).toEqual({ ok: true, value: person });
				expect(checkInn(company, strict)).toMatchObject({ ok: true });
				expect(checkInn(person, strict)).toMatchObject({ ok: true });
			}),
		);
	});
});

describeCheck('checkCardNumber', (input) => checkCardNumber(input, strict), {
	accepts: [
		['4242424242424242', '4242424242424242'],
		[' 4242 4242 4242 4242 ', '4242424242424242'],
		['4242-4242-4242-4242', '4242424242424242'],
		['4242\u00a04242\u00a04242\u00a04242', '4242424242424242'],
		[378282246310005, '378282246310005'],
	],
	refuses: [
		['4242424242424241', { code: 'cardNumber.wrongCheckDigit', lastDigits: '4241' }],
		['424242424242', wrongLength('cardNumber', 12, [14, 19])],
		['42424242424242424242', wrongLength('cardNumber', 20, [14, 19])],
		[4242424242424242, digitsLost('cardNumber')],
		[4.24242424242424e15, digitsLost('cardNumber')],
		[4.2e20, digitsLost('cardNumber')],
		['4,24242E+15', digitsLost('cardNumber')],
		['4.24E+15', digitsLost('cardNumber')],
		['', empty('cardNumber')],
		[undefined, empty('cardNumber')],
		[null, empty('cardNumber')],
		[true, notText('cardNumber')],
		[{}, notText('cardNumber')],
		['４２４２', notDigits('cardNumber')],
		['4242 4242 4242 424O', notDigits('cardNumber')],
		[NaN, { code: 'value.notANumber', what: 'cardNumber' }],
	],
});

test('the problem of a card number with a wrong digit holds only its last digits', () => {
	fc.assert(
		fc.property(cardNumber().chain(withOneDigitChanged), (wrong) => {
			expect(JSON.stringify(checkCardNumber(wrong, strict))).not.toContain(wrong.slice(0, 10));
		}),
	);
});

describeCheck('checkBik', checkBik, {
	accepts: [
		['044525974', '044525974'],
		[' 044 525 974', '044525974'],
		['017003983', '017003983'],
	],
	refuses: [
		[44525974, wrongLength('bik', 8, [9, 9], true)],
		['44525974', wrongLength('bik', 8, [9, 9], true)],
		['0445259', wrongLength('bik', 7, [9, 9])],
		['144525974', { code: 'bik.wrongFirstDigit' }],
		['', empty('bik')],
		['04452597A', notDigits('bik')],
	],
});

describe('checkAccount', () => {
	const bik = '044525974';
	const account = '40817***9535';
	const accepted = ['40817', '42301', '42302', '42303', '42304', '42305', '42306', '42307'];

	describeCheck('for a payout from the collateral account', (x) => checkAccount(x, bik, strict), {
		accepts: [
			['40817810400003869535', '40817810400003869535'],
			['40817 810 4 0000 3869535', '40817810400003869535'],
			['40817.810.4.00003869535', '40817810400003869535'],
		],
		refuses: [
			['40817810500003869535', { code: 'account.wrongCheckDigit', account, bik }],
			['4081781040000386953', wrongLength('account', 19, [20, 20])],
			[
				'40603810400003869535',
				{
					code: 'account.notPaidTo',
					account: '40603***9535',
					paidFrom: 'collateral',
					accepted: [...accepted, '40802', '40820', '40702'],
				},
			],
			['40817840400003869535', { code: 'account.notRubles', account, currency: '840' }],
			[Number('40817810400003869535'), digitsLost('account')],
			['4,08178E+19', digitsLost('account')],
			['4E+19', digitsLost('account')],
			['4E19', digitsLost('account')],
			['40.8178E+18', digitsLost('account')],
			['', empty('account')],
		],
	});

	it.each<[start: string, fromCollateral: boolean, fromSettlement: boolean]>([
		['40817', true, true],
		['42301', true, true],
		['42307', true, true],
		['40802', true, true],
		['40702', true, true],
		['40820', true, false],
		['40701', false, true],
		['40502', false, true],
		// The bank may pay these, but its page does not list them.
		['40810', false, false],
		['42601', false, false],
		['40601', false, false],
	])(
		'account %s…: paid from the collateral account: %p, from a settlement account: %p',
		(start, fromCollateral, fromSettlement) => {
			const isPaid = (paidFrom: 'collateral' | 'settlement') =>
				checkAccount(`${start}810000000000000`.padEnd(20, '0'), bik, lenient, paidFrom).ok;
			expect([isPaid('collateral'), isPaid('settlement')]).toEqual([
				fromCollateral,
				fromSettlement,
			]);
		},
	);

	it('does not verify the control key against an empty BIK', () => {
		expect(checkAccount('40817810400003869535', '', strict).ok).toBe(true);
	});
});

describeCheck('checkInn of a person', (input) => checkInn(input, strict, 12), {
	accepts: [['500100732259', '500100732259']],
	refuses: [
		['7707083893', { code: 'inn.ofCompany' }],
		[12345678901, wrongLength('inn', 11, [12, 12], true)],
		['12345', wrongLength('inn', 5, [12, 12])],
		['', empty('inn')],
	],
});

describeCheck('checkInn of a company', (input) => checkInn(input, strict, 10), {
	accepts: [
		['7707083893', '7707083893'],
		[7707083893, '7707083893'],
	],
	refuses: [
		['500100732259', { code: 'inn.ofPerson' }],
		[101234567, wrongLength('inn', 9, [10, 10], true)],
	],
});

describeCheck('checkInn of a person or company', (input) => checkInn(input, strict), {
	refuses: [
		['77070838931', { code: 'inn.wrongLength', digits: 11, isZeroLost: true }],
		['7707083', { code: 'inn.wrongLength', digits: 7, isZeroLost: false }],
		['7707083894', { code: 'inn.wrongCheckDigits' }],
		['0000000000', { code: 'inn.wrongCheckDigits' }],
	],
});

describeCheck('checkKpp', checkKpp, {
	accepts: [
		['770801001', '770801001'],
		['7708AB001', '7708AB001'],
		['7708ab001', '7708AB001'],
		[770801001, '770801001'],
	],
	refuses: [
		[70801001, wrongLength('kpp', 8, [9, 9], true)],
		['77080100', wrongLength('kpp', 8, [9, 9], true)],
		['770801001X', { code: 'kpp.wrongFormat' }],
		['7708АБ001', { code: 'kpp.wrongFormat' }],
		['', empty('kpp')],
	],
});

describeCheck('checkPhone', checkPhone, {
	accepts: [
		['79680000000', '79680000000'],
		['+7 (968) 000-00-00', '79680000000'],
		['8 968 000 00 00', '79680000000'],
		['8(968)000\u00a000\u201100', '79680000000'],
		['+7.968.000.00.00', '79680000000'],
		[79680000000, '79680000000'],
		[89680000000, '79680000000'],
		['0070009210197', '70009210197'],
		['+375 29 123-45-67', '375291234567'],
		['+84 95 123 45 67', '84951234567'],
		['+84951234567', '84951234567'],
		['+86 138 0000 0000', '8613800000000'],
	],
	refuses: [
		['19680000000', { code: 'phone.wrongLength', digits: 11 }],
		['+8 495 123-45-67', { code: 'phone.plusEight' }],
		['+8 (495) 123 45 67', { code: 'phone.plusEight' }],
		['+8-968-000-00-00', { code: 'phone.plusEight' }],
		['008 495 123 45 67', { code: 'phone.plusEight' }],
		['7.968E+10', digitsLost('phone')],
		['+89680000000', { code: 'phone.wrongLength', digits: 11 }],
		['9680000000', { code: 'phone.noCountryCode' }],
		['375291234567', { code: 'phone.wrongLength', digits: 12 }],
		['796800000', { code: 'phone.wrongLength', digits: 9 }],
		['call me', { code: 'phone.notDigits' }],
		['+7968000000O', { code: 'phone.notDigits' }],
		['', empty('phone')],
	],
});

describeCheck('checkFpsBankId', checkFpsBankId, {
	accepts: [
		['100000000069', '100000000069'],
		[100000000069, '100000000069'],
	],
	refuses: [
		['044525974', { code: 'fpsBankId.wrongLength', digits: 9 }],
		['', empty('fpsBankId')],
	],
});

describeCheck('checkYooMoneyWallet', checkYooMoneyWallet, {
	accepts: [['4100175017397', '4100175017397']],
	refuses: [
		['1234567890', wrongLength('yooMoneyWallet', 10, [11, 20])],
		['123456789012345678901', wrongLength('yooMoneyWallet', 21, [11, 20])],
		[4100124117271001, digitsLost('yooMoneyWallet')],
	],
});

describeCheck('checkPurpose with 140 characters', (input) => checkPurpose(input, 140), {
	accepts: [
		['Оплата по договору № 7, НДС не облагается', 'Оплата по договору № 7, НДС не облагается'],
		['  {VO99090} Wire  ', '{VO99090} Wire'],
		['я'.repeat(140), 'я'.repeat(140)],
		['😀'.repeat(140), '😀'.repeat(140)],
		['и\u0306'.repeat(140), 'й'.repeat(140)],
		['Оплата\u00a0по\u202fдоговору', 'Оплата по договору'],
	],
	refuses: [
		['Paid?', { code: 'purpose.forbiddenCharacter', character: '?' }],
		['Paid!', { code: 'purpose.forbiddenCharacter', character: '!' }],
		['a\nb', invisibleCharacter('purpose')],
		['a\u0000b', invisibleCharacter('purpose')],
		['я'.repeat(141), tooLong('purpose', 141, 140)],
		['и\u0306'.repeat(141), tooLong('purpose', 141, 140)],
		['😀'.slice(0, 1) + 'я', brokenCharacter('purpose')],
		['', empty('purpose')],
	],
});

describeCheck('checkFullName', checkFullName, {
	accepts: [
		['Иванов Иван Иванович', 'Иванов Иван Иванович'],
		["Sean O'Connor-Smith Jr.", "Sean O'Connor-Smith Jr."],
		['ООО «1С-Битрикс»', 'ООО «1С-Битрикс»'],
		[' ИП Ёлкина Ю. ', 'ИП Ёлкина Ю.'],
		['Е\u0308лкина\u00a0Юлия', 'Ёлкина Юлия'],
		['и\u0306'.repeat(255), 'й'.repeat(255)],
	],
	refuses: [
		['12345', { code: 'fullName.noLetters' }],
		['Иванов\nИван', invisibleCharacter('fullName')],
		['x'.repeat(256), tooLong('fullName', 256, 255)],
		['Иван \udc00', brokenCharacter('fullName')],
		['\u3164', invisibleCharacter('fullName')],
		['', empty('fullName')],
	],
});

describeCheck('checkReference', checkReference, {
	accepts: [
		['order-7', 'order-7'],
		[' order-7 ', 'order-7'],
		[42, '42'],
		['и\u0306', 'и\u0306'],
		['INV\u00a01 \u202f2', 'INV\u00a01 \u202f2'],
		['PAY‑1', 'PAY‑1'],
		['4E19', '4E19'],
		['7e11', '7e11'],
		['1E-7', '1E-7'],
		['A7E+11', 'A7E+11'],
		['🧾\ufe0f-7', '🧾\ufe0f-7'],
	],
	refuses: [
		[1234567890123456, digitsLost('reference')],
		['7E+11', digitsLost('reference')],
		['4.1E+19', digitsLost('reference')],
		['20.26E+10', digitsLost('reference')],
		['20,26e10', digitsLost('reference')],
		['a\tb', invisibleCharacter('reference')],
		['order\u200b-7', invisibleCharacter('reference')],
		['\u202aorder-7\u202c', invisibleCharacter('reference')],
		['order\u3164-7', invisibleCharacter('reference')],
		['order\u115f-7', invisibleCharacter('reference')],
		['order\u2800-7', invisibleCharacter('reference')],
		['\ufe0f', empty('reference')],
		['', empty('reference')],
		['   ', empty('reference')],
		[undefined, empty('reference')],
	],
});

describeCheck('checkToken of a card token', (input) => checkToken(input, 'cardToken'), {
	accepts: [[' 759c9852dde2211d ', '759c9852dde2211d']],
	refuses: [
		['', empty('cardToken')],
		[null, empty('cardToken')],
		[12, { code: 'token.notText', what: 'cardToken' }],
		['a b', { code: 'token.forbiddenCharacter', what: 'cardToken' }],
		['токен', { code: 'token.forbiddenCharacter', what: 'cardToken' }],
		['x'.repeat(4097), { code: 'token.forbiddenCharacter', what: 'cardToken' }],
	],
});

describe('every check', () => {
	it('takes time in proportion to the length of any text', () => {
		const all = [
			(x: unknown) => checkCardNumber(x, strict),
			(x: unknown) => checkAccount(x, '044525974', strict),
			checkPhone,
			checkKpp,
			(x: unknown) => checkPurpose(x, 210),
			checkFullName,
			(x: unknown) => checkToken(x, 'hash'),
		];
		for (const piece of ['1', ' ', '-', '1 ', '1e', '+', 'я', '\n']) {
			const runAll = (count: number) => {
				const text = `1${piece.repeat(count)}x`;
				for (const check of all) check(text);
			};
			expect(growth(runAll, 10_000)).toBeLessThan(LINEAR);
		}
	});

	it('returns a problem with a readable sentence for any invalid input', () => {
		const all = [
			(x: unknown) => checkCardNumber(x, strict),
			checkBik,
			(x: unknown) => checkAccount(x, '044525974', strict),
			(x: unknown) => checkInn(x, strict),
			checkKpp,
			checkPhone,
			checkFpsBankId,
			checkYooMoneyWallet,
			(x: unknown) => checkPurpose(x, 210),
			checkFullName,
			checkReference,
			(x: unknown) => checkToken(x, 'hash'),
		];
		fc.assert(
			fc.property(fc.anything(), fc.constantFrom(...all), (input, check) => {
				const result = check(input);
				if (result.ok) return;
				const { message, remedy } = requestProblemText(result.problem);
				expect(message).not.toMatch(/error|undefined|NaN|\[object/i);
				expect(remedy).not.toBe('');
			}),
			{ numRuns: 3000 },
		);
	});
});
