import { startSandbox, type Fault, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	errorCode,
	createPartnerClient,
	payoutBody,
	startWebhookReceiver,
	waitUntil,
	type PartnerClient,
	type ApiReply,
} from '../support/partnerClient.mts';

let sandbox: Sandbox;
let callApi: PartnerClient;
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;

beforeAll(async () => {
	receiver = await startWebhookReceiver();
	sandbox = await startSandbox({ processingMs: 5, autoConfirm: true });
	callApi = createPartnerClient(sandbox);
});
afterAll(async () => {
	await sandbox.stop();
	await receiver.close();
});
beforeEach(() => sandbox.reset());

/** The time limit is short only where no complete response ever comes. */
const initPayout = (key: string, ms = 60_000) =>
	callApi('v2/session/init/payout', payoutBody(), { key, signal: AbortSignal.timeout(ms) });

/** The response or the error of a payout with this fault, and the number of paid payouts. */
async function payWithFault(
	fault: Fault,
): Promise<{ reply?: ApiReply; error?: unknown; paid: number }> {
	sandbox.faults.add(fault);
	const isEndless = /^(timeout|slow)/.test(fault.kind) && !('ms' in fault);
	const statuses = await initPayout('k', isEndless ? 500 : undefined).then(
		(reply) => ({ reply }),
		(error: unknown) => ({ error }),
	);
	// A request whose time is over may not have been read yet.
	await waitUntil(() => sandbox.requests.length > 0);
	await sandbox.idle();
	return { ...statuses, paid: sandbox.ledger.entries.length };
}

describe('fault before processing', () => {
	it('resetBefore: connection is reset, no payout is made', async () => {
		const { error, paid } = await payWithFault({ kind: 'resetBefore' });
		expect([errorCode(error), paid]).toEqual(['ECONNRESET', 0]);
	});

	it('errorBefore without options: 502 with an HTML page, no payout is made', async () => {
		const { reply, paid } = await payWithFault({ kind: 'errorBefore' });
		expect([reply?.status, paid]).toEqual([502, 0]);
		expect(reply?.headers.get('content-type')).toContain('text/html');
		expect(reply?.text).toContain('502 Bad Gateway');
	});

	it('errorBefore with status, headers and body: the response has them', async () => {
		const body = '{"error":{"code":"internal_error"}}';
		const headers = { 'retry-after': '1' };
		const { reply } = await payWithFault({ kind: 'errorBefore', status: 429, headers, body });
		expect([reply?.status, reply?.headers.get('retry-after')]).toEqual([429, '1']);
		expect(reply?.json.error.code).toBe('internal_error');
	});

	it('timeoutBefore: no response, no payout is made', async () => {
		const { error, paid } = await payWithFault({ kind: 'timeoutBefore' });
		expect([errorCode(error), paid]).toEqual(['TimeoutError', 0]);
	});

	it('delay of 60 ms: 200 after the delay, one payout is made', async () => {
		const started = Date.now();
		const { reply, paid } = await payWithFault({ kind: 'delay', ms: 60 });
		expect([reply?.status, paid]).toEqual([200, 1]);
		// The bank's waits are up to 3 ms shorter, by what its timers have been late (sandbox/lib/timers.mts).
		expect(Date.now() - started).toBeGreaterThanOrEqual(56);
	});
});

describe('fault after processing', () => {
	it.each<[Fault, string]>([
		[{ kind: 'resetAfter' }, 'ECONNRESET'],
		[{ kind: 'halfBody' }, 'UND_ERR_SOCKET'],
		[{ kind: 'timeoutAfter' }, 'TimeoutError'],
		[{ kind: 'slowBody' }, 'TimeoutError'],
	])('%p: response is lost with %s, one payout is made', async (fault, code) => {
		const { error, paid } = await payWithFault(fault);
		expect([errorCode(error), paid]).toEqual([code, 1]);
	});

	it('errorAfter and garbage: response is replaced, one payout is made', async () => {
		const replaced = await payWithFault({ kind: 'errorAfter', status: 500 });
		expect([replaced.reply?.status, replaced.paid]).toEqual([500, 1]);
		sandbox.reset();
		const garbage = await payWithFault({ kind: 'garbage' });
		expect([garbage.reply?.status, garbage.reply?.json, garbage.paid]).toEqual([200, undefined, 1]);
	});

	it('slowBody without a pause: the whole response arrives', async () => {
		const { reply } = await payWithFault({ kind: 'slowBody', ms: 0 });
		expect(reply?.json.status).toBe('ok');
	});

	it('timeoutAfter with ms: response arrives late', async () => {
		const { reply } = await payWithFault({ kind: 'timeoutAfter', ms: 50 });
		expect(reply?.json.status).toBe('ok');
	});

	it('retry with the same key after resetAfter: rejected, one payout in total', async () => {
		await payWithFault({ kind: 'resetAfter' });
		expect((await initPayout('k')).json.error.code).toBe('idempotency_key_already_exists');
		await sandbox.idle();
		expect(sandbox.ledger.entries).toHaveLength(1);
		expect(sandbox.ledger.paidTwice()).toEqual([]);
	});
});

