/** A fault of the package itself, at any step of an operation that moves money: what was sent is never misstated. */
import type { INodeParameters } from 'n8n-workflow';

import { errorOf, hintsOf } from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { expectNotPaid, expectPaidOnce, requestsTo } from '../support/ledger.mts';
import { operationsOf, PAYER_CARD } from '../support/operations.mts';
import { payAll, rowsOf, sendToAccount } from '../support/payouts.mts';
import { continueError, continueRegular, jsonOf } from '../support/runOperation.mts';
import { sessionsOf } from '../support/sessions.mts';

const fixture = useFixture();
const { execute, newReference, newPayer, createPaidPayment } = operationsOf(fixture);
const { createWaitingPayout } = sessionsOf(fixture);

afterEach(() => jest.restoreAllMocks());

/**
 * Throws a TypeError where the package prepares a request, as soon as the bank got a request to `method`. An empty
 * method is the first request of all. Returns the number of errors thrown so far.
 */
function breakAfter(method: string, times = Infinity): () => number {
	let thrown = 0;
	const { timeout } = AbortSignal;
	const before = requestsTo(fixture.sandbox, method).length;
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		const isReached = method === '' || requestsTo(fixture.sandbox, method).length > before;
		if (!isReached || thrown >= times) return timeout.call(AbortSignal, ms);
		thrown++;
		throw new TypeError("Cannot read properties of undefined (reading 'x')");
	});
	return () => thrown;
}

