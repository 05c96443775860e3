import { startSandbox, verifySignature, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	account,
	card,
	partnerOf,
	payoutBody,
	rub,
	sign,
	to,
	type Partner,
} from '../support/sandboxPartner.mts';

let sandbox: Sandbox;
let ask: Partner;

beforeAll(async () => {
	sandbox = await startSandbox({ processingMs: 2 });
	ask = partnerOf(sandbox);
});
afterAll(() => sandbox.stop());

/** The SDK's unit-test vector: body `{}`. */
const vector = {
	publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsu4WmrCQfQRJe3l5A0cp
vijEEArcfohQvi/U7Qxv0V4n8mmQOF1fzxQtwDIQ5UiKaY/QTDEJxGIBSZ6zxLWf
L+OdO2UchndZ9TSsri0MAsHuk3J7qBp8XPVJTKvLH8gfaqsvcnwd3NyJn5bX5iwI
28pBBNrGazWLR/sNq2xh4DkONCmX/tbd8P5kqKtIEnR9J4nRjvOkiaPnkN09Sd7/
hjOLDPDNQeJTlv8hniQhJifkTd5P7/PJQdWeWYHbECV6YZ5cUgV/J6v0E6z72nEG
V9Wz6jhoImEmU3gNIQuYrG8RqOQ/OXZd5LU2rfFTbVg4HTd5WWHis9o5VrhLQ8K4
XQIDAQAB
-----END PUBLIC KEY-----`,
	signature:
		'Q+euWta2W3WhIHq/t3Gkvqbvf5RztorP41mbIW21nKDDeaLw0FQuGCg4rwjN/scjFYk1+kBfP+8gau3hDm7uaUyke5Kz44UkbOMVTpZROqS/ozqHllgHp7aatEDKil9WXAYadl8PlbhzbjgeDL1hvbEUyEzfaIxrZASNX9kZ08ORBGZCg76iEJ/HI5/I+QUdI3sEBPTn4gy88sPhlm5vYH1dVlPuMEDWTW7w7zVnV0hUvGeVygyJAW5Q3KbKtdQWajQJH9dPzISfV1rfczHu4YnewkyEOASPg+HpiEJOxxeZRnUONzkavUJEaCznNApWIR0C0stlRItaN+EBNTKvUw==',
};

describe('the door', () => {
	it('agrees with the SDK’s signature', () => {
		const { publicKey, signature } = vector;
		expect(verifySignature(Buffer.from('{}'), signature, publicKey)).toBe(true);
		expect(verifySignature(Buffer.from('{ }'), signature, publicKey)).toBe(false);
		expect(verifySignature(Buffer.from('{}'), '721af394', publicKey)).toBe(false);
		expect(verifySignature(Buffer.from('{}'), '', publicKey)).toBe(false);
	});

	it('takes {} and [] as an empty body', async () => {
		for (const body of ['{}', '[]', '']) {
			expect((await ask('v2/session/create', body)).json.session.status).toBe('created');
		}
	});

	it('verifies the raw bytes, whatever their spacing', async () => {
		expect((await ask('v2/session/create', '{ "metadata" :\n"\\u0069\\/" }')).status).toBe(200);
	});

	it('refuses a wrong signature, project, method, path, JSON and type', async () => {
		const signature = { 'x-partner-sign': sign('{} ', sandbox.partnerPrivateKey) };
		const code = async (...call: Parameters<Partner>) => {
			const { status, json } = await ask(...call);
			expect([status, json.status]).toEqual([400, 'error']);
			return json.error.code;
		};
		expect(await code('v2/session/create', {}, { headers: signature })).toBe(
			'authentication_error',
		);
		const project = { 'x-partner-project': 'other' };
		expect(await code('v2/session/create', {}, { headers: project })).toBe('authorization_error');
		expect(await code('v2/session/create', {}, { method: 'GET' })).toBe('invalid_request');
		expect(await code('v2/token', {})).toBe('invalid_request');
		expect(await code('v3/session/create', {})).toBe('invalid_request');
		expect(await code('v2/session/create', '{"a":')).toBe('invalid_request');
		const type = { 'content-type': 'text/plain' };
		expect(await code('v2/session/create', {}, { headers: type })).toBe('invalid_request');
	});

	it('answers errors with whichever HTTP status is wished', async () => {
		const headers = { 'x-partner-sign': 'AAAA' };
		sandbox.set({ errorHttpStatus: { authentication_error: 401, default: 200 } });
		const wrong = await ask('v2/session/create', {}, { headers });
		const invalid = await ask('v2/session/status', {});
		sandbox.set({ errorHttpStatus: 400 });
		expect([wrong.status, invalid.status, invalid.json.status]).toEqual([401, 200, 'error']);
	});
});

const refused = async (body: object, path = 'v2/session/init/payout') => {
	const { json } = await ask(path, body);
	return json.error?.code === 'invalid_request' ? String(json.error.description) : json;
};
const accepted = async (body: object, path = 'v2/session/init/payout') =>
	(await ask(path, body)).json.status;

describe('a payout’s fields', () => {
	it.each([0, -1, 1.5, '100', null, 2 ** 60])('amount %p is refused', async (amount) => {
		expect(await refused(payoutBody(amount as number))).toContain('amount_details.amount');
	});

	it.each([
		[{ payout_details: card('4242') }, 'number'],
		[{ payout_details: card('5536********8371') }, 'number'],
		[{ participant_details: undefined }, 'recipient.full_name'],
		[{ payout_details: account({ bik: '1' }) }, 'bik'],
		[{ payout_details: account({ account: '4081781010000027041' }) }, 'account'],
		[{ payout_details: account({ account: '40101810100000270411' }) }, 'account'],
		[{ payout_details: account({ description: 'Is it paid?' }) }, 'description'],
		[{ payout_details: account({ description: 'Wow!' }) }, 'description'],
		[{ payout_details: account({ description: 'я'.repeat(211) }) }, 'description'],
		[{ payout_details: account({ full_name: '' }) }, 'full_name'],
		[{ payout_details: account({ inn: '123' }) }, 'inn'],
		[{ payout_details: account({ account: '40702810200000000025' }) }, 'inn'],
		[{ payout_details: account({ account: '40702810200000000025', inn: '3316004777' }) }, 'kpp'],
		[{ payout_details: { type: 'cash' } }, 'type'],
		[{ customer: { contacts: [] } }, 'customer.reference'],
	])('%j is refused', async (change, field) => {
		expect(await refused(payoutBody(10_000, change))).toContain(field);
	});

	it.each([
		account(),
		account({ description: 'я'.repeat(210) }),
		account({ is_fast: 'true' }),
		account({ inn: '123456789012' }),
		account({ account: '40702810200000000025', inn: '3316004777', kpp: '331601001' }),
		{
			type: 'card',
			card: { type: 'encrypted_card', encrypted_card: { number_hash: 'hash' } },
		},
		{ type: 'wallet', wallet: { type: 'qiwi', qiwi: { account: '79210010203' } } },
		{
			type: 'tax',
			tax: {
				type: 'tax_short',
				tax_details: { period: { type: 'quarter', number: 2, year: '2021' } },
			},
		},
	])('%j is accepted', async (payout_details) => {
		expect(await accepted(payoutBody(10_000, { payout_details }))).toBe('ok');
	});

	it('asks escrow payouts for a beneficiary and gives confirm_information', async () => {
		const body = payoutBody(350_000, { payout_details: account() });
		const path = 'v2/session/init/payout/nominal';
		expect(await refused(body, path)).toContain('beneficiary_id');
		const sender = { account: '40702810300200000013', beneficiary_id: '1234567890' };
		const { json } = await ask(path, { ...body, participant_details: { sender, ...to() } });
		const session_id = json.session.id;
		await sandbox.idle();
		expect(await refused({ session_id }, 'v2/session/confirm')).toContain('confirm_information');
		const waiting = (await ask('v2/session/status', { session_id })).json;
		const { confirm_information } = waiting;
		expect(confirm_information.transfer_details.payout_details.type).toBe('bank_account');
		const forged = JSON.parse(JSON.stringify(confirm_information));
		forged.transfer_details.amount.amount = 1;
		const altered = { session_id, confirm_information: forged };
		expect(await refused(altered, 'v2/session/confirm')).toContain('differs');
		const done = await ask('v2/session/confirm', { session_id, confirm_information });
		expect(done.status).toBe(200);
		await sandbox.idle();
		const { session } = (await ask('v2/session/status', { session_id })).json;
		expect(session.status).toBe('accepted');
		expect(sandbox.ledger.find({ sessionId: session_id })[0].account).toBe('escrow');
	});

	it('pays a card from the settlement account, with a mirrored payment', async () => {
		const created = await ask('v2/session/multi/create/rko', { metadata: 'good' });
		const session_id = created.json.session.id;
		const body = {
			session_id,
			payment_details: {
				type: 'internal_transfer',
				internal_transfer: {
					type: 'transfer_from_bank_account',
					transfer_from_bank_account: { description: 'Under the agreement' },
				},
			},
			...payoutBody(293_400),
		};
		expect((await ask('v2/session/multi/start/payment/rko', body)).status).toBe(200);
		await sandbox.idle();
		const waiting = (await ask('v2/session/status', { session_id })).json;
		expect(waiting.confirm_information.transfer_details.purpose).toBe(
			'Under the agreement; card:424242******4242',
		);
		await ask('v2/session/confirm', { session_id });
		await sandbox.idle();
		const { session } = (await ask('v2/session/status', { session_id })).json;
		expect(session).toMatchObject({
			status: 'accepted',
			payment_list: [{ status: 'succeeded' }],
			payout_list: [{ status: 'succeeded' }],
		});
		expect(sandbox.ledger.find({ sessionId: session_id })).toHaveLength(1);
	});
});

describe('a receipt of a self-employed person', () => {
	const service = (amount: number, quantity?: number) => ({
		name: 'Delivery',
		amount_details: rub(amount),
		...(quantity === undefined ? {} : { quantity }),
	});
	const taxpayer = (fields: object = {}) => ({
		fiscalization_details: {
			professional_income_taxpayer: {
				tax_reference: '123456789012',
				services: [service(5_000), service(2_500, 2)],
				...fields,
			},
		},
	});
	const path = 'v2/session/init/payout/fiscalization';
	const body = (fields: object = {}) => payoutBody(10_000, taxpayer(fields));

	it.each([
		[{ services: [service(5_000)] }, 'sum'],
		[{ services: [] }, '1 to 6'],
		[{ services: Array(7).fill(service(1_000)) }, '1 to 6'],
		[{ tax_reference: '1234567890' }, '12 digits'],
		[{ payer_type: 'legal' }, 'payer_tax_number'],
		[{ payer_type: 'legal', payer_tax_number: '3316004777' }, 'payer_name'],
		[{ payer_type: 'robot' }, 'payer_type'],
	])('%j is refused', async (fields, says) => {
		expect(await refused(body(fields), path)).toContain(says);
	});

	it('is written when the payout succeeds', async () => {
		const { json } = await ask(path, body());
		const session_id = json.session.id;
		await sandbox.idle();
		await ask('v2/session/confirm', { session_id });
		await sandbox.idle();
		const { session } = (await ask('v2/session/status', { session_id })).json;
		const { receipt } = session.payout_list[0].fiscalization_details.professional_income_taxpayer;
		expect(receipt).toEqual({ id: expect.any(String), link: expect.stringMatching(/^http/) });
	});

	it.each([
		['131000000131', 'taxpayer_unknown'],
		['131000000205', 'taxpayer_not_bound'],
		['131000000389', 'npd_service_internal_error'],
		['131000000526', 'taxpayer_income_exceeds_amount_limit'],
	])('INN %s fails the payout with %s', async (tax_reference, code) => {
		const { json } = await ask(path, body({ tax_reference }));
		await sandbox.idle();
		const status = await ask('v2/session/status', { session_id: json.session.id });
		expect(status.json.session.payout_list[0].error.code).toBe(code);
	});

	it('can be written without a payout: no money moves', async () => {
		const session_id = (await ask('v1/session/create')).json.session.id;
		const { json } = await ask('v1/fiscalization', { session_id, ...taxpayer() });
		expect(json.session.payments[0].amount_details).toEqual(rub(10_000));
		await sandbox.idle();
		expect(sandbox.ledger.find({ sessionId: session_id })).toEqual([]);
		const { session } = (await ask('v1/session/status', { session_id })).json;
		expect(session.status).toBe('accepted');
	});

	it.each([
		['123456789012', { is_professional_income_taxpayer: true, is_linked: true }, 1],
		['131000000131', { is_professional_income_taxpayer: false, is_linked: false }, 1],
		['131000000205', { is_professional_income_taxpayer: true, is_linked: false }, 1],
		['131000000452', { is_professional_income_taxpayer: true, is_linked: true }, 4],
	])('npd/check of %s', async (tax_reference, result, polls) => {
		const { request_id } = (await ask('v1/npd/check', { tax_reference })).json;
		const seen = [];
		for (let i = 0; i < polls; i++) {
			seen.push((await ask('v1/npd/request/status', { request_id })).json);
		}
		expect(seen.pop()).toEqual({ status: 'ok', ...result });
		expect(seen).toEqual(Array(polls - 1).fill({ status: 'pending' }));
	});

	it('tells of an error of the tax service', async () => {
		const tax_reference = '131000000389';
		const { request_id } = (await ask('v1/npd/check', { tax_reference })).json;
		expect((await ask('v1/npd/request/status', { request_id })).json).toMatchObject({
			status: 'error',
			error: { code: 'npd_service_internal_error' },
		});
		expect(await refused({ request_id: 'x' }, 'v1/npd/request/status')).toContain('request_id');
	});
});
