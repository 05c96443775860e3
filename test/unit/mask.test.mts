import fc from 'fast-check';

import { maskAccount, maskCard, maskPhone, redact, redactDeep } from '../../bank131/values/mask.ts';
import { cardNumber, groupedCardNumber } from '../support/arbitraries.mts';
import { growth, LINEAR } from '../support/growth.mts';

function passesLuhn(digits: string): boolean {
	let sum = 0;
	[...digits].reverse().forEach((char, i) => {
		const doubled = Number(char) * (i % 2 === 0 ? 1 : 2);
		sum += doubled > 9 ? doubled - 9 : doubled;
	});
	return sum % 10 === 0;
}

/** Every card number of 13–19 digits that whole groups of digits in the text can form, outside hexadecimal tokens. */
function cardNumbersIn(text: string): string[] {
	const unmasked = text
		.replace(/(?<!\d)\d{6}\*+\d{4}(?!\d)/g, '#')
		.replace(/(?<![\w-])[\da-f]{32,}(?![\w-])/gi, (word) =>
			word.replace(/\d/g, '').length >= 4 ? '#' : word,
		);
	const runs = unmasked.match(/\d+(?:[ \t\u00a0-]{1,3}\d+)*/g) ?? [];
	return runs.flatMap((run) => {
		const groups = run.match(/\d+/g) ?? [];
		const matches: string[] = [];
		groups.forEach((_group, first) => {
			for (let last = first; last < groups.length; last++) {
				const digits = groups.slice(first, last + 1).join('');
				if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) matches.push(digits);
			}
		});
		return matches;
	});
}

describe('maskCard, maskAccount and maskPhone', () => {
	it.each<[(text: string) => string, string, string]>([
		[maskCard, '4242424242424242', '424242******4242'],
		[maskCard, '4242 4242 4242 4242', '424242******4242'],
		[maskCard, '378282246310005', '378282*****0005'],
		[maskCard, '424242******4242', '424242******4242'],
		[maskCard, '12345', '***'],
		[maskCard, '', '***'],
		[maskAccount, '40817810100000270411', '40817***0411'],
		[maskAccount, '40817 810 1 0000 0270411', '40817***0411'],
		[maskAccount, '40817***0411', '40817***0411'],
		[maskAccount, '1234567890', '***'],
		[maskPhone, '79680000000', '7968***0000'],
		[maskPhone, '+7 (968) 000-00-00', '7968***0000'],
		[maskPhone, '7968***0000', '7968***0000'],
		[maskPhone, '123', '***'],
	])('%p of %p gives %p', (mask, text, expected) => {
		expect(mask(text)).toBe(expected);
	});
});

describe('redact', () => {
	it.each([
		['pays 4242424242424242 now', 'pays 424242******4242 now'],
		['pays 4242 4242 4242 4242 now', 'pays 424242******4242 now'],
		['pays 4242-4242-4242-4242 7 now', 'pays 424242******4242 7 now'],
		['card4242424242424242x', 'card424242******4242x'],
		['account 40817810100000270411', 'account 40817810100000270411'],
		['session ps_3230, 1500.50 RUB', 'session ps_3230, 1500.50 RUB'],
		['4242424242424241 is a typo', '4242424242424241 is a typo'],
		['xps_4242424242424242', 'xps_424242******4242'],
		['ps_4242-4242-4242-4242', 'ps_424242******4242'],
		['ps_1 4242 4242 4242 4242', 'ps_1 424242******4242'],
		['abc4242424242424242def', 'abc424242******4242def'],
		['4242424242424242-abcdef', '424242******4242-abcdef'],
		[`z4242424242424242${'abcdef01'.repeat(6)}`, `z424242******4242${'abcdef01'.repeat(6)}`],
		['00000000-4242-4242-4242-424200000000', '000000******4242-424242******0000'],
		[`${'0'.repeat(20)}abc4242424242424242`, `${'0'.repeat(20)}abc424242******4242`],
		['', ''],
	])('turns %p into %p', (text, expected) => {
		expect(redact(text)).toBe(expected);
	});

	it.each([
		'ps_4242424242424242, po_4242424242424242.',
		`4242424242424242${'abcdef01'.repeat(6)}`,
		`key=${'ABCDEF01'.repeat(6)}4242424242424242;`,
		'abcd0000-4242-4242-8242-424242424242',
		'00000000-4242-4242-4242-42424242abcd',
		'{"id":"4242424e-4242-4c24-8424-2424242424ef"}',
	])('%p: the ID or token stays as it is', (text) => {
		expect(redact(text)).toBe(text);
	});

	it('any token of 64 hexadecimal digits and any UUID stays as it is', () => {
		const digit = fc.constantFrom(...'0123456789abcdef');
		const token = fc.string({ unit: digit, minLength: 64, maxLength: 64 });
		const id = fc.oneof(token, fc.uuid()).filter((text) => text.replace(/[\d-]/g, '').length >= 4);
		fc.assert(
			fc.property(id, (shown) => {
				const value = { deep: [{ shown, text: `the id ${shown}.` }] };
				expect(redactDeep(value)).toEqual(value);
			}),
			{ numRuns: 5000 },
		);
	});

	it('any text: no card number is left', () => {
		const words = fc.oneof(
			fc.string(),
			cardNumber(13, 19),
			groupedCardNumber,
			fc.integer().map(String),
			fc.string({ unit: fc.constantFrom(...'0123456789- '), maxLength: 40 }),
		);
		const text = fc
			.tuple(fc.array(words), fc.constantFrom('', ' ', ', ', '\n', '-'))
			.map(([all, gap]) => all.join(gap));
		fc.assert(
			fc.property(text, (input) => {
				expect(cardNumbersIn(redact(input))).toEqual([]);
			}),
			{ numRuns: 3000 },
		);
	});

	it('a card number, alone or in groups, is masked', () => {
		fc.assert(
			fc.property(groupedCardNumber, (number) => {
				const digits = number.replace(/\D/g, '');
				expect(redact(`to ${number}.`)).toMatch(/\d{6}\*+\d{4}/);
				expect(redact(digits)).toBe(maskCard(digits));
			}),
		);
	});

	it('a redacted text stays as it is', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.string(), groupedCardNumber)), (parts) => {
				const once = redact(parts.join(' '));
				expect(redact(once)).toBe(once);
			}),
		);
	});

	it('takes time in proportion to the length of any text', () => {
		for (const piece of [
			'1',
			'1 ',
			'1-',
			'1   ',
			' ',
			'-',
			'4242 ',
			'42424242424242421 ',
			'1   1  ',
			'a-',
			'1-1a',
			'0123abcd-',
			'0123abcd-0123-',
			'ps_1',
		]) {
			expect(growth((count) => redact(piece.repeat(count)), 3_000)).toBeLessThan(LINEAR);
		}
	});
});

