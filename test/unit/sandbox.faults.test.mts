import { startSandbox, type Fault, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	partnerOf,
	payoutBody,
	receiver,
	until,
	type Partner,
	type Reply,
} from '../support/sandboxPartner.mts';

let sandbox: Sandbox;
let ask: Partner;
let partner: Awaited<ReturnType<typeof receiver>>;

beforeAll(async () => {
	partner = await receiver();
	sandbox = await startSandbox({ processingMs: 5, autoConfirm: true });
	ask = partnerOf(sandbox);
});
afterAll(async () => {
	await sandbox.stop();
	await partner.close();
});
beforeEach(() => sandbox.reset());

const pay = (key: string, ms = 500) =>
	ask('v2/session/init/payout', payoutBody(), { key, signal: AbortSignal.timeout(ms) });

/** What the partner sees, and how often the bank paid. */
async function struck(fault: Fault): Promise<{ reply?: Reply; error?: unknown; paid: number }> {
	sandbox.faults.add(fault);
	const seen = await pay('k').then(
		(reply) => ({ reply }),
		(error: unknown) => ({ error }),
	);
	await sandbox.idle();
	return { ...seen, paid: sandbox.ledger.entries.length };
}

/** A timeout's own `cause` is the abort; what the socket said is more telling otherwise. */
const causeOf = (error: unknown) => {
	const { name, cause } = error as Error & { cause?: { code?: string } };
	return name === 'TimeoutError' ? name : cause?.code;
};

describe('faults before the bank booked anything', () => {
	it('resetBefore: the connection is reset', async () => {
		const { error, paid } = await struck({ kind: 'resetBefore' });
		expect([causeOf(error), paid]).toEqual(['ECONNRESET', 0]);
	});

	it('errorBefore: a proxy answers 502 in HTML', async () => {
		const { reply, paid } = await struck({ kind: 'errorBefore' });
		expect([reply?.status, paid]).toEqual([502, 0]);
		expect(reply?.headers.get('content-type')).toContain('text/html');
		expect(reply?.text).toContain('502 Bad Gateway');
	});

	it('errorBefore: status, headers and body can be chosen', async () => {
		const body = '{"error":{"code":"internal_error"}}';
		const headers = { 'retry-after': '1' };
		const { reply } = await struck({ kind: 'errorBefore', status: 429, headers, body });
		expect([reply?.status, reply?.headers.get('retry-after')]).toEqual([429, '1']);
		expect(reply?.json.error.code).toBe('internal_error');
	});

	it('timeoutBefore: no answer at all', async () => {
		const { error, paid } = await struck({ kind: 'timeoutBefore' });
		expect([causeOf(error), paid]).toEqual(['TimeoutError', 0]);
	});

	it('delay: a late answer', async () => {
		const started = Date.now();
		const { reply, paid } = await struck({ kind: 'delay', ms: 60 });
		expect([reply?.status, paid]).toEqual([200, 1]);
		expect(Date.now() - started).toBeGreaterThanOrEqual(59);
	});
});

describe('faults after the bank did what was asked', () => {
	it.each<[Fault, string]>([
		[{ kind: 'resetAfter' }, 'ECONNRESET'],
		[{ kind: 'halfBody' }, 'UND_ERR_SOCKET'],
		[{ kind: 'timeoutAfter' }, 'TimeoutError'],
	])('%p: the answer is lost, the money moves', async (fault, code) => {
		const { error, paid } = await struck(fault);
		expect([causeOf(error), paid]).toEqual([code, 1]);
	});

	it('errorAfter, garbage: the answer is replaced, the money moves', async () => {
		const replaced = await struck({ kind: 'errorAfter', status: 500 });
		expect([replaced.reply?.status, replaced.paid]).toEqual([500, 1]);
		sandbox.reset();
		const garbage = await struck({ kind: 'garbage' });
		expect([garbage.reply?.status, garbage.reply?.json, garbage.paid]).toEqual([200, undefined, 1]);
	});

	it('timeoutAfter with ms: the answer comes very late', async () => {
		const { reply } = await struck({ kind: 'timeoutAfter', ms: 50 });
		expect(reply?.json.status).toBe('ok');
	});

	it('the repeated key is refused, so the money moves once', async () => {
		await struck({ kind: 'resetAfter' });
		expect((await pay('k')).json.error.code).toBe('idempotency_key_already_exists');
		await sandbox.idle();
		expect(sandbox.ledger.entries).toHaveLength(1);
		expect(sandbox.ledger.paidTwice()).toEqual([]);
	});
});

