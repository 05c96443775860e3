/** The sentences for the codes of the core: what a person reads. */
import { readFileSync } from 'node:fs';

import { BankRefusal, BankUnreachable } from '../../bank131/client/bankClient.ts';
import type { ResultAdvice, ResultReason } from '../../bank131/flows/reasons.ts';
import { errorCodes, type KnownErrorCode } from '../../bank131/protocol/errorCodes.ts';
import { adviceText, adviceTexts } from '../../nodes/shared/messages/adviceTexts.ts';
import { errorAdviceText, errorMessage } from '../../nodes/shared/messages/bankErrorTexts.ts';
import { errorAdvice, errorDescription } from '../../nodes/shared/messages/errorCodeTexts.ts';
import { reasonText, reasonTexts } from '../../nodes/shared/messages/reasonTexts.ts';

const codes = Object.keys(errorCodes) as KnownErrorCode[];
const needsNewReference = codes.filter((code) => 'needsNewReference' in errorCodes[code]);

const NEW_REFERENCE = 'To pay again, use a new Reference.';
const SAME_REFERENCE = 'Run again with the same Reference; it is paid only once.';

describe('advice of an error code', () => {
	test('some codes need a new Reference and some do not', () => {
		expect(needsNewReference.length).toBeGreaterThan(10);
		expect(needsNewReference.length).toBeLessThan(codes.length);
	});

	test.each(codes)('%s: the advice without a payout never mentions the Reference', (code) => {
		expect(errorAdvice(code) ?? '').not.toContain(NEW_REFERENCE);
	});

	test.each(codes)(
		'%s: a failed payout needs a new Reference only if the code says so',
		(errorCode) => {
			const advice = adviceText({ code: 'useNewReference', errorCode });
			expect(advice?.endsWith(NEW_REFERENCE)).toBe(needsNewReference.includes(errorCode));
			expect(advice).toMatch(/\.$/);
		},
	);

	test.each(needsNewReference)('%s: a rejected payout keeps its Reference', (errorCode) => {
		const advice = adviceText({ code: 'useSameReference', errorCode });
		expect(advice?.endsWith(SAME_REFERENCE)).toBe(true);
		expect(advice).not.toContain(NEW_REFERENCE);
	});

	test('an unknown code: the advice is about the Reference alone', () => {
		expect(adviceText({ code: 'useNewReference' })).toBe(NEW_REFERENCE);
		expect(adviceText({ code: 'useSameReference' })).toBe(SAME_REFERENCE);
		expect(errorAdvice('new_code')).toBeUndefined();
	});

	test('no advice: no sentence', () => {
		expect(adviceText(undefined)).toBeUndefined();
	});
});

test.each([
	[{ code: 'invalid_request', description: 'No amount' }, 'No amount'],
	[{ code: 'invalid_request' }, 'The bank did not accept the request'],
	[{ code: 'new_code' }, 'The bank gave no description'],
	[{ code: 'constructor' }, 'The bank gave no description'],
])('the error %p is described as "%s"', (error, description) => {
	expect(errorDescription(error)).toBe(description);
});

const rubles = (minorUnits: number) => ({ minorUnits, currency: 'rub' });
const noResponse = { code: 'noResponse', message: 'No answer from the bank: reset' } as const;
const refused = { code: 'refused', error: { code: 'invalid_request', description: 'no' } } as const;

test.each<[ResultReason, string, string | undefined]>([
	[
		{ code: 'startUnknown', kind: 'payout', cause: noResponse },
		'It is not known whether the bank started this payout. No answer from the bank: reset',
		undefined,
	],
	[
		{ code: 'startUnknown', kind: 'receipt' },
		'It is not known whether the bank started this receipt.',
		undefined,
	],
	[
		{ code: 'notStarted', kind: 'payment', cause: { code: 'tooManyRequests' } },
		'The payment was not started. The bank asked to slow down (HTTP 429)',
		undefined,
	],
	[
		{ code: 'sessionNotRead', action: 'confirm', cause: noResponse },
		'Not confirmed. No answer from the bank: reset',
		'Nothing was changed at the bank. Try again later.',
	],
	[{ code: 'sessionNotRead', action: 'refund', cause: refused }, 'Not refunded. no', undefined],
	[
		{ code: 'serverError', httpStatus: 503, error: { code: 'new_code' } },
		'The bank answered HTTP 503: new_code The bank gave no description',
		undefined,
	],
	[
		{ code: 'responseIncomplete', missing: 'accountAmount', account: 'w1' },
		"The bank's answer has no readable amount of account w1 in it",
		undefined,
	],
	[
		{ code: 'capturedBefore', actual: rubles(100) },
		'Captured before; the session shows 1.00 RUB.',
		'Look at it with Session: Get.',
	],
	[
		{ code: 'refundUnknown', sessionId: 'ps_1', isResponseLost: true },
		'It is not known whether the refund was made. An earlier try sent the refund and its answer was lost.',
		'Look at the refunds with Session: Get before refunding again.',
	],
])('the reason %j: the sentence is "%s", the advice "%s"', (reason, message, advice) => {
	expect(reasonText(reason)).toEqual({ message, ...(advice !== undefined && { advice }) });
});