describe('redactDeep', () => {
	it('a payout with secrets: they are masked, the other fields stay', () => {
		const secret = {
			status: 'ok',
			amount_details: { amount: 10000, currency: 'rub' },
			payout_details: {
				card: {
					bank_card: { number: '4242424242424242', security_code: '123', expiration_month: '12' },
				},
				encrypted_card: { number_hash: 'abc', cardholder_name_hash: 'def' },
				tokenized_card: { token: 't0k3n' },
				bank_account: { ru: { bik: '044525974', account: '40817810400003869535' } },
				phone: '79680000000',
				tax: { period: { type: 'quarter', number: 2, year: '2021' } },
				masked: { account: '40817***9535', number: '424242******4242' },
			},
			list: [{ external_subscription_token: 'x' }, 'card 4242424242424242', 4242424242424242, null],
		};
		expect(redactDeep(secret)).toEqual({
			status: 'ok',
			amount_details: { amount: 10000, currency: 'rub' },
			payout_details: {
				card: {
					bank_card: { number: '424242******4242', security_code: '***', expiration_month: '***' },
				},
				encrypted_card: { number_hash: '***', cardholder_name_hash: '***' },
				tokenized_card: { token: '***' },
				bank_account: { ru: { bik: '044525974', account: '40817***9535' } },
				phone: '7968***0000',
				tax: { period: { type: 'quarter', number: 2, year: '2021' } },
				masked: { account: '40817***9535', number: '424242******4242' },
			},
			list: [
				{ external_subscription_token: '***' },
				'card 424242******4242',
				'424242******4242',
				null,
			],
		});
	});

	const account = '40817810400003869535';
	const cardLikeId = '4242424242424242';

	it.each<[string, unknown, unknown]>([
		['accountToken', 't0k3n', '***'],
		['recurringToken', 't0k3n', '***'],
		['token', { value: 't0k3n' }, '***'],
		['tokens', ['t0k3n'], ['t0k3n']],
		['number_hash', ['abc'], '***'],
		['publicToken', 'for-a-page', 'for-a-page'],
		['public_token', 'for-a-page', 'for-a-page'],
		['accountNumber', account, '40817***9535'],
		['counterPartyAccount', account, '40817***9535'],
		['account_number', account, '40817***9535'],
		['maskedAccount', '40817***9535', '40817***9535'],
		['iban', 'UA213996220000026007233566001', 'UA213***6001'],
		['customerPhone', '79680000000', '7968***0000'],
		['cardNumber', '424242******4242', '424242******4242'],
		['sessionId', cardLikeId, cardLikeId],
		['reference', cardLikeId, cardLikeId],
		['customerReference', cardLikeId, cardLikeId],
		['redirectUrl', `https://3ds/${cardLikeId}`, `https://3ds/${cardLikeId}`],
		['reference', { number: cardLikeId }, { number: '424242******4242' }],
		['purpose', `to ${cardLikeId}`, 'to 424242******4242'],
	])('%s with %p: shown as %p, at any level', (name, value, shown) => {
		expect(redactDeep({ [name]: value })).toEqual({ [name]: shown });
		expect(redactDeep({ refunds: [{ [name]: value }] })).toEqual({ refunds: [{ [name]: shown }] });
	});

	it('any JSON with a card number: the copy does not hold it, the argument is unchanged', () => {
		fc.assert(
			fc.property(fc.jsonValue(), cardNumber(13, 19), (json, number) => {
				const value = { deep: [{ json, text: `x${number}y`, number }] };
				const before = JSON.stringify(value);
				expect(JSON.stringify(redactDeep(value))).not.toContain(number);
				expect(JSON.stringify(value)).toBe(before);
			}),
		);
	});

	it('a list nested 20000 deep: no exception', () => {
		let deep: unknown = 'end';
		for (let i = 0; i < 20_000; i++) deep = [deep];
		expect(() => redactDeep(deep)).not.toThrow();
	});
});
