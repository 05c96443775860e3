// API of the widgets; the widgets themselves run in test/e2e.
import { useSandbox, rub, type Loose } from '../support/partnerClient.mts';

const partner = useSandbox({ processingMs: 2, autoConfirm: true });
const { callApi } = partner;

const CARD = '4242424242424242';
const NOT_LINKED = '131000000205';

const issuePublicToken = async (widgets: object): Promise<string> =>
	(await callApi('v1/token', widgets)).json.public_token;

const TOKENIZE_WIDGET = { tokenize_widget: { access: true } };
const LINKING_WIDGET = { self_employed_widget: { tax_reference: NOT_LINKED } };

async function callWidgetApi(name: string, body: unknown): Promise<Loose> {
	const response = await fetch(`${partner.sandbox.url}/widget/api/${name}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: 'null' },
		body: JSON.stringify(body),
	});
	expect(response.headers.get('access-control-allow-origin')).toBe('*');
	return await response.json();
}

const errorWith = (text: string) => ({ error: { description: expect.stringContaining(text) } });

test.each(['card-tokenizer', 'self-employed', 'account-tokenizer', 'payment-form'])(
	'%s: script and style are served to pages of any origin',
	async (name) => {
		const script = await fetch(`${partner.sandbox.url}/widget/${name}.js`);
		expect(script.headers.get('content-type')).toContain('text/javascript');
		expect(await script.text()).toContain('window.Bank131');
		expect((await fetch(`${partner.sandbox.url}/widget/${name}.css`)).status).toBe(200);
		const preflight = await fetch(`${partner.sandbox.url}/widget/api/cards`, { method: 'OPTIONS' });
		expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
	},
);

describe('public token', () => {
	test('second operation: rejected; wrong check digit: the token stays active', async () => {
		const public_token = await issuePublicToken(TOKENIZE_WIDGET);
		expect(
			await callWidgetApi('cards', { public_token, number: '4242424242424241' }),
		).toMatchObject(errorWith('check digit'));
		const { card_token } = await callWidgetApi('cards', { public_token, number: CARD });
		expect(partner.sandbox.tokens.findCardNumber(card_token)).toBe(CARD);
		expect(await callWidgetApi('cards', { public_token, number: CARD })).toMatchObject(
			errorWith('has been used'),
		);
		const { info } = (
			await callApi('v1/token/info', {
				type: 'public_token',
				public_token: { token: public_token },
			})
		).json;
		expect(info.is_active).toBe(false);
	});

	test('token of another widget, unknown or expired: rejected', async () => {
		const number = CARD;
		const other = await issuePublicToken(LINKING_WIDGET);
		expect(await callWidgetApi('cards', { public_token: other, number })).toMatchObject(
			errorWith('not issued for this widget'),
		);
		const off = await issuePublicToken({ tokenize_widget: { access: false } });
		expect(await callWidgetApi('cards', { public_token: off, number })).toMatchObject(
			errorWith('not issued for this widget'),
		);
		expect(await callWidgetApi('cards', { public_token: 'no', number })).toMatchObject(
			errorWith('not known'),
		);
		const old = await issuePublicToken(TOKENIZE_WIDGET);
		partner.sandbox.tokens.publicTokens.get(old)!.finishedAt = '2020-01-01T00:00:00.000000Z';
		expect(await callWidgetApi('cards', { public_token: old, number })).toMatchObject(
			errorWith('expired'),
		);
	});

	test.each([
		['nothing', {}],
		['cards', []],
		['cards', 'text'],
		['constructor', {}],
	])('path %s with body %j: invalid_request', async (name, body) => {
		expect(await callWidgetApi(name, body)).toMatchObject({ error: { code: 'invalid_request' } });
	});
});

test('account tokenizer: valid account gives a token, wrong check digit is rejected', async () => {
	const public_token = await issuePublicToken(TOKENIZE_WIDGET);
	const bik = '044525974';
	expect(
		await callWidgetApi('accounts', { public_token, bik, account: '40817810800000004402' }),
	).toMatchObject(errorWith('check digit'));
	const response = await callWidgetApi('accounts', {
		public_token,
		bik,
		account: '40817810800000004401',
	});
	const query = { type: 'bank_account_ru', bank_account_ru: { token: response.account_token } };
	expect((await callApi('v1/token/info', query)).json.info.masked_account).toBe('40817***4401');
});

describe('self-employed widget', () => {
	const isLinked = async (tax_reference: string) => {
		const { request_id } = (await callApi('v1/npd/check', { tax_reference })).json;
		return (await callApi('v1/npd/request/status', { request_id })).json.is_linked;
	};

	test('allowed in My Tax: linked from then on, a later refusal changes nothing', async () => {
		const public_token = await issuePublicToken(LINKING_WIDGET);
		const person = { public_token, tax_reference_or_phone: NOT_LINKED };
		expect(await callWidgetApi('links', person)).toEqual({ status: 'sent' });
		expect(await isLinked(NOT_LINKED)).toBe(false);
		await callWidgetApi('links/answer', { public_token, allow: true });
		expect(await callWidgetApi('links/status', { public_token })).toEqual({ status: 'confirmed' });
		expect(await isLinked(NOT_LINKED)).toBe(true);
		await callWidgetApi('links/answer', { public_token, allow: false });
		expect(await isLinked(NOT_LINKED)).toBe(true);
	});

	test('INN other than that of the token: rejected; refused in My Tax: not linked', async () => {
		const public_token = await issuePublicToken(LINKING_WIDGET);
		const otherPerson = { public_token, tax_reference_or_phone: '131000000131' };
		expect(await callWidgetApi('links', otherPerson)).toMatchObject(errorWith('is not the INN'));
		expect(await callWidgetApi('links/status', { public_token })).toMatchObject(
			errorWith('nothing was asked'),
		);
		await callWidgetApi('links', { public_token, tax_reference_or_phone: '79681310009' });
		await callWidgetApi('links/answer', { public_token, allow: false });
		expect(await callWidgetApi('links/status', { public_token })).toEqual({ status: 'rejected' });
		expect(await isLinked(NOT_LINKED)).toBe(false);
	});
});

describe('payment form', () => {
	const card = { expiration_month: '12', expiration_year: '30', security_code: '123' };
	const draft = { amount_details: rub(75_000), customer: { reference: 'payer-1' } };

	async function createFormSession(session: object, options: object = {}) {
		const { id } = (await callApi('v2/session/create', session)).json.session;
		const acquiring_widget = { session_id: id, ...options };
		return { id, public_token: await issuePublicToken({ acquiring_widget }) };
	}

	async function finalState(public_token: string): Promise<Loose> {
		await partner.sandbox.idle();
		return await callWidgetApi('payments/status', { public_token });
	}

	test('valid card: payment succeeds with the amount of the session', async () => {
		const { public_token, id } = await createFormSession(draft, {
			success_return_url: 'https://shop.example/ok',
		});
		expect(await callWidgetApi('payments/form', { public_token })).toEqual({
			amount: 75_000,
			currency: 'rub',
			recurrent: false,
		});
		await callWidgetApi('payments', { public_token, number: CARD, ...card, amount: 1 });
		expect(await finalState(public_token)).toEqual({
			status: 'succeeded',
			return_url: 'https://shop.example/ok',
		});
		expect(partner.sandbox.ledger.find({ kind: 'payment', sessionId: id })).toMatchObject([
			{ amount: 75_000 },
		]);
	});

	test('card with 3-D Secure: action_required with a redirect; payer declines: failed', async () => {
		const { public_token, id } = await createFormSession(draft);
		await callWidgetApi('payments', { public_token, number: '4242420000000067', ...card });
		const waiting = await finalState(public_token);
		expect(waiting.status).toBe('action_required');
		expect(waiting.redirect_url).toContain(`/sandbox/payer/${id}`);
		partner.sandbox.runAction(id, 'payer', { paid: false });
		expect((await finalState(public_token)).status).toBe('failed');
		expect(partner.sandbox.ledger.entries).toEqual([]);
	});

	test('two tokens of one session: one payment, then session_wrong_state', async () => {
		const { public_token, id } = await createFormSession(draft);
		const second = await issuePublicToken({ acquiring_widget: { session_id: id } });
		await callWidgetApi('payments', { public_token, number: CARD, ...card });
		expect(
			await callWidgetApi('payments', { public_token: second, number: CARD, ...card }),
		).toMatchObject({
			error: { code: 'session_wrong_state' },
		});
		await finalState(public_token);
		expect(partner.sandbox.ledger.find({ kind: 'payment' })).toHaveLength(1);
	});

	test('session without an amount: rejected', async () => {
		const { public_token } = await createFormSession({});
		expect(await callWidgetApi('payments/form', { public_token })).toMatchObject(
			errorWith('amount_details'),
		);
	});
});
