import fc from 'fast-check';

import { isAccountKeyValid, isInnValid, isLuhnValid } from '../../bank131/values/checkDigits.ts';
import { checkAccount } from '../../bank131/values/accountNumber.ts';
import {
	checkBik,
	checkCardNumber,
	checkFpsBankId,
	checkFullName,
	checkInn,
	checkKpp,
	checkOpaque,
	checkPhone,
	checkPurpose,
	checkReference,
	checkYooMoneyWallet,
} from '../../bank131/values/identifiers.ts';
import type { Checked } from '../../bank131/lib/result.ts';
import { accountWithBik, cardNumber, companyInn, personInn } from '../support/arbitraries.mts';

const strict = { checkDigits: true };
const lenient = { checkDigits: false };

/** The value, or `message → remedy`. */
function said(result: Checked<string>): string {
	return result.ok ? result.value : `${result.problem.message} → ${result.problem.remedy}`;
}

/** `text` with one digit changed. */
const withOneDigitChanged = (text: string) =>
	fc
		.tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 9 }))
		.map(([at, add]) => text.slice(0, at) + ((Number(text[at]) + add) % 10) + text.slice(at + 1));

describe("the bank's documented sample values", () => {
	it.each([
		['4242424242424242', isLuhnValid('4242424242424242'), true],
		['INN 123456789012', isInnValid('123456789012'), false],
		['INN of the payer 3316004777', isInnValid('3316004777'), false],
		['INN 7727406020 of the treasury', isInnValid('7727406020'), true],
		[
			'40817810100000270411 with 044525971',
			isAccountKeyValid('40817810100000270411', '044525971'),
			false,
		],
		[
			'40817810400003869535 with 044525974',
			isAccountKeyValid('40817810400003869535', '044525974'),
			true,
		],
		[
			'40702810200000000025 with 049205131',
			isAccountKeyValid('40702810200000000025', '049205131'),
			true,
		],
	])('%s: check digits right: %p, expected %p', (_name, valid, expected) => {
		expect(valid).toBe(expected);
	});

	it('all pass when check digits are not verified', () => {
		expect(said(checkInn('123456789012', lenient, 12))).toBe('123456789012');
		expect(said(checkAccount('40817810100000270411', '044525971', lenient))).toBe(
			'40817810100000270411',
		);
		expect(said(checkPhone('79680000000'))).toBe('79680000000');
		expect(said(checkFpsBankId('100000000069'))).toBe('100000000069');
		expect(said(checkYooMoneyWallet('4100175017397'))).toBe('4100175017397');
		expect(said(checkYooMoneyWallet('410012411727100'))).toBe('410012411727100');
		expect(said(checkKpp('770801001'))).toBe('770801001');
		expect(
			said(checkPurpose('Wire for agreement № 5015553111 Ivanov Ivan Ivanovich VAT exempt', 140)),
		).toMatch(/^Wire/);
	});
});

