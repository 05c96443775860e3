/** References as the bank may show them, compared with our own. */
import fc from 'fast-check';

import { relationOf } from '../../bank131/values/shownReference.ts';

test.each([
	['PAY-2026-0042', 'PAY-2026-0042', 'same'],
	['PAY–2026–0042', 'PAY-2026-0042', 'same'],
	['pay-2026-0042', 'PAY-2026-0042', 'altered'],
	['"PAY-2026-0042"', 'PAY-2026-0042', 'altered'],
	['2026\\/0042', '2026/0042', 'altered'],
	['\\u0417\\u0430\\u043a\\u0430\\u0437 7', 'Заказ 7', 'altered'],
	['R&amp;D 7', 'R&D 7', 'altered'],
	['R&#38;amp;D 7', 'R&D 7', 'altered'],
	['R&#x26;D 7', 'R&D 7', 'altered'],
	['No 7 ﬁ'.normalize('NFKC'), '№ 7 ﬁ', 'altered'],
	['42', '0042', 'altered'],
	['1001', '1001.0', 'altered'],
	['10.5', '10.50', 'altered'],
	['12345678901234567000', '12345678901234567890', 'altered'],
	['12345678901234567168', '12345678901234567890', 'altered'],
	['1.2345678901235E+19', '12345678901234567890', 'altered'],
	['PAY-2026-', 'PAY-2026-0042', 'cut'],
	['PAY', 'PAY-2026-0042', 'cut'],
	['pay-2026-00', 'PAY-2026-0042', 'cut'],
	['R&am', 'R&D 7', 'cut'],
	['2026\\', '2026/0042', 'cut'],
	['PAY-2026-0043', 'PAY-2026-0042', 'other'],
	['PAY-2026-00420', 'PAY-2026-0042', 'other'],
	['AY-2026-0042', 'PAY-2026-0042', 'other'],
	['А-7', 'A-7', 'other'],
	['A7', 'A-7', 'other'],
	['12345678901234567891', '12345678901234567890', 'other'],
	['20260101120000001', '20260101120000002', 'other'],
	['2', '1', 'other'],
	['1.2345678901235E+18', '12345678901234567890', 'other'],
	['***', 'PAY-2026-0042', 'other'],
	['&', 'PAY-2026-0042', 'other'],
])('%j for %j: %s', (shown, own, relation) => {
	expect(relationOf(shown, own)).toBe(relation);
});

/** What a bank may do to a text, in any order. */
const alterations: Array<(text: string) => string> = [
	(text) => text.toLowerCase(),
	(text) => text.normalize('NFKC'),
	(text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;'),
	(text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
	(text) => text.trim(),
];
const referenceText = fc.stringMatching(/^[A-Za-zА-Яа-я0-9][A-Za-zА-Яа-я0-9&<"' №/.-]{0,40}$/u);

test('a reference that was altered in any way and order is recognised', () => {
	fc.assert(
		fc.property(
			referenceText,
			fc.array(fc.constantFrom(...alterations), { minLength: 1, maxLength: 3 }),
			(own, steps) => {
				const shown = steps.reduce((text, alter) => alter(text), own);
				expect(['same', 'altered']).toContain(relationOf(shown, own));
			},
		),
		{ numRuns: 2000 },
	);
});

test('a reference that was altered and cut after a letter or digit is recognised', () => {
	fc.assert(
		fc.property(referenceText, fc.nat(), (own, position) => {
			const shown = own.toLowerCase().slice(0, 1 + (position % own.length));
			expect(relationOf(shown, own)).not.toBe('other');
		}),
		{ numRuns: 2000 },
	);
});
