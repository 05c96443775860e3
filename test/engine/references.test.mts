/** Which References are accepted, and which idempotency keys they give. */
import { useFixture } from '../support/engineFixture.mts';
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

	test.each<[string, unknown, string]>([
		['256 characters', 'x'.repeat(256), '256 characters'],
		['1,000,000 characters', 'x'.repeat(1_000_000), '1000000 characters'],
		['text with a line break', 'a\nb', 'line break'],
		['object', { id: 1 }, 'not text'],
		['number that JavaScript has rounded', Number('12345678901234567890'), 'only 15 digits'],
		['only spaces', '   ', 'empty'],
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
