import { startSandbox } from '../../sandbox/sandbox.mts';
import {
	createPartnerClient,
	errorCode,
	payoutBody,
	useSandbox,
	waitUntil,
} from '../support/partnerClient.mts';

const partner = useSandbox({ processingMs: 2 });
const { callApi } = partner;

describe('control API', () => {
	const control = async (method: string, path: string, body?: object) => {
		const response = await fetch(`${partner.sandbox.url}/sandbox/api/${path}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return response.json() as Promise<Record<string, never>>;
	};

	it('settings, faults, reads, actions, scenarios and reset: same effect as in process', async () => {
		await control('POST', 'settings', { latencyMs: 0, autoConfirm: true });
		const fault = { kind: 'resetAfter', match: { path: '/init.payout$/' } };
		expect(await control('POST', 'faults', fault)).toMatchObject({ id: 'fault-1' });
		await expect(callApi('v2/session/init/payout', payoutBody(), { key: 'k' })).rejects.toThrow();
		await partner.sandbox.idle();
		expect(await control('GET', 'state')).toMatchObject({
			moneyMoved: 10_000,
			paidTwice: [],
			payouts: { total: 1, paid: 1 },
			settings: { autoConfirm: true },
			faults: [{ hits: 1 }],
		});
		expect(await control('GET', 'ledger')).toMatchObject({
			entries: [{ idempotencyKey: 'k', amount: 10_000 }],
		});
		const requests = await control('GET', 'requests');
		expect(requests).toMatchObject([
			{ path: 'v2/session/init/payout', signatureOk: true, fault: 'resetAfter' },
		]);
		expect(JSON.stringify(requests)).not.toContain('4242424242424242');
		await control('POST', 'settings', { autoConfirm: false });
		const { id } = (await callApi('v2/session/init/payout', payoutBody(100_09))).json.session;
		await partner.sandbox.idle();
		await control('POST', `sessions/${id}/confirm`, {});
		await control('POST', `sessions/${id}/succeed`, {});
		expect(await control('GET', `sessions/${id}`)).toMatchObject({ status: 'accepted' });
		expect(await control('POST', `sessions/${id}/return`, {})).toMatchObject({
			error: { code: 'invalid_request' },
		});
		await control('POST', 'scenarios', { kopecks: '77', outcome: 'refused' });
		const refused = await callApi('v2/session/init/payout', payoutBody(177));
		expect(refused.json.error.code).toBe('routing_internal_error');
		expect(await control('POST', 'settings', { nonsense: 1 })).toMatchObject({
			error: { code: 'sandbox_error' },
		});
		await control('POST', 'reset', {});
		expect(partner.sandbox.ledger.entries).toEqual([]);
	});

	it('request from another origin: 403; page and scripts: served', async () => {
		const foreign = await fetch(`${partner.sandbox.url}/sandbox/api/reset`, {
			method: 'POST',
			headers: { origin: 'https://evil.example' },
		});
		expect(foreign.status).toBe(403);
		const page = await fetch(partner.sandbox.url);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(await page.text()).toContain('Bank sandbox');
		expect((await fetch(`${partner.sandbox.url}/page/page.js`)).status).toBe(200);
	});
});

it('stop with a hanging request: the connection is closed before the stop has ended', async () => {
	const other = await startSandbox();
	other.faults.add({ kind: 'timeoutBefore' });
	const hanging = createPartnerClient(other)('v2/session/create').catch(errorCode);
	await waitUntil(() => other.requests.length > 0);
	await other.stop();
	expect(await hanging).toBe('UND_ERR_SOCKET'); // and not the client's own time limit
});
