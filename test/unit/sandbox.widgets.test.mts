// What the widgets' stand-ins ask of the sandbox; the widgets themselves run in test/e2e.
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { partnerOf, rub, type Loose, type Partner } from '../support/sandboxPartner.mts';

let sandbox: Sandbox;
let ask: Partner;

beforeAll(async () => {
	sandbox = await startSandbox({ processingMs: 2, autoConfirm: true });
	ask = partnerOf(sandbox);
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const CARD = '4242424242424242';
const NOT_LINKED = '131000000205';

const tokenFor = async (widgets: object): Promise<string> =>
	(await ask('v1/token', widgets)).json.public_token;

const tokenize = { tokenize_widget: { access: true } };
const linking = { self_employed_widget: { tax_reference: NOT_LINKED } };

async function widget(name: string, body: unknown): Promise<Loose> {
	const answer = await fetch(`${sandbox.url}/widget/api/${name}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: 'null' },
		body: JSON.stringify(body),
	});
	expect(answer.headers.get('access-control-allow-origin')).toBe('*');
	return await answer.json();
}

const refused = (text: string) => ({ error: { description: expect.stringContaining(text) } });

test.each(['card-tokenizer', 'self-employed', 'account-tokenizer', 'payment-form'])(
	'%s: script and style are served to pages of any origin',
	async (name) => {
		const script = await fetch(`${sandbox.url}/widget/${name}.js`);
		expect(script.headers.get('content-type')).toContain('text/javascript');
		expect(await script.text()).toContain('window.Bank131');
		expect((await fetch(`${sandbox.url}/widget/${name}.css`)).status).toBe(200);
		const asked = await fetch(`${sandbox.url}/widget/api/cards`, { method: 'OPTIONS' });
		expect(asked.headers.get('access-control-allow-headers')).toBe('content-type');
	},
);

describe('a public token', () => {
	test('does one operation, and a typing error is none', async () => {
		const public_token = await tokenFor(tokenize);
		expect(await widget('cards', { public_token, number: '4242424242424241' })).toMatchObject(
			refused('check digit'),
		);
		const { card_token } = await widget('cards', { public_token, number: CARD });
		expect(sandbox.tokens.findCardNumber(card_token)).toBe(CARD);
		expect(await widget('cards', { public_token, number: CARD })).toMatchObject(
			refused('has been used'),
		);
		const { info } = (
			await ask('v1/token/info', { type: 'public_token', public_token: { token: public_token } })
		).json;
		expect(info.is_active).toBe(false);
	});

	test('opens only the widget it was issued for, and none when it is unknown or expired', async () => {
		const number = CARD;
		const other = await tokenFor(linking);
		expect(await widget('cards', { public_token: other, number })).toMatchObject(
			refused('not issued for this widget'),
		);
		const off = await tokenFor({ tokenize_widget: { access: false } });
		expect(await widget('cards', { public_token: off, number })).toMatchObject(
			refused('not issued for this widget'),
		);
		expect(await widget('cards', { public_token: 'no', number })).toMatchObject(
			refused('not known'),
		);
		const old = await tokenFor(tokenize);
		sandbox.tokens.publicTokens.get(old)!.finishedAt = '2020-01-01T00:00:00.000000Z';
		expect(await widget('cards', { public_token: old, number })).toMatchObject(refused('expired'));
	});

	test.each([
		['nothing', {}],
		['cards', []],
		['cards', 'text'],
		['constructor', {}],
	])('nonsense is refused: %s %j', async (name, body) => {
		expect(await widget(name, body)).toMatchObject({ error: { code: 'invalid_request' } });
	});
});

test('an account becomes a token; its check digit is checked against the BIK', async () => {
	const public_token = await tokenFor(tokenize);
	const bik = '044525974';
	expect(
		await widget('accounts', { public_token, bik, account: '40817810800000004402' }),
	).toMatchObject(refused('check digit'));
	const answer = await widget('accounts', { public_token, bik, account: '40817810800000004401' });
	const asked = { type: 'bank_account_ru', bank_account_ru: { token: answer.account_token } };
	expect((await ask('v1/token/info', asked)).json.info.masked_account).toBe('40817***4401');
});

describe('linking', () => {
	const check = async (tax_reference: string) => {
		const { request_id } = (await ask('v1/npd/check', { tax_reference })).json;
		return (await ask('v1/npd/request/status', { request_id })).json.is_linked;
	};

	test('the person is linked once My Tax says so, and not before', async () => {
		const public_token = await tokenFor(linking);
		const person = { public_token, tax_reference_or_phone: NOT_LINKED };
		expect(await widget('links', person)).toEqual({ status: 'sent' });
		expect(await check(NOT_LINKED)).toBe(false);
		await widget('links/answer', { public_token, allow: true });
		expect(await widget('links/status', { public_token })).toEqual({ status: 'confirmed' });
		expect(await check(NOT_LINKED)).toBe(true);
		// Too late to change one's mind here.
		await widget('links/answer', { public_token, allow: false });
		expect(await check(NOT_LINKED)).toBe(true);
	});

	test('refusing leaves the person unlinked; another INN than the token’s is refused', async () => {
		const public_token = await tokenFor(linking);
		const asked = { public_token, tax_reference_or_phone: '131000000131' };
		expect(await widget('links', asked)).toMatchObject(refused('is not the INN'));
		expect(await widget('links/status', { public_token })).toMatchObject(
			refused('nothing was asked'),
		);
		await widget('links', { public_token, tax_reference_or_phone: '79681310009' });
		await widget('links/answer', { public_token, allow: false });
		expect(await widget('links/status', { public_token })).toEqual({ status: 'rejected' });
		expect(await check(NOT_LINKED)).toBe(false);
	});
});

describe('the payment form', () => {
	const card = { expiration_month: '12', expiration_year: '30', security_code: '123' };
	const draft = { amount_details: rub(75_000), customer: { reference: 'payer-1' } };

	async function form(session: object, options: object = {}) {
		const { id } = (await ask('v2/session/create', session)).json.session;
		const acquiring_widget = { session_id: id, ...options };
		return { id, public_token: await tokenFor({ acquiring_widget }) };
	}

	async function end(public_token: string): Promise<Loose> {
		await sandbox.idle();
		return await widget('payments/status', { public_token });
	}

	test('starts the payment in its session, over the amount of the session', async () => {
		const { public_token, id } = await form(draft, {
			success_return_url: 'https://shop.example/ok',
		});
		expect(await widget('payments/form', { public_token })).toEqual({
			amount: 75_000,
			currency: 'rub',
			recurrent: false,
		});
		await widget('payments', { public_token, number: CARD, ...card, amount: 1 });
		expect(await end(public_token)).toEqual({
			status: 'succeeded',
			return_url: 'https://shop.example/ok',
		});
		expect(sandbox.ledger.find({ kind: 'payment', sessionId: id })).toMatchObject([
			{ amount: 75_000 },
		]);
	});

	test('shows the payer the way to 3-D Secure', async () => {
		const { public_token, id } = await form(draft);
		await widget('payments', { public_token, number: '4242420000000067', ...card });
		const waiting = await end(public_token);
		expect(waiting.status).toBe('action_required');
		expect(waiting.redirect_url).toContain(`/sandbox/payer/${id}`);
		sandbox.runAction(id, 'payer', { paid: false });
		expect((await end(public_token)).status).toBe('failed');
		expect(sandbox.ledger.entries).toEqual([]);
	});

	test('two tokens of one session pay once', async () => {
		const { public_token, id } = await form(draft);
		const second = await tokenFor({ acquiring_widget: { session_id: id } });
		await widget('payments', { public_token, number: CARD, ...card });
		expect(await widget('payments', { public_token: second, number: CARD, ...card })).toMatchObject(
			{
				error: { code: 'session_wrong_state' },
			},
		);
		await end(public_token);
		expect(sandbox.ledger.find({ kind: 'payment' })).toHaveLength(1);
	});

	test('needs a session with an amount', async () => {
		const { public_token } = await form({});
		expect(await widget('payments/form', { public_token })).toMatchObject(
			refused('amount_details'),
		);
	});
});
