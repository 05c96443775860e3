import { brokenInvariants, type Moved, tell } from '../../../playground/demo/invariants.mts';
import { type Answered, type Asked, kopecks, roubles } from '../../../playground/demo/sheets.mts';

const asked = (reference: string, amount = '100.00'): Asked => ({
	reference,
	amount,
	recipient: 'Иванов Иван Иванович',
	method: 'cardNumber',
	approval: '',
});

const answer = (reference: string, outcome: string, changed: Partial<Answered> = {}): Answered => ({
	row: '2',
	reference,
	outcome,
	amount: '100.00',
	session: outcome === 'rejected' ? '' : 'ps_1',
	problem: outcome === 'rejected' ? 'Card Number: its check digit is wrong' : '',
	remedy: outcome === 'rejected' ? 'Copy the number again' : '',
	...changed,
});

const moved = (reference: string, changed: Partial<Moved> = {}): Moved => ({
	kind: 'payout',
	amount: 10_000,
	fingerprint: `card of ${reference}`,
	destination: '411111******1111',
	metadata: { reference },
	...changed,
});

function broken(
	rows: Asked[],
	answers: Answered[],
	ledger: Moved[],
	expected: Record<string, string>,
) {
	return brokenInvariants(tell(rows, answers, ledger), ledger, expected).join('\n');
}

describe('what the demo checks', () => {
	test('a run in which report and ledger agree', () => {
		const rows = [asked('A'), asked('B'), asked('C')];
		const answers = [answer('A', 'succeeded'), answer('B', 'failed'), answer('C', 'rejected')];
		const expected = { A: 'succeeded', B: 'failed', C: 'rejected' };
		expect(broken(rows, answers, [moved('A')], expected)).toBe('');
	});

	test.each<[string, Answered[], Moved[], RegExp]>([
		[
			'paid twice',
			[answer('A', 'succeeded')],
			[moved('A'), moved('A')],
			/the ledger shows 2 payouts/,
		],
		[
			'paid twice to one card',
			[answer('A', 'succeeded')],
			[moved('A'), moved('A')],
			/got money twice/,
		],
		['reported, not paid', [answer('A', 'succeeded')], [], /the ledger shows 0 payouts/],
		[
			'paid, reported as failed',
			[answer('A', 'failed')],
			[moved('A')],
			/moved 100\.00, the result says 0\.00/,
		],
		[
			'another amount',
			[answer('A', 'succeeded')],
			[moved('A', { amount: 1000 })],
			/ledger moved 10\.00/,
		],
		['missing from the result', [], [], /A: is missing/],
		[
			'money for nobody on the list',
			[answer('A', 'succeeded')],
			[moved('A'), moved('Z')],
			/belong to no row/,
		],
		['another outcome than expected', [answer('A', 'cancelled')], [], /expected was "succeeded"/],
		[
			'a bad row that was sent',
			[answer('A', 'rejected', { session: 'ps_1' })],
			[],
			/a session was opened/,
		],
		[
			'a bad row without a remedy',
			[answer('A', 'rejected', { remedy: '' })],
			[],
			/without naming its remedy/,
		],
		[
			'an outcome without a session',
			[answer('A', 'unknown', { session: '' })],
			[],
			/has no session/,
		],
	])('%s', (_, answers, ledger, complaint) => {
		expect(broken([asked('A')], answers, ledger, { A: 'succeeded' })).toMatch(complaint);
	});

	test('a payout that came back is not money moved', () => {
		const ledger = [moved('A'), moved('A', { kind: 'return' })];
		const complaint = broken([asked('A')], [answer('A', 'succeeded')], ledger, { A: 'succeeded' });
		expect(complaint).toMatch(/moved 0\.00, the result says 100\.00/);
	});
});

test.each([
	['12500.00', 1_250_000],
	['8 340,50', 834_050],
	['3000', 300_000],
	['7.5', 750],
	['1,500', undefined],
	['', undefined],
])('"%s" is %s kopecks', (text, minorUnits) => expect(kopecks(text)).toBe(minorUnits));

test.each([
	[0, '0.00'],
	[5, '0.05'],
	[63_729_125, '637 291.25'],
	[100_000_000, '1 000 000.00'],
])('%s kopecks are written "%s"', (minorUnits, text) => expect(roubles(minorUnits)).toBe(text));
