/** All items are checked before the first request, and every problem of every row is reported at once. */
import { useFixture } from '../support/engineFixture.mts';
import {
	continueError,
	continueRegular,
	jsonOf,
	runOperation,
	type RunSettings,
} from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { expectPaidOnce } from '../support/ledger.mts';
import { errorOf, hintsOf, outputOf } from '../support/engine.mts';
import { linesOfHtml } from '../support/html.mts';

const fixture = useFixture();

describe('rows that are not valid', () => {
	const rows = rowsOf('sheet', 12);
	rows[3] = { ...rows[3], amount: '1500.505', name: '' };
	rows[7] = { ...rows[7], card: '4242' };
	rows[11] = { ...rows[11], ref: '' };
	const invalid = [3, 7, 11];
	const valid = rows.filter((_, index) => !invalid.includes(index));

	test('3 of 12, stopWorkflow: no request is sent, the error names each row, field, problem and remedy', async () => {
		const run = await payAll(fixture, rows, { node: { retryOnFail: true, maxTries: 3 } });
		expect(fixture.sandbox.requests).toEqual([]);
		expect(fixture.sandbox.sessions.count).toBe(0);
		const { message, description } = errorOf(run)!;
		expect(message).toBe('3 of 12 rows are not valid, so nothing was sent');
		expect(linesOfHtml(description!)).toEqual([
			'Row 4: Amount has more than two decimals. Round it to two decimals, for example 1500.50.',
			'Row 4: Recipient Name is empty. Fill it in.',
			'Row 8: Card Number has 4 digits, not 14 to 19. Copy the number again from the source.',
			'Row 12: Reference is empty. Fill it in.',
		]);
	});

	test.each([
		['continueRegularOutput', continueRegular],
		['continueErrorOutput', continueError],
	])(
		'3 of 12, %s: valid rows are paid once, the others are rejected with their problems',
		async (mode, node) => {
			const run = await payAll(fixture, rows, { node });
			expectPaidOnce(fixture.sandbox, valid);
			expect(fixture.sandbox.sessions.count).toBe(valid.length);
			const hasErrorOutput = mode === 'continueErrorOutput';
			const failures = hasErrorOutput ? jsonOf(run, 1) : jsonOf(run).filter(({ error }) => error);
			expect(failures.map(({ error }) => error)).toEqual([
				expect.objectContaining({
					reference: 'sheet-4',
					outcome: 'rejected',
					problems: [
						expect.objectContaining({
							field: 'Amount',
							remedy: expect.stringContaining('Round it'),
						}),
						expect.objectContaining({ field: 'Recipient Name' }),
					],
				}),
				expect.objectContaining({ reference: 'sheet-8', outcome: 'rejected' }),
				expect.objectContaining({ outcome: 'rejected' }),
			]);
			expect(jsonOf(run)).toHaveLength(hasErrorOutput ? valid.length : rows.length);
			expect(hintsOf(run)[0].message).toContain('12 rows: 9 succeeded, 3 rejected');
		},
	);

	test('failing expression in row 2: the error names row 2, continueErrorOutput pays the others', async () => {
		const parameters = {
			recipientName: "={{ $json.ref === 'sheet-2' ? $('Nobody').item.json.x : 'Я' }}",
		};
		const list = rowsOf('sheet', 3);
		const stopped = await payAll(fixture, list, { parameters });
		expect(fixture.sandbox.requests).toEqual([]);
		expect(errorOf(stopped)?.message).toMatch(/^Row 2: /);
		const run = await payAll(fixture, list, { parameters, node: continueError });
		expect(jsonOf(run, 1)).toHaveLength(1);
		expect(outputOf(run, 1)[0].pairedItem).toEqual({ item: 1 });
		expectPaidOnce(fixture.sandbox, [list[0], list[2]]);
	});

	test('300 of 300: the description lists 50 problems and the number of the others', async () => {
		const many = rowsOf('many', 300).map((row) => ({ ...row, amount: 'x' }));
		const { description } = errorOf(await payAll(fixture, many))!;
		expect(linesOfHtml(description!)).toHaveLength(51);
		expect(description).toContain('… and 250 more');
	});
});

describe('problem of the whole batch: every row is rejected and no request is sent', () => {
	const rows = rowsOf('batch', 2);

	test.each<[string, RunSettings, string]>([
		['node without a credential', { credentials: {} }, 'credential'],
		['Private Key that is not a key', { credential: { privateKey: 'hello' } }, 'rivate Key'],
		['Custom URL that is not a URL', { credential: { customUrl: 'hello' } }, 'Custom URL'],
		['empty Project', { credential: { project: '' } }, 'Project is empty'],
		[
			'failing expression in Options',
			{ options: { parallelRequests: "={{ $('Nobody').item.json.x }}" } },
			"Referenced node doesn't exist",
		],
	])('%s', async (_name, settings, message) => {
		const stopped = await payAll(fixture, rows, settings);
		const error = errorOf(stopped)!;
		expect(`${error.message} ${error.description}`).toContain(message);
		for (const node of [continueRegular, continueError]) {
			const run = await payAll(fixture, rows, { ...settings, node });
			expect(errorOf(run)).toBeUndefined();
			const output = node === continueError ? 1 : 0;
			expect(jsonOf(run, output).map(({ error }) => error.outcome)).toEqual([
				'rejected',
				'rejected',
			]);
			expect(JSON.stringify(jsonOf(run, output))).toContain(message);
			if (output === 1) expect(jsonOf(run)).toEqual([]);
		}
		expect(fixture.sandbox.requests).toEqual([]);
	});
});

test('unknown operation: error for every On Error setting, no item on the success output', async () => {
	for (const node of [{}, continueRegular, continueError]) {
		const run = await runOperation(fixture, 'payout', 'give', {}, { node, rows: [{ a: 1 }] });
		const failed =
			errorOf(run)?.message ?? jsonOf(run, node === continueError ? 1 : 0)[0]?.error?.message;
		expect(failed).toContain('There is no operation "give" of "payout"');
		if (node === continueError) expect(jsonOf(run)).toEqual([]);
	}
});
