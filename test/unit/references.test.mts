import fc from 'fast-check';

import { idempotencyKeyOf } from '../../bank131/requests/idempotencyKey.ts';
import {
	confusableForm,
	findReferenceClashes,
	foldReference,
	isSameReference,
} from '../../bank131/values/references.ts';

describe('foldReference', () => {
	it.each([
		['order-7', 'order-7'],
		['row 17', 'row 17'],
		['PAY\u20111', 'PAY-1'],
		['PAY\u20131', 'PAY-1'],
		['PAY\u20141', 'PAY-1'],
		['PAY\u22121', 'PAY-1'],
		['PAY\uff0d1', 'PAY-1'],
		['PAY\ufe631', 'PAY-1'],
		['INV  1', 'INV 1'],
		['INV \u00a0\u2003 1', 'INV 1'],
		['\u3000INV\u30001', 'INV 1'],
		['🧾\ufe0f-7', '🧾-7'],
		['A\u034f-1', 'A-1'],
		['A\u180b-1', 'A-1'],
		['и\ufe0f\u0306', 'й'],
		['ＩＮＶ－１３１', 'INV-131'],
		['и\u0306', 'й'],
	])('folds %j to %j', (reference, folded) => {
		expect(foldReference(reference)).toBe(folded);
	});

	it.each([
		['А-101', 'A-101'],
		['ab-1', 'AB-1'],
		['0017', '17'],
		['1001.0', '1001'],
		['№1', 'No1'],
		['x²', 'x2'],
	])('keeps %j and %j apart', (one, other) => {
		expect(isSameReference(one, other)).toBe(false);
	});

	it('gives the same form when it is applied again', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
				expect(foldReference(foldReference(text))).toBe(foldReference(text));
			}),
		);
	});

	it('does not change ASCII text with single blanks', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
				const plain = text.trim().replace(/ +/g, ' ');
				expect(foldReference(plain)).toBe(plain);
			}),
		);
	});
});

describe('idempotencyKeyOf', () => {
	it.each(['payout', 'payment', 'receipt', 'refund'] as const)(
		'of a %s: References that look the same have one key',
		(kind) => {
			const keys = ['PAY-1', 'PAY\u20111', 'PAY\u22121', 'ＰＡＹ-1', 'PAY\ufe0f-1'].map(
				(reference) => idempotencyKeyOf(reference, kind),
			);
			expect(new Set(keys).size).toBe(1);
		},
	);

	it('of a payout whose folded Reference has the prefix of a refund: another key than that refund', () => {
		expect(idempotencyKeyOf('ｒefund:7', 'payout')).not.toBe(idempotencyKeyOf('7', 'refund'));
	});
});

describe('confusableForm', () => {
	it.each([
		['А-101', 'A-101'],
		['СЧЕТ', 'CЧET'],
		['1001.0', '1001'],
		['1001,00', '1001'],
		['ра', 'pa'],
	])('takes %j for %j', (one, other) => {
		expect(confusableForm(one)).toBe(confusableForm(other));
	});

	it.each([
		['INV-1.0', 'INV-1'],
		['1001.5', '1001'],
		['Ж-1', 'K-1'],
		['ab', 'AB'],
	])('does not take %j for %j', (one, other) => {
		expect(confusableForm(one)).not.toBe(confusableForm(other));
	});
});

describe('findReferenceClashes', () => {
	it('finds each reference that another one clashes with, by the strongest kind', () => {
		const reference = fc.constantFrom(
			'',
			'A-1',
			'A\u20111',
			'А-1',
			'a-1',
			'B',
			'В',
			'7',
			'7.0',
			'7,00',
		);
		const forms = [(text: string) => text, foldReference, confusableForm];
		fc.assert(
			fc.property(fc.array(reference, { maxLength: 12 }), (references) => {
				const kinds = references.map((one, index) => {
					const others = references.filter((other, at) => at !== index && other !== '');
					const kind = forms.findIndex((form) => others.some((other) => form(other) === form(one)));
					return one === '' || kind < 0
						? undefined
						: (['same', 'looksSame', 'confusable'] as const)[kind];
				});
				const found = new Array<string | undefined>(references.length).fill(undefined);
				for (const { kind, index, other } of findReferenceClashes(references)) {
					expect(found[index]).toBeUndefined();
					found[index] = kind;
					expect(other).not.toBe(index);
					expect(confusableForm(references[other])).toBe(confusableForm(references[index]));
				}
				expect(found).toEqual(kinds);
			}),
			{ numRuns: 1000 },
		);
	});

	it('finds all rows of a list with one reference', () => {
		const count = 100_000;
		const clashes = findReferenceClashes(new Array<string>(count).fill('A-1'));
		expect([clashes.length, clashes.at(-1)?.other]).toEqual([count, 0]);
	});
});
