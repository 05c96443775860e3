// The rest of the bank: payments, FPS, tokens, accounts, and the sandbox's own HTTP API.
import { request } from 'node:http';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	card,
	partnerOf,
	payoutBody,
	rub,
	sign,
	type Partner,
} from '../support/sandboxPartner.mts';

let sandbox: Sandbox;
let ask: Partner;

beforeAll(async () => {
	sandbox = await startSandbox({ processingMs: 2 });
	ask = partnerOf(sandbox);
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const status = async (session_id: string) =>
	(await ask('v2/session/status', { session_id })).json.session;

const payerCard = (number = '4242424242424242') => ({
	type: 'card',
	card: {
		type: 'bank_card',
		bank_card: { number, expiration_month: '12', expiration_year: '30', security_code: '123' },
	},
});
const payment = (fields: object = {}) => ({
	payment_details: payerCard(),
	amount_details: rub(10_000),
	customer: { reference: 'lucky' },
	...fields,
});

describe('payments', () => {
	it('are confirmed, shown to the payer, held, captured in part, refunded', async () => {
		sandbox.set({ hold: true });
		const body = payment({
			payment_details: payerCard('4242420000000067'),
			payment_options: { recurrent: true },
		});
		const { id } = (await ask('v2/session/init/payment', body)).json.session;
		await sandbox.idle();
		await ask('v2/session/confirm', { session_id: id });
		await sandbox.idle();
		const interaction = (await status(id)).payment_list[0].customer_interaction;
		expect(interaction.redirect.url).toContain(sandbox.url);
		sandbox.runAction(id, 'payer', { paid: true });
		expect(await status(id)).toMatchObject({ next_action: 'capture' });
		await ask('v2/session/capture', { session_id: id, amount_details: rub(6_000) });
		await sandbox.idle();
		sandbox.set({ hold: false });
		const paid = await status(id);
		expect(paid).toMatchObject({
			status: 'accepted',
			payment_list: [{ status: 'succeeded', amount_details: rub(6_000) }],
		});
		const { token } = paid.payment_list[0].recurrent;
		const disabled = await ask('v1/recurrent/disable', { recurrent: { token } });
		expect(disabled.json.recurrent.is_active).toBe(false);

		const much = { session_id: id, amount_details: rub(6_001) };
		expect((await ask('v2/session/refund', much)).json.error.code).toBe('refund_amount_too_large');
		const some = { session_id: id, amount_details: rub(1_000) };
		const refund = (await ask('v2/session/refund', some)).json.session.payment_list[0].refunds;
		expect(refund).toMatchObject([{ status: 'in_progress', amount_details: rub(1_000) }]);
		await sandbox.idle();
		expect(sandbox.ledger.entries.map(({ kind, amount }) => [kind, amount])).toEqual([
			['payment', 6_000],
			['refund', 1_000],
		]);
		expect(sandbox.webhooks.map(({ type }) => type)).toEqual([
			'ready_to_confirm',
			'action_required',
			'ready_to_capture',
			'payment_finished',
			'payment_refunded',
		]);
	});

	it('by QR show a code; the payer may give up', async () => {
		const details = { type: 'faster_payment_system', faster_payment_system: [] };
		const body = payment({ payment_details: details });
		const { session } = (await ask('v1/session/init/payment/sync', body)).json;
		// The payer's step comes after the confirmation, in the first answer only where there is none.
		expect(session.acquiring_payments[0]).not.toHaveProperty('customer_interaction');
		await sandbox.idle();
		await ask('v1/session/confirm', { session_id: session.id });
		await sandbox.idle();
		const qr = {
			content: expect.stringMatching(/^http/) as string,
			img: expect.any(String) as string,
		};
		expect((await status(session.id)).payment_list[0].customer_interaction.inform).toEqual({ qr });
		sandbox.runAction(session.id, 'payer', { paid: false });
		expect(await status(session.id)).toMatchObject({
			status: 'cancelled',
			payment_list: [{ error: { code: '3DS_error' } }],
		});
	});

	it('without confirmation show the step of the payer in the answer to sync', async () => {
		sandbox.set({ autoConfirm: true });
		const details = { type: 'faster_payment_system', faster_payment_system: [] };
		const body = payment({ payment_details: details });
		const { session } = (await ask('v1/session/init/payment/sync', body)).json;
		expect(session.acquiring_payments[0].customer_interaction.inform.qr.content).toMatch(/^http/);
	});

	it('and payouts may share a session', async () => {
		const body = { payment_list: [payment()], payout_list: [payoutBody(9_900)] };
		const { id } = (await ask('v2/session/multi/init', body)).json.session;
		await sandbox.idle();
		await ask('v2/session/confirm', { session_id: id });
		await sandbox.idle();
		expect((await status(id)).status).toBe('accepted');
		expect(sandbox.ledger.entries.map(({ kind }) => kind).sort()).toEqual(['payment', 'payout']);
	});

	it('can be split: hold, pay out, capture', async () => {
		sandbox.set({ hold: true });
		const { id } = (await ask('v2/session/init/payment', payment())).json.session;
		await sandbox.idle();
		await ask('v2/session/confirm', { session_id: id });
		await sandbox.idle();
		const start = { session_id: id, ...payoutBody(9_000) };
		expect((await ask('v2/session/start/payout', start)).status).toBe(200);
		await sandbox.idle();
		await ask('v2/session/confirm', { session_id: id });
		await sandbox.idle();
		expect(await status(id)).toMatchObject({ status: 'in_progress', next_action: 'capture' });
		await ask('v2/session/capture', { session_id: id });
		await sandbox.idle();
		sandbox.set({ hold: false });
		expect((await status(id)).status).toBe('accepted');
	});
});

it('checks FPS registration without confirmation or money', async () => {
	const verification = (phone: string) => ({
		payout_details: {
			type: 'bank_account',
			bank_account: {
				system_type: 'faster_payment_system_verification',
				faster_payment_system_verification: { phone, bank_id: '100000000069' },
			},
		},
		participant_details: { recipient: { first_name: 'Ivan', last_name: 'Ivanov' } },
	});
	const ends = [];
	for (const phone of ['79261234567', '79681310001']) {
		const { json } = await ask('v2/fps/customer_verification', verification(phone));
		await sandbox.idle();
		ends.push((await status(json.session.id)).status);
	}
	expect(ends).toEqual(['accepted', 'cancelled']);
	expect(sandbox.ledger.entries).toEqual([]);
	const banks = await ask('v1/fps/banks', '', { method: 'GET' });
	expect(banks.json.banks[0].id).toBe('100000000069');
});

describe('tokens', () => {
	it('for widgets are issued once something is asked for', async () => {
		const { public_token } = (await ask('v1/token', { tokenize_widget: { access: true } })).json;
		expect(public_token).toMatch(/^[0-9a-f]{64}$/);
		const info = { type: 'public_token', public_token: { token: public_token } };
		expect((await ask('v1/token/info', info)).json.info.is_active).toBe(true);
		expect((await ask('v1/token', {})).json.error.code).toBe('invalid_request');
	});

	it('of accounts and cards lead to the same people', async () => {
		const bank_account_ru = { bik: '049205131', account: '40702810200000000025' };
		const tokenized = await ask('v1/tokenize', { type: 'bank_account_ru', bank_account_ru });
		expect(tokenized.json.data.masked_account).toBe('40702***0025');
		const response = await fetch(`${sandbox.url}/sandbox/api/cards`, {
			method: 'POST',
			body: JSON.stringify({ number: '2200240000000014' }),
		});
		const { number_hash } = (await response.json()) as { number_hash: string };
		const encrypted = { type: 'encrypted_card', encrypted_card: { number_hash } };
		const info = await ask('v1/token/info', { type: 'card', card: encrypted });
		expect(info.json.info).toMatchObject({ number_hash, brand: 'mir', last4: '0014' });
		sandbox.set({ autoConfirm: true });
		const ru = { token: tokenized.json.token, full_name: 'ООО', description: 'Без НДС' };
		for (const payout_details of [
			{ type: 'card', card: encrypted },
			{ type: 'bank_account', bank_account: { system_type: 'ru', ru } },
			card('2200240000000014'),
		]) {
			await ask('v2/session/init/payout', payoutBody(1_000, { payout_details }));
		}
		await sandbox.idle();
		sandbox.set({ autoConfirm: false });
		const [hash, account, pan] = sandbox.ledger.entries;
		expect(hash.fingerprint).toBe(pan.fingerprint);
		expect(account.destination).toBe('40702***0025');
	});
});

it('reports balances and statements, by POST or by GET with a body', async () => {
	const account_number = '40702810300200000013';
	const balance = await ask('v1/report/account_balance', { account_number });
	expect(balance.json.balance.current_balance).toBeGreaterThan(0);
	const other = { account_number: '40702810300200000099' };
	expect((await ask('v1/report/account_balance', other)).json.error.code).toBe('account_not_found');
	const day = new Date().toISOString().slice(0, 10);
	const body = { date_from: day, date_to: day, account_number };
	const statement = await ask('v1/report/account_statement', body);
	expect(statement.json).toMatchObject({ name: 'account_statement', transactions: [] });
	const text = JSON.stringify(body);
	expect(await getWithBody('v1/report/account_statement', text)).toEqual(statement.json);
});

/** As the docs' curl does; fetch refuses to. */
function getWithBody(path: string, body: string): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const headers = {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			'x-partner-project': sandbox.project,
			'x-partner-sign': sign(body, sandbox.partnerPrivateKey),
		};
		const url = `${sandbox.url}/api/${path}`;
		const asked = request(url, { method: 'GET', headers, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
		});
		asked.on('error', reject);
		asked.end(body);
	});
}

