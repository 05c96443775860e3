/** A second try of Retry On Fail that can send nothing: it does not say that nothing was sent before. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { errorOf, outputsFirstAttempt, startNodeRun } from '../support/engine.mts';
import { expectPaidOnce } from '../support/ledger.mts';
import { rowsOf, sendToCard, type Row } from '../support/payouts.mts';
import { jsonOf } from '../support/runOperation.mts';

const fixture = useFixture();

/**
 * Runs rows that are not valid any more as soon as the bank has been asked, as an unstable expression would make them:
 * their amounts, or with `options` the number of parallel requests.
 */
const run = async (
	rows: Row[],
	onError: 'stopWorkflow' | 'continueErrorOutput',
	options?: INodeParameters,
) => {
	const isFirstTry = () => fixture.sandbox.requests.length === 0;
	const items = rows.map((row) => ({
		json: Object.defineProperties({ ...row } as never, {
			amount: {
				enumerable: true,
				get: () => (isFirstTry() || options ? row.amount : 'a lot'),
			},
			parallel: { enumerable: true, get: () => (isFirstTry() ? 5 : 'a lot') },
		}),
	}));
	return await startNodeRun({
		loader: fixture.loader,
		nodeName: 'bank131',
		credentials: fixture.credential(),
		parameters: { ...sendToCard, options: options ?? {} },
		items,
		node: { onError, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	});
};

const rows = (prefix: string) => {
	const [refused, ...others] = rowsOf(prefix, 3);
	return [{ ...refused, amount: '100.02' }, ...others];
};

test('Stop Workflow: the error lists what is at the bank', async () => {
	const list = rows('stop');
	const { message, description } = errorOf(await run(list, 'stopWorkflow'))!;
	expect(message).toContain('not valid');
	expect(message).not.toContain('nothing was sent');
	expect(description).toMatch(
		/Already at the bank:<br>Row \d: reference stop-\d, outcome succeeded/,
	);
	expectPaidOnce(fixture.sandbox, list.slice(1));
});

test('Continue: the rows that were started are not called rejected', async () => {
	const list = rows('go');
	const executed = await run(list, 'continueErrorOutput');
	expectPaidOnce(fixture.sandbox, list.slice(1));
	if (outputsFirstAttempt) return;
	const errors = jsonOf(executed, 1).map(({ error }) => error);
	expect(errors.map(({ outcome }) => outcome)).toEqual(['rejected', 'succeeded', 'succeeded']);
	expect(errors[1]).toMatchObject({
		reference: 'go-2',
		sessionId: expect.stringMatching(/^ps_/),
		message: expect.stringContaining('An earlier try has started this row'),
	});
});

test('an option is wrong in the second try: the rows that were started are not called rejected', async () => {
	const list = rows('option');
	const executed = await run(list, 'continueErrorOutput', {
		parallelRequests: '={{ $json.parallel }}',
	});
	expectPaidOnce(fixture.sandbox, list.slice(1));
	if (outputsFirstAttempt) return;
	const errors = jsonOf(executed, 1).map(({ error }) => error);
	expect(errors.map(({ outcome }) => outcome)).toEqual(['rejected', 'succeeded', 'succeeded']);
	expect(errors[1].message).toContain('Parallel Requests');
});
