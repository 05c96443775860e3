/** Refunds at banks that show the metadata of refunds in another form, and count keys on refunds or do not. */
import { useFixture, type Loose } from '../support/engineFixture.mts';
import { outputsFirstAttempt } from '../support/engine.mts';
import { requestsTo } from '../support/ledger.mts';
import { operationsOf } from '../support/operations.mts';
import { continueError, jsonOf, runOperation } from '../support/runOperation.mts';

const fixture = useFixture();
const { execute, createPaidPayment } = operationsOf(fixture);

const forms = [
	'same',
	'cut',
	'lowerCase',
	'htmlEscaped',
	'nfkc',
	'number',
	'text',
	'absent',
] as const;
type Form = (typeof forms)[number];

/** A Reference that the form changes. */
const referenceFor = (form: Form): string =>
	form === 'number' ? '000123456' : 'Возврат №7 "A&B" по заказу 2026/0042';

const refundsOf = (sessionId: string) => fixture.sandbox.ledger.find({ kind: 'refund', sessionId });
const requestCount = () => requestsTo(fixture.sandbox, 'session/refund').length;

/** A paid payment of 100.00 at a bank with this form of metadata, and the parameters of a refund of 30.00. */
async function prepare(form: Form, idempotencyScope: 'start' | 'everyPost' = 'start') {
	const { sessionId } = await createPaidPayment('100');
	fixture.sandbox.set({ refundMetadataForm: form, idempotencyScope });
	return { sessionId, reference: referenceFor(form), refundAmount: '30' };
}

describe.each(forms)('metadata of refunds: %s', (form) => {
	test.each([
		['no fault', undefined],
		['response lost', 'resetAfter'],
		['response lost, Retry On Fail', 'errorAfter'],
		['HTTP 429, Retry On Fail', 'errorAfter'],
	] as const)('%s: one refund, refundReference is ours', async (name, kind) => {
		const parameters = await prepare(form);
		const status = name.startsWith('HTTP 429') ? 429 : undefined;
		if (kind) fixture.sandbox.faults.add({ kind, status, match: { path: 'session/refund' } });
		const { item } = await execute('refund.create', parameters, {
			node: { ...continueError, retryOnFail: name.endsWith('Fail'), maxTries: 2 },
		});
		expect(item).toMatchObject({
			outcome: expect.stringMatching(/^(processing|refunded)$/),
			refundReference: parameters.reference,
			refund: { amount: '30.00' },
		});
		await fixture.sandbox.idle();
		expect(refundsOf(parameters.sessionId)).toHaveLength(1);
	});

	test('lost request, Retry On Fail: unknown, one request', async () => {
		const parameters = await prepare(form);
		const match = { path: 'session/refund' };
		fixture.sandbox.faults.add({ kind: 'resetBefore', match, times: 9 });
		const { error } = await execute('refund.create', parameters, {
			node: { ...continueError, retryOnFail: true, maxTries: 2 },
		});
		expect(error).toMatchObject({ outcome: 'unknown', refundReference: parameters.reference });
		expect(requestCount()).toBe(1);
	});

	test.each(['start', 'everyPost'] as const)(
		'the same Reference in the next execution, keys are checked at %s',
		async (idempotencyScope) => {
			const parameters = await prepare(form, idempotencyScope);
			await execute('refund.create', parameters);
			await fixture.sandbox.idle();
			const { item, error } = await execute('refund.create', parameters);
			await fixture.sandbox.idle();
			const isReadable = form === 'same' || form === 'text';
			// Nothing can tell that the Reference was used.
			const isLost = form === 'absent' && idempotencyScope === 'start';
			expect((item ?? error).outcome).toBe(
				isReadable ? 'refunded' : isLost ? 'processing' : 'unknown',
			);
			expect(refundsOf(parameters.sessionId)).toHaveLength(isLost ? 2 : 1);
		},
	);

	test('three rows with the same amount and session: three refunds, each row has its own', async () => {
		const { sessionId } = await prepare(form);
		const rows = [1, 2, 3].map((row) => ({ ref: `${row}${referenceFor(form)}` }));
		const run = await runOperation(
			fixture,
			'refund',
			'create',
			{ sessionId, reference: '={{ $json.ref }}', refundAmount: '20' },
			{ rows, node: continueError },
		);
		const items = jsonOf(run);
		expect(items.map(({ refundReference }: Loose) => refundReference)).toEqual(
			rows.map(({ ref }) => ref),
		);
		expect(new Set(items.map(({ refund }: Loose) => refund.refundId)).size).toBe(3);
		await fixture.sandbox.idle();
		expect(refundsOf(sessionId)).toHaveLength(3);
	});
});

test('an existing refund under an altered Reference: the error names it and says what to do', async () => {
	const parameters = await prepare('lowerCase');
	await execute('refund.create', parameters);
	const { error } = await execute('refund.create', { ...parameters, refundAmount: '40' });
	expect(error.message).toBe(
		`The session shows a refund of 30.00 RUB under "${parameters.reference.toLowerCase()}", which may be this one; nothing was sent.`,
	);
	expect(error.advice).toContain('use a quite different Reference');
	expect(requestCount()).toBe(1);
});

describe('the bank uses up the key of a refund that it refuses', () => {
	beforeEach(() => fixture.sandbox.setProfile('keysOfEveryPost+refusedStartUsesKey'));

	/** The parameters of a refund of 30.00 that the sandbox refuses. */
	async function prepareRefused(outcome: string) {
		const { sessionId } = await createPaidPayment('100');
		const additionalFields = { metadata: JSON.stringify({ sandbox: outcome }) };
		return { sessionId, reference: 'R-1', refundAmount: '30', additionalFields };
	}

	test.each([
		['refused', 'routing_internal_error', 2],
		['refused', 'routing_internal_error', 3],
		['refusedForBalance', 'insufficient_wallet_balance', 2],
	])('%s, Retry On Fail: rejected with %s after %i tries', async (outcome, errorCode, maxTries) => {
		const { error } = await execute('refund.create', await prepareRefused(outcome), {
			node: { ...continueError, retryOnFail: true, maxTries },
		});
		expect(error).toMatchObject({ outcome: 'rejected', refundReference: 'R-1', errorCode });
		if (!outputsFirstAttempt) expect(error.adviceCode).toBe('keyMayBeUsedUp');
		expect(requestCount()).toBe(maxTries);
		expect(fixture.sandbox.ledger.find({ kind: 'refund' })).toEqual([]);
	});

	test('another execution: unknown, because nothing tells why the key is used; nothing is refunded', async () => {
		const parameters = await prepareRefused('refused');
		await execute('refund.create', parameters);
		const { error } = await execute('refund.create', { ...parameters, additionalFields: {} });
		expect(error).toMatchObject({ outcome: 'unknown', refundReference: 'R-1' });
		expect(fixture.sandbox.ledger.find({ kind: 'refund' })).toEqual([]);
	});
});