describe('matching', () => {
	it('by path, nth and times', async () => {
		const fault = sandbox.faults.add({
			kind: 'errorBefore',
			match: { path: 'init/payout', nth: 2 },
			times: 2,
		});
		await ask('v2/session/create');
		const seen = [];
		for (const key of ['a', 'b', 'c', 'd']) seen.push((await pay(key)).status);
		expect(seen).toEqual([200, 502, 502, 200]);
		expect(fault).toMatchObject({ hits: 2, left: 0 });
	});

	it('by pattern, key, reference and session', async () => {
		sandbox.faults.add({ kind: 'errorBefore', match: { path: /create$/ } });
		expect((await ask('v2/session/create')).status).toBe(502);
		sandbox.faults.add({ kind: 'errorBefore', match: { idempotencyKey: 'x' } });
		expect([(await pay('y')).status, (await pay('x')).status]).toEqual([200, 502]);
		sandbox.faults.add({ kind: 'errorBefore', match: { reference: 'man-1' } });
		const body = { metadata: { reference: 'man-1' } };
		expect((await ask('v2/session/create', {})).status).toBe(200);
		expect((await ask('v2/session/create', body)).status).toBe(502);
		const { id } = (await ask('v2/session/create')).json.session;
		sandbox.faults.add({ kind: 'errorBefore', match: { sessionId: id } });
		expect((await ask('v2/session/status', { session_id: id })).status).toBe(502);
	});

	it('by chance, the same every time', async () => {
		const run = async () => {
			sandbox.reset();
			sandbox.faults.add({ kind: 'errorBefore', match: { probability: 0.4 } });
			const seen = [];
			for (let i = 0; i < 20; i++) seen.push((await ask('v2/session/create')).status);
			return seen;
		};
		const first = await run();
		expect(new Set(first)).toEqual(new Set([200, 502]));
		expect(await run()).toEqual(first);
	});
});

describe('webhook faults', () => {
	it('drops, doubles, delays and reorders', async () => {
		sandbox.set({ webhookUrl: partner.url, autoConfirm: false });
		const finished = async (fault?: Fault) => {
			if (fault !== undefined) sandbox.faults.add(fault);
			const from = partner.received.length;
			const { id } = (await ask('v2/session/init/payout', payoutBody())).json.session;
			await until(() => sandbox.sessions.get(id).nextAction === 'confirm');
			await ask('v2/session/confirm', { session_id: id });
			await sandbox.idle();
			return partner.received.slice(from).map(({ json }) => json.type);
		};
		const type = 'payment_finished';
		expect(await finished()).toEqual(['ready_to_confirm', type]);
		expect(await finished({ kind: 'webhookDrop', match: { type } })).toEqual(['ready_to_confirm']);
		expect(await finished({ kind: 'webhookDuplicate', match: { type } })).toEqual([
			'ready_to_confirm',
			type,
			type,
		]);
		const [first, second] = partner.received.slice(-2).map(({ body }) => body);
		expect(first).toBe(second);
		expect(await finished({ kind: 'webhookDelay', ms: 40, match: { type } })).toEqual([
			'ready_to_confirm',
			type,
		]);
		expect(await finished({ kind: 'webhookReorder' })).toEqual([type, 'ready_to_confirm']);
		sandbox.set({ webhookUrl: undefined, autoConfirm: true });
	});
});