describe('fault match', () => {
	it('path, nth 2 and times 2: requests 2 and 3 fail', async () => {
		const fault = sandbox.faults.add({
			kind: 'errorBefore',
			match: { path: 'init/payout', nth: 2 },
			times: 2,
		});
		await callApi('v2/session/create');
		const statuses = [];
		for (const key of ['a', 'b', 'c', 'd']) statuses.push((await initPayout(key)).status);
		expect(statuses).toEqual([200, 502, 502, 200]);
		expect(fault).toMatchObject({ hits: 2, left: 0 });
	});

	it('pattern, idempotency key, reference and session id: only the matching request fails', async () => {
		sandbox.faults.add({ kind: 'errorBefore', match: { path: /create$/ } });
		expect((await callApi('v2/session/create')).status).toBe(502);
		sandbox.faults.add({ kind: 'errorBefore', match: { idempotencyKey: 'x' } });
		expect([(await initPayout('y')).status, (await initPayout('x')).status]).toEqual([200, 502]);
		sandbox.faults.add({ kind: 'errorBefore', match: { reference: 'man-1' } });
		const body = { metadata: { reference: 'man-1' } };
		expect((await callApi('v2/session/create', {})).status).toBe(200);
		expect((await callApi('v2/session/create', body)).status).toBe(502);
		const { id } = (await callApi('v2/session/create')).json.session;
		sandbox.faults.add({ kind: 'errorBefore', match: { sessionId: id } });
		expect((await callApi('v2/session/status', { session_id: id })).status).toBe(502);
	});

	it('probability: the same requests fail after each reset', async () => {
		const statusesByChance = async () => {
			sandbox.reset();
			sandbox.faults.add({ kind: 'errorBefore', match: { probability: 0.4 } });
			const statuses = [];
			for (let i = 0; i < 20; i++) statuses.push((await callApi('v2/session/create')).status);
			return statuses;
		};
		const first = await statusesByChance();
		expect(new Set(first)).toEqual(new Set([200, 502]));
		expect(await statusesByChance()).toEqual(first);
	});
});

describe('webhook fault', () => {
	it('drop, duplicate, delay and reorder: webhooks are lost, repeated, late and swapped', async () => {
		// One at a time and without time limits, so that the order is that of the bank, however slow the machine is.
		const inOrder = { webhookParallel: 1, webhookTimeoutMs: 60_000 };
		sandbox.set({ webhookUrl: receiver.url, autoConfirm: false, ...inOrder });
		const webhookTypes = async (fault?: Fault) => {
			if (fault !== undefined) sandbox.faults.add(fault);
			const from = receiver.received.length;
			const { id } = (await callApi('v2/session/init/payout', payoutBody())).json.session;
			await waitUntil(() => sandbox.sessions.get(id).nextAction === 'confirm');
			await callApi('v2/session/confirm', { session_id: id });
			await sandbox.idle();
			return receiver.received.slice(from).map(({ json }) => json.type);
		};
		const type = 'payment_finished';
		expect(await webhookTypes()).toEqual(['ready_to_confirm', type]);
		expect(await webhookTypes({ kind: 'webhookDrop', match: { type } })).toEqual([
			'ready_to_confirm',
		]);
		expect(await webhookTypes({ kind: 'webhookDuplicate', match: { type } })).toEqual([
			'ready_to_confirm',
			type,
			type,
		]);
		const [first, second] = receiver.received.slice(-2).map(({ body }) => body);
		expect(first).toBe(second);
		expect(await webhookTypes({ kind: 'webhookDelay', ms: 40, match: { type } })).toEqual([
			'ready_to_confirm',
			type,
		]);
		expect(await webhookTypes({ kind: 'webhookReorder', ms: 60_000 })).toEqual([
			type,
			'ready_to_confirm',
		]);
		sandbox.set({ webhookUrl: undefined, autoConfirm: true });
	});
});