describe('the control API', () => {
	const control = async (method: string, path: string, body?: object) => {
		const response = await fetch(`${sandbox.url}/sandbox/api/${path}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return response.json() as Promise<Record<string, never>>;
	};

	it('does over HTTP what tests do in the process', async () => {
		await control('POST', 'settings', { latencyMs: 0, autoConfirm: true });
		const fault = { kind: 'resetAfter', match: { path: '/init.payout$/' } };
		expect(await control('POST', 'faults', fault)).toMatchObject({ id: 'fault-1' });
		await expect(ask('v2/session/init/payout', payoutBody(), { key: 'k' })).rejects.toThrow();
		await sandbox.idle();
		expect(await control('GET', 'state')).toMatchObject({
			moneyMoved: 10_000,
			paidTwice: [],
			payouts: { total: 1, succeeded: 1 },
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
		const { id } = (await ask('v2/session/init/payout', payoutBody(100_09))).json.session;
		await sandbox.idle();
		await control('POST', `sessions/${id}/confirm`, {});
		await control('POST', `sessions/${id}/succeed`, {});
		expect(await control('GET', `sessions/${id}`)).toMatchObject({ status: 'accepted' });
		expect(await control('POST', `sessions/${id}/return`, {})).toMatchObject({
			error: { code: 'invalid_request' },
		});
		await control('POST', 'scenarios', { kopecks: '77', outcome: 'refused' });
		const refused = await ask('v2/session/init/payout', payoutBody(177));
		expect(refused.json.error.code).toBe('routing_internal_error');
		expect(await control('POST', 'settings', { nonsense: 1 })).toMatchObject({
			error: { code: 'sandbox_error' },
		});
		await control('POST', 'reset', {});
		expect(sandbox.ledger.entries).toEqual([]);
	});

	it('is closed to web pages of other origins, and serves its own', async () => {
		const foreign = await fetch(`${sandbox.url}/sandbox/api/reset`, {
			method: 'POST',
			headers: { origin: 'https://evil.example' },
		});
		expect(foreign.status).toBe(403);
		const page = await fetch(sandbox.url);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(await page.text()).toContain('Bank sandbox');
		expect((await fetch(`${sandbox.url}/page/page.js`)).status).toBe(200);
	});
});

it('stops at once, whatever hangs', async () => {
	const other = await startSandbox();
	other.faults.add({ kind: 'timeoutBefore' });
	const hanging = partnerOf(other)('v2/session/create').catch(() => 'closed');
	await new Promise((later) => setTimeout(later, 30));
	const started = Date.now();
	await other.stop();
	expect(await hanging).toBe('closed');
	expect(Date.now() - started).toBeLessThan(1_000);
});
