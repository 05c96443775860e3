// FPS registration check, tokens, balances and statements.
import { request } from 'node:http';
import { cardDetails, useSandbox, payoutBody, sign } from '../support/partnerClient.mts';

const partner = useSandbox({ processingMs: 2 });
const { callApi, readSession } = partner;

it('FPS registration check: accepted if registered, cancelled if not, no money moves', async () => {
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
		const { json } = await callApi('v2/fps/customer_verification', verification(phone));
		await partner.sandbox.idle();
		ends.push((await readSession(json.session.id)).status);
	}
	expect(ends).toEqual(['accepted', 'cancelled']);
	expect(partner.sandbox.ledger.entries).toEqual([]);
	const banks = await callApi('v1/fps/banks', '', { method: 'GET' });
	expect(banks.json.banks[0].id).toBe('100000000069');
});

describe('token', () => {
	it('public token: issued with a widget object, invalid_request without', async () => {
		const { public_token } = (await callApi('v1/token', { tokenize_widget: { access: true } }))
			.json;
		expect(public_token).toMatch(/^[0-9a-f]{64}$/);
		const info = { type: 'public_token', public_token: { token: public_token } };
		expect((await callApi('v1/token/info', info)).json.info.is_active).toBe(true);
		expect((await callApi('v1/token', {})).json.error.code).toBe('invalid_request');
	});

	it('card hash and card: same fingerprint; account token: masked account', async () => {
		const bank_account_ru = { bik: '049205131', account: '40702810200000000025' };
		const tokenized = await callApi('v1/tokenize', { type: 'bank_account_ru', bank_account_ru });
		expect(tokenized.json.data.masked_account).toBe('40702***0025');
		const response = await fetch(`${partner.sandbox.url}/sandbox/api/cards`, {
			method: 'POST',
			body: JSON.stringify({ number: '2200240000000014' }),
		});
		const { number_hash } = (await response.json()) as { number_hash: string };
		const encrypted = { type: 'encrypted_card', encrypted_card: { number_hash } };
		const info = await callApi('v1/token/info', { type: 'card', card: encrypted });
		expect(info.json.info).toMatchObject({ number_hash, brand: 'mir', last4: '0014' });
		partner.sandbox.set({ autoConfirm: true });
		const ru = { token: tokenized.json.token, full_name: 'ООО', description: 'Без НДС' };
		for (const payout_details of [
			{ type: 'card', card: encrypted },
			{ type: 'bank_account', bank_account: { system_type: 'ru', ru } },
			cardDetails('2200240000000014'),
		]) {
			await callApi('v2/session/init/payout', payoutBody(1_000, { payout_details }));
		}
		await partner.sandbox.idle();
		partner.sandbox.set({ autoConfirm: false });
		const [hash, account, pan] = partner.sandbox.ledger.entries;
		expect(hash.fingerprint).toBe(pan.fingerprint);
		expect(account.destination).toBe('40702***0025');
	});
});

it('balance and statement by POST, statement by GET with a body; unknown account: account_not_found', async () => {
	const account_number = '40702810300200000013';
	const balance = await callApi('v1/report/account_balance', { account_number });
	expect(balance.json.balance.current_balance).toBeGreaterThan(0);
	const other = { account_number: '40702810300200000099' };
	expect((await callApi('v1/report/account_balance', other)).json.error.code).toBe(
		'account_not_found',
	);
	const day = new Date().toISOString().slice(0, 10);
	const body = { date_from: day, date_to: day, account_number };
	const statement = await callApi('v1/report/account_statement', body);
	expect(statement.json).toMatchObject({
		method: { name: 'account_statement', account_statement: { ...body, transactions: [] } },
	});
	partner.sandbox.set({ statementShape: 'flat' });
	const flat = await callApi('v1/report/account_statement', body);
	expect(flat.json).toMatchObject({ account_statement: body, transactions: [] });
	partner.sandbox.set({ statementShape: 'nested' });
	const text = JSON.stringify(body);
	expect(await getWithBody('v1/report/account_statement', text)).toEqual(statement.json);
});

/** GET with a body, as in the docs; fetch does not support it. */
function getWithBody(path: string, body: string): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const headers = {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			'x-partner-project': partner.sandbox.project,
			'x-partner-sign': sign(body, partner.sandbox.partnerPrivateKey),
		};
		const url = `${partner.sandbox.url}/api/${path}`;
		const httpRequest = request(url, { method: 'GET', headers, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
		});
		httpRequest.on('error', reject);
		httpRequest.end(body);
	});
}