describe('check digits', () => {
	it('of cards: right ones pass, one changed digit is always noticed', () => {
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

	it('of accounts: right ones pass, one changed digit is always noticed', () => {
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

	it('of accounts in a cash settlement centre count with digits 5 and 6 of its BIK', () => {
		// The Federal Treasury at the Bank of Russia: account 40101810045250010041, BIK 044525000.
		expect(isAccountKeyValid('40101810045250010041', '044525000')).toBe(true);
		expect(isAccountKeyValid('40101810045250010041', '044525225')).toBe(false);
	});

	it('of INN: right ones pass, one changed digit is nearly always noticed', () => {
		fc.assert(
			fc.property(companyInn, personInn, (company, person) => {
				expect(checkInn(company, strict, 10)).toEqual({ ok: true, value: company });
				expect(checkInn(person, strict, 12)).toEqual({ ok: true, value: person });
				expect(checkInn(company, strict)).toMatchObject({ ok: true });
				expect(checkInn(person, strict)).toMatchObject({ ok: true });
			}),
		);
		expect(said(checkInn('7707083894', strict))).toMatch(/check digits are wrong/);
		expect(said(checkInn('0000000000', strict))).toMatch(/does not exist/);
	});
});

type Case = [unknown, string | RegExp];
const expectCase = (result: Checked<string>, expected: string | RegExp) => {
	if (typeof expected === 'string') expect(result).toEqual({ ok: true, value: expected });
	else {
		expect(result.ok).toBe(false);
		expect(said(result)).toMatch(expected);
	}
};

describe('checkCardNumber', () => {
	it.each<Case>([
		['4242424242424242', '4242424242424242'],
		[' 4242 4242 4242 4242 ', '4242424242424242'],
		['4242-4242-4242-4242', '4242424242424242'],
		['4242\u00a04242\u00a04242\u00a04242', '4242424242424242'],
		[378282246310005, '378282246310005'],
		['4242424242424241', /ending in 4241 does not exist: its check digit is wrong/],
		['424242424242', /has 12 digits, not 14 to 19/],
		['42424242424242424242', /has 20 digits/],
		[4242424242424242, /only 15 digits .* → Format the column as text/],
		[4.24242424242424e15, /as text/],
		[4.2e20, /as text/],
		['4,24242E+15', /as text/],
		['4.24E+15', /as text/],
		['', /Card number is empty → Enter the card number/],
		[undefined, /is empty/],
		[null, /is empty/],
		[true, /is not text/],
		[{}, /is not text/],
		['４２４２', /something other than the digits/],
		['4242 4242 4242 424O', /something other than the digits/],
		[NaN, /is not a number/],
	])('%p', (input, expected) => expectCase(checkCardNumber(input, strict), expected));

	it('never repeats the number', () => {
		fc.assert(
			fc.property(cardNumber().chain(withOneDigitChanged), (wrong) => {
				expect(said(checkCardNumber(wrong, strict))).not.toContain(wrong.slice(0, 10));
			}),
		);
	});
});

describe('checkBik', () => {
	it.each<Case>([
		['044525974', '044525974'],
		[' 044 525 974', '044525974'],
		['017003983', '017003983'],
		[44525974, /has 8 digits, not 9 → Spreadsheets drop a leading zero/],
		['44525974', /leading zero/],
		['0445259', /has 7 digits, not 9 → Copy/],
		['144525974', /does not begin with 0/],
		['', /BIK is empty → Enter the BIK/],
		['04452597A', /something other/],
	])('%p', (input, expected) => expectCase(checkBik(input), expected));
});

describe('checkAccount', () => {
	const bik = '044525974';
	it.each<Case>([
		['40817810400003869535', '40817810400003869535'],
		['40817 810 4 0000 3869535', '40817810400003869535'],
		['40817.810.4.00003869535', '40817810400003869535'],
		['40817810500003869535', /40817\*\*\*9535 does not belong to BIK 044525974/],
		['4081781040000386953', /has 19 digits, not 20/],
		['40603810400003869535', /of a kind that Bank 131 does not pay to from the collateral account/],
		['40817840400003869535', /not in rubles: its digits 6 to 8 are 840/],
		[Number('40817810400003869535'), /only 15 digits/],
		['4,08178E+19', /only 15 digits/],
		['', /Account is empty/],
	])('%p', (input, expected) => expectCase(checkAccount(input, bik, strict), expected));

	it('knows which accounts can be paid from where', () => {
		const paid = (start: string, source: 'collateral' | 'settlement') =>
			checkAccount(`${start}810000000000000`.padEnd(20, '0'), bik, lenient, source).ok;
		for (const both of ['40817', '42301', '42307', '40802', '40702']) {
			expect([paid(both, 'collateral'), paid(both, 'settlement')]).toEqual([true, true]);
		}
		expect([paid('40820', 'collateral'), paid('40820', 'settlement')]).toEqual([true, false]);
		for (const only of ['40701', '40502']) {
			expect([paid(only, 'collateral'), paid(only, 'settlement')]).toEqual([false, true]);
		}
	});

	it('leaves the key alone when the BIK is a problem of its own', () => {
		expect(checkAccount('40817810400003869535', '', strict).ok).toBe(true);
	});
});

describe('checkInn', () => {
	it.each<Case>([
		['500100732259', '500100732259'],
		['7707083893', /has 10 digits, as a company has; a person has 12/],
		[12345678901, /has 11 digits, not 12 → Spreadsheets drop a leading zero/],
		['12345', /has 5 digits, not 12 → Copy/],
		['', /INN is empty/],
	])('of a person: %p', (input, expected) => expectCase(checkInn(input, strict, 12), expected));

	it.each<Case>([
		['7707083893', '7707083893'],
		[7707083893, '7707083893'],
		['500100732259', /as a person has; a company has 10/],
		[101234567, /has 9 digits, not 10 → Spreadsheets drop a leading zero/],
	])('of a company: %p', (input, expected) => expectCase(checkInn(input, strict, 10), expected));

	it.each<Case>([
		['77070838931', /has 11 digits, not 10 \(company\) or 12 \(person\) → Spreadsheets/],
		['7707083', /has 7 digits/],
	])('of anybody: %p', (input, expected) => expectCase(checkInn(input, strict), expected));
});

describe('checkKpp', () => {
	it.each<Case>([
		['770801001', '770801001'],
		['7708AB001', '7708AB001'],
		['7708ab001', '7708AB001'],
		[770801001, '770801001'],
		[70801001, /has 8 digits, not 9 → Spreadsheets/],
		['77080100', /leading zero/],
		['770801001X', /is not a KPP/],
		['7708АБ001', /is not a KPP/],
		['', /KPP is empty/],
	])('%p', (input, expected) => expectCase(checkKpp(input), expected));
});

describe('checkPhone', () => {
	it.each<Case>([
		['79680000000', '79680000000'],
		['+7 (968) 000-00-00', '79680000000'],
		['8 968 000 00 00', '79680000000'],
		['8(968)000\u00a000\u201100', '79680000000'],
		['+7.968.000.00.00', '79680000000'],
		[79680000000, '79680000000'],
		[89680000000, '79680000000'],
		['0070009210197', '70009210197'],
		['+375 29 123-45-67', '375291234567'],
		['+86 138 0000 0000', '8613800000000'],
		['+89680000000', /has 11 digits|not the 11/],
		['9680000000', /has no country code → Put \+7/],
		['375291234567', /has 12 digits, not the 11 of a Russian number/],
		['796800000', /has 9 digits/],
		['call me', /something other than digits/],
		['+7968000000O', /something other/],
		['', /Phone is empty/],
	])('%p', (input, expected) => expectCase(checkPhone(input), expected));
});

describe('the other checks', () => {
	it.each<Case>([
		['100000000069', '100000000069'],
		[100000000069, '100000000069'],
		['044525974', /has 9 digits, not 12 → Choose the bank from the list.*not the BIK/],
		['', /Bank ID is empty/],
	])('FPS bank %p', (input, expected) => expectCase(checkFpsBankId(input), expected));

	it.each<Case>([
		['4100175017397', '4100175017397'],
		['1234567890', /has 10 digits, not 11 to 20/],
		['123456789012345678901', /has 21 digits/],
		[4100124117271001, /only 15 digits/],
	])('wallet %p', (input, expected) => expectCase(checkYooMoneyWallet(input), expected));

	it.each<Case>([
		['Оплата по договору № 7, НДС не облагается', 'Оплата по договору № 7, НДС не облагается'],
		['  {VO99090} Wire  ', '{VO99090} Wire'],
		['Paid?', /holds "\?", which banks do not accept/],
		['Paid!', /holds "!"/],
		['a\nb', /line break or an invisible character/],
		['a\u0000b', /invisible/],
		['я'.repeat(141), /has 141 characters, 140 are allowed → Shorten/],
		['я'.repeat(140), 'я'.repeat(140)],
		['😀'.repeat(140), '😀'.repeat(140)],
		['', /Purpose is empty/],
	])('purpose %p', (input, expected) => expectCase(checkPurpose(input, 140), expected));

	it.each<Case>([
		['Иванов Иван Иванович', 'Иванов Иван Иванович'],
		["Sean O'Connor-Smith Jr.", "Sean O'Connor-Smith Jr."],
		['ООО «1С-Битрикс»', 'ООО «1С-Битрикс»'],
		[' ИП Ёлкина Ю. ', 'ИП Ёлкина Ю.'],
		['12345', /holds no letters/],
		['Иванов\nИван', /line break/],
		['x'.repeat(256), /has 256 characters/],
		['', /Full name is empty → Enter the full name/],
	])('name %p', (input, expected) => expectCase(checkFullName(input), expected));

	it.each<Case>([
		['order-7', 'order-7'],
		[' order-7 ', 'order-7'],
		[42, '42'],
		['и\u0306', 'й'],
		['INV\u00a01 \u202f2', 'INV 1  2'],
		[1234567890123456, /only 15 digits/],
		['a\tb', /line break or an invisible/],
		['order\u200b-7', /line break or an invisible/],
		['\u202aorder-7\u202c', /line break or an invisible/],
		['', /Reference is empty/],
		['   ', /is empty/],
		[undefined, /is empty/],
	])('reference %p', (input, expected) => expectCase(checkReference(input), expected));

	it.each<Case>([
		[' 759c9852dde2211d ', '759c9852dde2211d'],
		['', /Card token is empty → Enter the card token/],
		[null, /is empty/],
		[12, /is not text/],
		['a b', /spaces or foreign/],
		['токен', /spaces or foreign/],
		['x'.repeat(4097), /spaces or foreign/],
	])('token %p', (input, expected) => expectCase(checkOpaque(input, 'Card token'), expected));

	it('take time in proportion to the text, whatever the text', () => {
		const all = [
			(x: unknown) => checkCardNumber(x, strict),
			(x: unknown) => checkAccount(x, '044525974', strict),
			checkPhone,
			checkKpp,
			(x: unknown) => checkPurpose(x, 210),
			checkFullName,
			(x: unknown) => checkOpaque(x, 'Token'),
		];
		for (const piece of ['1', ' ', '-', '1 ', '1e', '+', 'я', '\n']) {
			const time = (count: number) => {
				const text = `1${piece.repeat(count)}x`;
				const started = process.hrtime.bigint();
				for (const check of all) check(text);
				return Number(process.hrtime.bigint() - started);
			};
			time(1_000);
			const short = Math.max(time(10_000), time(10_000), 2_000_000);
			const long = Math.min(time(100_000), time(100_000));
			// Ten times the text: 10 when linear, 100 when quadratic.
			expect(long / short).toBeLessThan(50);
		}
	});

	it('answer anything at all, in words', () => {
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
			(x: unknown) => checkOpaque(x, 'Token'),
		];
		fc.assert(
			fc.property(fc.anything(), fc.constantFrom(...all), (input, check) => {
				const result = check(input);
				if (!result.ok) {
					expect(result.problem.message).not.toMatch(/error|undefined|NaN|\[object/i);
					expect(result.problem.remedy).not.toBe('');
				}
			}),
			{ numRuns: 3000 },
		);
	});
});
