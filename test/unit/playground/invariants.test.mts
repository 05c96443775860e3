import {
	findViolations,
	type LedgerMovement,
	buildReports,
} from '../../../playground/demo/invariants.mts';
import {
	type ResultRow,
	type RecipientRow,
	parseKopecks,
	formatRubles,
} from '../../../playground/demo/sheets.mts';

const recipientRow = (reference: string, amount = '100.00'): RecipientRow => ({
	reference,
	amount,
	recipient: 'Иванов Иван Иванович',
	method: 'cardNumber',
	approval: '',
});

const resultRow = (
	reference: string,
	outcome: string,
	changed: Partial<ResultRow> = {},
): ResultRow => ({
	line: '2',
	reference,
	outcome,
	amount: '100.00',
	session: outcome === 'rejected' ? '' : 'ps_1',
	problem: outcome === 'rejected' ? 'Card Number: its check digit is wrong' : '',
	remedy: outcome === 'rejected' ? 'Copy the number again' : '',
	...changed,
});

const movement = (reference: string, changed: Partial<LedgerMovement> = {}): LedgerMovement => ({
	kind: 'payout',
	amount: 10_000,
	fingerprint: `card of ${reference}`,
	destination: '411111******1111',
	metadata: { reference },
	...changed,
});

function violationsOf(
	rows: RecipientRow[],
	results: ResultRow[],
	ledger: LedgerMovement[],
	expected: Record<string, string>,
) {
	return findViolations(buildReports(rows, results, ledger), ledger, expected).join('\n');
}

describe('findViolations', () => {
	test('result and ledger agree: no violation', () => {
		const rows = [recipientRow('A'), recipientRow('B'), recipientRow('C')];
		const results = [
			resultRow('A', 'succeeded'),
			resultRow('B', 'failed'),
			resultRow('C', 'rejected'),
		];
		const expected = { A: 'succeeded', B: 'failed', C: 'rejected' };
		expect(violationsOf(rows, results, [movement('A')], expected)).toBe('');
	});

	test.each<[string, ResultRow[], LedgerMovement[], RegExp]>([
		[
			'two payouts for one reference',
			[resultRow('A', 'succeeded')],
			[movement('A'), movement('A')],
			/the ledger shows 2 payouts/,
		],
		[
			'two payouts to one card',
			[resultRow('A', 'succeeded')],
			[movement('A'), movement('A')],
			/was paid twice/,
		],
		[
			'reported as succeeded without a payout in the ledger',
			[resultRow('A', 'succeeded')],
			[],
			/the ledger shows 0 payouts/,
		],
		[
			'reported as failed with a payout in the ledger',
			[resultRow('A', 'failed')],
			[movement('A')],
			/moved 100\.00, the result reports 0\.00/,
		],
		[
			'a payout of another amount',
			[resultRow('A', 'succeeded')],
			[movement('A', { amount: 1000 })],
			/ledger moved 10\.00/,
		],
		['a row without a result', [], [], /A: is missing/],
		[
			'a payout whose reference is not in the list',
			[resultRow('A', 'succeeded')],
			[movement('A'), movement('Z')],
			/belong to no row/,
		],
		[
			'an outcome other than the expected one',
			[resultRow('A', 'cancelled')],
			[],
			/expected was "succeeded"/,
		],
		[
			'a rejected row with a session',
			[resultRow('A', 'rejected', { session: 'ps_1' })],
			[],
			/a session was created/,
		],
		[
			'a rejected row without a remedy',
			[resultRow('A', 'rejected', { remedy: '' })],
			[],
			/without its remedy/,
		],
		[
			'outcome unknown without a session',
			[resultRow('A', 'unknown', { session: '' })],
			[],
			/has no session/,
		],
	])('%s is a violation', (_, results, ledger, message) => {
		expect(violationsOf([recipientRow('A')], results, ledger, { A: 'succeeded' })).toMatch(message);
	});

	test('a returned payout does not count as money moved', () => {
		const ledger = [movement('A'), movement('A', { kind: 'return' })];
		const message = violationsOf([recipientRow('A')], [resultRow('A', 'succeeded')], ledger, {
			A: 'succeeded',
		});
		expect(message).toMatch(/moved 0\.00, the result reports 100\.00/);
	});
});

test.each([
	['12500.00', 1_250_000],
	['8 340,50', 834_050],
	['3000', 300_000],
	['7.5', 750],
	['1,500', undefined],
	['', undefined],
])('parseKopecks: "%s" is %s kopecks', (text, minorUnits) =>
	expect(parseKopecks(text)).toBe(minorUnits),
);

test.each([
	[0, '0.00'],
	[5, '0.05'],
	[63_729_125, '637 291.25'],
	[100_000_000, '1 000 000.00'],
])('formatRubles: %s kopecks are formatted as "%s"', (minorUnits, text) =>
	expect(formatRubles(minorUnits)).toBe(text),
);