test('a confirmation of another amount: the reason names both amounts, the advice says both ways out', () => {
	const { message, advice } = reasonText({
		code: 'amountMismatch',
		actual: rubles(1_000_000),
		expected: rubles(10_000),
	});
	expect(message).toMatch(/^Not confirmed: the bank shows 10000\.00 RUB, you expected 100\.00 RUB/);
	expect(advice).toBe('The session still waits. Correct your amount and confirm it, or cancel it.');
});

describe('exceptions of the bank client', () => {
	test('a refusal after a lost response: the advice says that the lost attempt may have done it', () => {
		const refusal = new BankRefusal({ code: 'bank_card_expired' }, true);
		expect(errorMessage(refusal)).toBe('The card has expired');
		expect(errorAdviceText(refusal, true)).toMatch(/^The answer to an earlier try was lost/);
		expect(errorAdviceText(refusal, true)).toContain(NEW_REFERENCE);
		expect(errorAdviceText(refusal, false)).not.toContain(NEW_REFERENCE);
	});

	test('no response: the advice depends on whether the bank may have done it', () => {
		const advice = (mayHaveActed: boolean) =>
			errorAdviceText(new BankUnreachable(noResponse, mayHaveActed), false);
		expect(errorMessage(new BankUnreachable(noResponse))).toBe('No answer from the bank: reset');
		expect(advice(false)).toBe('Nothing was changed at the bank. Try again later.');
		expect(advice(true)).toContain('it is not known whether the bank did this');
	});

	test('another exception: its message, without advice', () => {
		expect(errorMessage(new Error('bug'))).toBe('bug');
		expect(errorAdviceText(new Error('bug'), true)).toBeUndefined();
	});
});

/** Facts for every code of advice, with a long amount and an error code whose own advice is long. */
const adviceFacts = {
	sessionId: 'ps_1',
	kind: 'payment',
	actual: rubles(123_456_789),
	expected: rubles(123_456_790),
	isPaid: true,
};
const adviceCodes = [
	...readFileSync('docs/reference/advice.md', 'utf8').matchAll(/^\| `(?!adviceCode)(\w+)`/gm),
].map(([, code]) => code as ResultAdvice['code']);

describe('advice is short', () => {
	test.each(adviceCodes)('%s: at most 90 characters', (code) => {
		const text = adviceText({ code, ...adviceFacts } as ResultAdvice);
		expect(text).toMatch(/^[A-Z].*\.$/);
		expect(text!.length).toBeLessThanOrEqual(90);
	});

	test.each(codes)(
		'%s, with the sentence about the Reference: at most 100 characters',
		(errorCode) => {
			for (const code of ['useNewReference', 'useSameReference'] as const) {
				expect(adviceText({ code, errorCode })!.length).toBeLessThanOrEqual(100);
			}
		},
	);

	test.each(Object.keys(reasonTexts) as Array<ResultReason['code']>)(
		'the reason %s: at most 90 characters, and not its message again',
		(code) => {
			const cause = { code: 'tooManyRequests' };
			const accounts = { actual: '40817810400003869535', expected: '40817810900000013101' };
			const facts = {
				...adviceFacts,
				...(code === 'accountMismatch' && accounts),
				action: 'confirm',
				amount: rubles(100),
				held: rubles(100),
			};
			const more = {
				message: 'No answer',
				refundable: rubles(100),
				error: { code: 'x' },
				currency: 'usd',
				shown: 'x',
				cause,
			};
			const { message, advice = '' } = reasonText({ code, ...facts, ...more } as never);
			expect(advice.length).toBeLessThanOrEqual(90);
			expect(message).not.toBe(advice);
		},
	);
});

test('advice.md and advice.ru.md have a row for every code of advice', () => {
	const russian = readFileSync('docs/reference/advice.ru.md', 'utf8');
	expect(adviceCodes.length).toBeGreaterThan(15);
	expect([...adviceCodes].sort()).toEqual(Object.keys(adviceTexts).sort());
	expect([...russian.matchAll(/^\| `(?!adviceCode)(\w+)`/gm)].map(([, code]) => code)).toEqual(
		adviceCodes,
	);
});