describe('Payout: Send', () => {
	test.each<[string, string, string, object]>([
		['before the session is created', '', 'succeeded', { outcome: 'rejected' }],
		['at the start', 'session/create', 'succeeded', { outcome: 'unknown' }],
		['after the start', 'session/start/payout', 'duplicate', { outcome: 'unknown' }],
		['after the confirmation', 'session/confirm', 'duplicate', { outcome: 'unknown' }],
	])(
		'%s: the outcome says what was sent; thrown once',
		async (_name, method, secondOutcome, expected) => {
			const rows = rowsOf('broken', 1);
			const thrown = breakAfter(method);
			const run = await payAll(fixture, rows, { node: continueError });
			const [{ error }] = jsonOf(run, 1);
			expect(error).toMatchObject({ ...expected, reference: 'broken-1' });
			expect(error.message).toContain('Cannot read properties of undefined');
			if (error.outcome === 'unknown') {
				expect(error.sessionId).toMatch(/^ps_/);
				expect(error).toMatchObject({ adviceCode: 'readSession', advice: expect.any(String) });
			}
			expect(hintsOf(run)[0].message).toContain(`1 row: 1 ${error.outcome}.`);
			expect(jsonOf(run)).toEqual([]);
			expect(thrown()).toBe(1);

			jest.restoreAllMocks();
			await fixture.sandbox.idle();
			const second = await payAll(fixture, rows, { executionId: '2' });
			expect(jsonOf(second)[0].outcome).toBe(secondOutcome);
			expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
		},
	);

	test('after the start, Stop Workflow: the error names the session', async () => {
		breakAfter('session/start/payout');
		const run = await payAll(fixture, rowsOf('stop', 2), { options: { parallelRequests: 1 } });
		expect(errorOf(run)?.message).toMatch(/^Row 1: It is not known what the bank did/);
		expect(errorOf(run)?.description).toMatch(
			/Already at the bank:<br>Row 1: reference stop-1, outcome unknown, sessionId ps_/,
		);
	});

	test('after the start, Retry On Fail: attempt 2 reads the session, paid once', async () => {
		const rows = rowsOf('again', 1);
		const thrown = breakAfter('session/start/payout', 1);
		const node = { retryOnFail: true, maxTries: 2 };
		const run = await payAll(fixture, rows, { node });
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded']);
		expect(thrown()).toBe(1);
		expect(requestsTo(fixture.sandbox, 'session/start/payout')).toHaveLength(1);
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('in one of 20 rows: the others are paid', async () => {
		const rows = rowsOf('one', 20);
		breakAfter('', 1);
		const run = await payAll(fixture, rows, { node: continueRegular });
		const failed = jsonOf(run).flatMap(({ error }) => (error ? [error.reference] : []));
		expect(failed).toHaveLength(1);
		expectNotPaid(fixture.sandbox, failed);
		expectPaidOnce(
			fixture.sandbox,
			rows.filter(({ ref }) => !failed.includes(ref)),
		);
	});
});

describe('the read after a lost response', () => {
	const receipt = {
		selfEmployedInn: '123456789012',
		payerType: 'individual',
		receiptServices: { service: [{ serviceName: 'Delivery', price: '75', quantity: 2 }] },
	};

	async function createHeldPayment(): Promise<string> {
		fixture.sandbox.set({ autoConfirm: true, hold: true });
		const payment = { ...newPayer(), ...PAYER_CARD, amount: '100' };
		return (await execute('payment.initiateAndWait', payment)).item.sessionId;
	}

	const createEmptySession = async (): Promise<string> =>
		(await execute('session.create', {})).item.sessionId;

	test.each<[string, string, () => Promise<INodeParameters>]>([
		[
			'payout.start',
			'session/start/payout',
			async () => ({ ...sendToAccount, sessionId: await createEmptySession() }),
		],
		[
			'payment.start',
			'session/start/payment',
			async () => ({
				...newPayer(),
				...PAYER_CARD,
				amount: '100',
				sessionId: await createEmptySession(),
			}),
		],
		['receipt.create', 'fiscalization', async () => ({ ...receipt, amount: '150' })],
		[
			'refund.create',
			'session/refund',
			async () => ({ sessionId: (await createPaidPayment('100')).sessionId }),
		],
		['payment.capture', 'session/capture', async () => ({ sessionId: await createHeldPayment() })],
		[
			'session.confirm',
			'session/confirm',
			async () => ({ sessionId: await createWaitingPayout() }),
		],
	])('%s: outcome unknown, thrown once', async (operation, method, parametersOf) => {
		const parameters = { reference: newReference(), ...(await parametersOf()) };
		fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path: method } });
		const thrown = breakAfter(method);
		const { error, run } = await execute(operation, parameters);
		expect(error).toMatchObject({
			outcome: 'unknown',
			sessionId: expect.stringMatching(/^ps_/),
			message: expect.stringContaining('Cannot read properties of undefined'),
		});
		expect(hintsOf(run)[0].message).toContain('1 row: 1 unknown.');
		expect(thrown()).toBe(1);
	});

	test.each(['payout.initiate', 'payment.initiateAndWait'])(
		'%s, the wait after it: outcome unknown with the session, thrown once',
		async (operation) => {
			const payout = operation.startsWith('payout');
			const method = payout ? 'session/init/payout' : 'session/init/payment/sync';
			const thrown = breakAfter(method);
			const parameters = payout ? sendToAccount : { ...newPayer(), ...PAYER_CARD };
			const { error } = await execute(operation, {
				reference: newReference(),
				...parameters,
				amount: '100',
			});
			expect(error).toMatchObject({ outcome: 'unknown' });
			expect(error.sessionId).toMatch(/^ps_/);
			expect(thrown()).toBe(1);
		},
	);

	test('payout.initiate, at the request: outcome unknown without a session', async () => {
		breakAfter('');
		const { error } = await execute('payout.initiate', {
			...sendToAccount,
			reference: newReference(),
		});
		expect(error).toMatchObject({ outcome: 'unknown' });
		expect(error).not.toHaveProperty('sessionId');
		expect(error).toMatchObject({ adviceCode: 'sessionIdLost', advice: expect.any(String) });
	});

	test('Session: Wait, which moves no money: an error without an outcome, thrown once', async () => {
		const sessionId = await createEmptySession();
		const thrown = breakAfter('session/status');
		const { error } = await execute('session.wait', { sessionId });
		expect(error.message).toContain('Cannot read properties of undefined');
		expect(error).not.toHaveProperty('outcome');
		expect(thrown()).toBe(1);
	});
});
