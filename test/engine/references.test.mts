/** Which References are accepted, and which idempotency keys they give. */
import { errorOf, hintsOf } from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { linesOfHtml } from '../support/html.mts';
import { continueRegular, jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { problemsOfRow } from '../support/validation.mts';

const fixture = useFixture();

describe('Reference', () => {
	test.each<[string, unknown, RegExp]>([
		['text (key: the Reference)', 'invoice-2026-0131', /^invoice-2026-0131$/],
		['text with a space (key: the Reference)', 'row 17', /^row 17$/],
		['number (key: the Reference)', 42, /^42$/],
		['Cyrillic (key: SHA-256)', 'Заказ №7', /^[0-9a-f]{64}$/],
		['emoji (key: SHA-256)', '🧾-7', /^[0-9a-f]{64}$/],
		['65 characters (key: SHA-256)', 'x'.repeat(65), /^[0-9a-f]{64}$/],
		['64 characters (key: the Reference)', 'x'.repeat(64), /^x{64}$/],
		['255 emoji (key: SHA-256)', '🧾'.repeat(255), /^[0-9a-f]{64}$/],
		['13 digits, as in a card number (key: the Reference)', '1700000000000', /^1700000000000$/],
	])('%s: paid once, then duplicate', async (_name, ref, key) => {
		const [row] = rowsOf('any', 1);
		const run = await payAll(fixture, [{ ...row, ref }]);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', reference: String(ref) });
		expect(fixture.sandbox.ledger.entries.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
			expect.stringMatching(key),
		]);
		const secondRun = await payAll(fixture, [{ ...row, ref }], { executionId: '2' });
		expect(jsonOf(secondRun)[0].outcome).toBe('duplicate');
		expect(fixture.sandbox.ledger.entries).toHaveLength(1);
	});

	test('both Unicode forms of й, spaces and tabs around it: one Reference, paid once', async () => {
		const [row] = rowsOf('nfc', 1);
		for (const ref of ['заказ й', ' заказ \u0438\u0306 ', 'заказ й\t']) {
			await payAll(fixture, [{ ...row, ref }]);
		}
		expect(fixture.sandbox.ledger.entries).toHaveLength(1);
	});

	test.each([
		['a non-breaking hyphen', 'PAY\u2011131'],
		['an en dash', 'PAY\u2013131'],
		['a minus', 'PAY\u2212131'],
		['fullwidth letters and digits', 'ＰＡＹ-１３１'],
		['a variation selector', 'PAY\ufe0f-131'],
		['a combining grapheme joiner', 'PAY\u034f-131'],
	])('PAY-131, then with %s: the second is a duplicate under its own form', async (_name, ref) => {
		const [row] = rowsOf('fold', 1);
		await payAll(fixture, [{ ...row, ref: 'PAY-131' }]);
		const second = await payAll(fixture, [{ ...row, ref }], { executionId: '2' });
		expect(jsonOf(second)[0]).toMatchObject({ outcome: 'duplicate', reference: ref });
		expect(fixture.sandbox.ledger.entries).toHaveLength(1);
	});

	test('PAY\u2011131 alone: paid, the output keeps the form of the sheet', async () => {
		const [row] = rowsOf('fold', 1);
		const run = await payAll(fixture, [{ ...row, ref: 'PAY\u2011131' }]);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', reference: 'PAY\u2011131' });
		expect(fixture.sandbox.ledger.entries[0].idempotencyKey).toBe('PAY-131');
	});

	test.each<[string, unknown, unknown, string]>([
		['the same text', 'A-101', 'A-101', 'has the same Reference'],
		['a non-breaking hyphen', 'A-101', 'A\u2011101', 'which looks the same'],
		['two blanks', 'A 101', 'A  101', 'which looks the same'],
		['a Cyrillic А', 'A-101', 'А-101', 'can be taken for the same'],
		['a fraction of zeros', 1001, '1001.0', 'can be taken for the same'],
	])(
		'two rows of one run, %s: both are refused, nothing is sent',
		async (_name, one, other, text) => {
			const [first, second] = rowsOf('twins', 2);
			const run = await payAll(fixture, [
				{ ...first, ref: one },
				{ ...second, ref: other },
			]);
			const lines = linesOfHtml(errorOf(run)!.description!);
			expect(lines).toEqual([
				expect.stringMatching(/^Row 1: Row 2 has/),
				expect.stringMatching(/^Row 2: Row 1 has/),
			]);
			for (const line of lines) expect(line).toContain(text);
			expect(fixture.sandbox.requests).toEqual([]);
		},
	);

	test('two rows of one run that differ in case only: both are paid, a hint names them', async () => {
		const [first, second] = rowsOf('case', 2);
		const run = await payAll(fixture, [
			{ ...first, ref: 'xK9' },
			{ ...second, ref: 'Xk9' },
		]);
		expect(fixture.sandbox.ledger.entries).toHaveLength(2);
		expect(hintsOf(run)[1]).toMatchObject({
			type: 'warning',
			message:
				'References that differ only in upper and lower case are different payments: "xK9" (row 1) and "Xk9" (row 2). Check that both are meant.',
		});
	});

	test.each<[string, unknown, string]>([
		['256 characters', 'x'.repeat(256), '256 characters'],
		['1,000,000 characters', 'x'.repeat(1_000_000), '1000000 characters'],
		['text with a line break', 'a\nb', 'line break'],
		['object', { id: 1 }, 'not text'],
		['number that JavaScript has rounded', Number('12345678901234567890'), 'only 15 digits'],
		['only spaces', '   ', 'empty'],
		['Hangul filler', 'PAY\u3164-1', 'invisible character'],
		['Hangul filler of a first consonant', 'PAY\u115f-1', 'invisible character'],
		['empty Braille pattern', 'PAY\u2800-1', 'invisible character'],
		['half of an emoji', 'PAY-\ud83d', 'half of a character'],
	])('%s: refused', async (_name, ref, message) => {
		expect(await problemsOfRow(fixture, { ref })).toEqual([expect.stringContaining(message)]);
	});

	test('error item of a Reference that passes the card check: the Reference is not masked', async () => {
		// 13 digits that pass the Luhn check; one in ten timestamps does.
		const [row] = rowsOf('luhn', 1);
		const ref = '1700000000004';
		const failing = await payAll(fixture, [{ ...row, ref, amount: '100.02' }], {
			node: continueRegular,
		});
		expect(jsonOf(failing)[0].error.reference).toBe(ref);
	});
});
