import { readFileSync } from 'node:fs';
import path from 'node:path';

import { profiles, profilesOf } from '../../sandbox/config/profiles.mts';
import { HeldClock } from '../support/heldClock.mts';
import {
	accountDetails,
	payoutBody,
	recipientNamed,
	rub,
	startWebhookReceiver,
	useSandbox,
	type Loose,
} from '../support/partnerClient.mts';

const clock = new HeldClock();
const partner = useSandbox({ processingMs: 2, clock });
const { callApi, readSession } = partner;
const defaults: Loose = {};
beforeAll(() => Object.assign(defaults, partner.sandbox.settings));
afterEach(() => {
	clock.release();
	partner.sandbox.set(defaults);
});

const REFERENCE = 'Ab&"Ⅷ"-0123456789012345678';

const start = async (
	metadata: unknown,
	{
		key,
		amount = 10_000,
		version = 'v2',
	}: { key?: string; amount?: number; version?: string } = {},
) => {
	const { id } = (await callApi(`${version}/session/create`, {})).json.session;
	const { payout_details, ...rest } = payoutBody(amount, { metadata });
	const details = version === 'v1' ? { payment_method: payout_details } : { payout_details };
	const body = { session_id: id, ...details, ...rest };
	return { id, started: await callApi(`${version}/session/start/payout`, body, { key }) };
};

const pay = async (metadata: unknown) => {
	const { id } = await start(metadata);
	await partner.sandbox.idle();
	await callApi('v2/session/confirm', { session_id: id });
	await partner.sandbox.idle();
	return id;
};

const codeOf = ({ json }: { json: Loose }) => json.error?.code ?? json.status;

const settlementStart = async () => {
	const { id } = (await callApi('v1/session/create/rko', {})).json.session;
	const body = {
		session_id: id,
		payment_method: accountDetails(),
		amount_details: rub(10_000),
		participant_details: recipientNamed(),
	};
	await callApi('v1/session/start/payout/rko', body);
	await partner.sandbox.idle();
	const { confirm_information } = (await callApi('v2/session/status', { session_id: id })).json;
	return { id, confirm_information };
};

describe('profiles', () => {
	test('the README lists exactly the profiles', () => {
		const readme = readFileSync(path.join(__dirname, '../../sandbox/README.md'), 'utf8');
		const table = readme.slice(readme.indexOf('## Profiles'), readme.indexOf('## Scripted values'));
		const rows = [...table.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, ...row]) => row);
		expect(rows).toEqual(Object.entries(profiles).map(([name, { meaning }]) => [name, meaning]));
	});

	test.each(Object.keys(profiles))(
		'%s: can be set, and a payout is paid at most once',
		async (name) => {
			partner.sandbox.setProfile(name);
			await pay({ reference: REFERENCE });
			expect(partner.sandbox.ledger.entries.length).toBeLessThanOrEqual(1);
			expect(partner.sandbox.state()).toMatchObject({ profile: name });
		},
	);

	test('a combination has the settings of all its parts; the next profile has none of them', () => {
		partner.sandbox.setProfile('keysPerMethod+metadataCut+laggingReads');
		expect(partner.sandbox.settings).toMatchObject({
			idempotencyNamespace: 'method',
			metadataForm: 'cut',
			readLagMs: 300,
		});
		partner.sandbox.setProfile('standard');
		expect(partner.sandbox.settings).toEqual(defaults);
	});

	test.each([
		['unheardOf', /There is no profile "unheardOf"/],
		['metadataCut+metadataText', /metadataCut and metadataText exclude each other/],
		['toString', /There is no profile/],
	])('%s: refused', (names, message) => {
		expect(() => profilesOf(names)).toThrow(message);
		expect(() => partner.sandbox.setProfile(names)).toThrow(message);
	});
});

describe('metadata', () => {
	test.each([
		['metadataCut', { reference: 'Ab&"Ⅷ"-0123456789012', order: 7 }],
		['metadataLowerCase', { reference: 'ab&"ⅷ"-0123456789012345678', order: 7 }],
		['metadataHtmlEscaped', { reference: 'Ab&amp;&quot;Ⅷ&quot;-0123456789012345678', order: 7 }],
		['metadataNfkc', { reference: 'Ab&"VIII"-0123456789012345678', order: 7 }],
		['metadataNumber', { reference: REFERENCE, order: 7 }],
		['metadataText', JSON.stringify({ reference: REFERENCE, order: 7 })],
		['metadataAbsent', undefined],
		['refundMetadataAbsent', { reference: REFERENCE, order: 7 }],
	])('%s: responses show it so, the ledger keeps it', async (name, shown) => {
		partner.sandbox.setProfile(name);
		const metadata = { reference: REFERENCE, order: 7 };
		const id = await pay(metadata);
		expect((await readSession(id)).payout_list[0].metadata).toEqual(shown);
		expect(partner.sandbox.ledger.entries).toMatchObject([{ metadata }]);
	});

	test('metadataNumber: a text of digits loses its zeros, in v1 too', async () => {
		partner.sandbox.setProfile('metadataNumber');
		const { started } = await start({ reference: '000123', text: '12a' }, { version: 'v1' });
		expect(started.json.session.payments[0].metadata).toEqual({ reference: 123, text: '12a' });
	});

	test('metadataText: text stays as it is', async () => {
		partner.sandbox.setProfile('metadataText');
		const { started } = await start('order-1');
		expect(started.json.session.payout_list[0].metadata).toBe('order-1');
	});

	test.each([
		['metadataCut', { refund: 'R-123456789012345678' }],
		['metadataLowerCase', { refund: 'r-1234567890123456789012345' }],
		['metadataAbsent', undefined],
		['refundMetadataAbsent', undefined],
	])('%s: so do refunds and webhooks', async (name, shown) => {
		const receiver = await startWebhookReceiver();
		partner.sandbox.set({ webhookUrl: receiver.url, autoConfirm: true });
		partner.sandbox.setProfile(name);
		const details = { type: 'faster_payment_system', faster_payment_system: [] };
		const body = {
			payment_details: details,
			amount_details: rub(10_000),
			customer: { reference: 'lucky' },
			metadata: { reference: REFERENCE },
		};
		const { id } = (await callApi('v2/session/init/payment', body)).json.session;
		await partner.sandbox.idle();
		partner.sandbox.runAction(id, 'payer', { paid: true });
		// Webhooks that are sent together arrive in any order.
		await partner.sandbox.idle();
		const metadata = { refund: 'R-1234567890123456789012345' };
		await callApi('v2/session/refund', { session_id: id, metadata });
		await partner.sandbox.idle();
		await receiver.close();
		expect((await readSession(id)).payment_list[0].refunds[0].metadata).toEqual(shown);
		const { session } = receiver.received.at(-1)?.json ?? {};
		expect(session.payment_list[0].refunds[0].metadata).toEqual(shown);
	});
});

describe('keys', () => {
	test('keysPerMethod: refused again in its method, accepted once in another', async () => {
		partner.sandbox.setProfile('keysPerMethod');
		expect(codeOf((await start('a', { key: 'k' })).started)).toBe('ok');
		expect(codeOf((await start('a', { key: 'k' })).started)).toBe('idempotency_key_already_exists');
		expect(codeOf((await start('a', { key: 'k', version: 'v1' })).started)).toBe(
			'idempotency_key_already_exists',
		);
		const init = () => callApi('v2/session/init/payout', payoutBody(), { key: 'k' });
		expect(codeOf(await init())).toBe('ok');
		expect(codeOf(await init())).toBe('idempotency_key_already_exists');
	});

	test('keysAnswered: the session of the key, in its present state, and no second payout', async () => {
		partner.sandbox.setProfile('keysAnswered');
		const first = await start('a', { key: 'k' });
		await partner.sandbox.idle();
		const second = await start('b', { key: 'k' });
		expect(second.started.json.session).toMatchObject({ id: first.id, next_action: 'confirm' });
		expect((await readSession(second.id)).status).toBe('created');
		const init = await callApi('v2/session/init/payout', payoutBody(), { key: 'k' });
		expect(init.json.session.id).toBe(first.id);
	});

	test.each(['refused', 'refusedForBalance'])(
		'refusedStartUsesKey, %s: the second start is told that the key exists',
		async (outcome) => {
			const metadata = { sandbox: outcome };
			const first = codeOf((await start(metadata, { key: 'k' })).started);
			expect(codeOf((await start(metadata, { key: 'k' })).started)).toBe(first);
			partner.sandbox.setProfile('refusedStartUsesKey');
			expect(codeOf((await start(metadata, { key: 'k' })).started)).toBe(first);
			expect(codeOf((await start({}, { key: 'k' })).started)).toBe(
				'idempotency_key_already_exists',
			);
			expect(partner.sandbox.ledger.entries).toEqual([]);
		},
	);

	test('refusedStartUsesKey: an invalid request does not use up its key', async () => {
		partner.sandbox.setProfile('refusedStartUsesKey');
		expect(codeOf((await start('a', { key: 'k', amount: 0 })).started)).toBe('invalid_request');
		expect(codeOf((await start('a', { key: 'k' })).started)).toBe('ok');
	});
});

describe('unclear starts', () => {
	const unclear = (sandbox: string, key?: string) => start({ sandbox }, { key });

	test('unclear: refused with an unknown code, never booked, its key stays free', async () => {
		const { id, started } = await unclear('unclear', 'k');
		expect([started.status, codeOf(started)]).toEqual([400, 'service_timeout']);
		await partner.sandbox.idle();
		expect((await readSession(id)).status).toBe('created');
		expect(codeOf((await start('a', { key: 'k' })).started)).toBe('ok');
	});

	test('unclearThenBooked: refused with an unknown code, booked later', async () => {
		clock.hold();
		const { id, started } = await unclear('unclearThenBooked', 'k');
		expect(codeOf(started)).toBe('request_in_progress');
		expect((await readSession(id)).status).toBe('created');
		clock.release();
		await partner.sandbox.idle();
		expect((await readSession(id)).payout_list).toMatchObject([{ status: 'pending' }]);
		expect(partner.sandbox.requests).toContainEqual(expect.objectContaining({ bookedLateIn: id }));
		expect(codeOf((await start('a', { key: 'k' })).started)).toBe('idempotency_key_already_exists');
	});

	test('unclearThenBooked, then another start of the session: booked once', async () => {
		clock.hold();
		const { id } = await unclear('unclearThenBooked', 'k');
		const body = { session_id: id, ...payoutBody() };
		expect(codeOf(await callApi('v2/session/start/payout', body, { key: 'k' }))).toBe('ok');
		clock.release();
		await partner.sandbox.idle();
		expect((await readSession(id)).payout_list).toHaveLength(1);
	});

	test('unclearThenBooked by session/init/payout twice under one key: booked once', async () => {
		const body = payoutBody(10_000, { metadata: { sandbox: 'unclearThenBooked' } });
		const init = () => callApi('v2/session/init/payout', body, { key: 'k' });
		clock.hold();
		expect([codeOf(await init()), codeOf(await init())]).toEqual([
			'request_in_progress',
			'request_in_progress',
		]);
		clock.release();
		await partner.sandbox.idle();
		expect(partner.sandbox.sessions.count).toBe(1);
	});

	test.each(['unclear', 'unclearThenBooked'])(
		'%s with refusedStartUsesKey: the key exists at once',
		async (outcome) => {
			partner.sandbox.setProfile('refusedStartUsesKey');
			const { id } = await unclear(outcome, 'k');
			expect(codeOf((await unclear(outcome, 'k')).started)).toBe('idempotency_key_already_exists');
			await partner.sandbox.idle();
			const { payout_list = [] } = await readSession(id);
			expect(payout_list).toHaveLength(outcome === 'unclear' ? 0 : 1);
		},
	);

	test('unclearStarts: about one start in five, half of them are booked', async () => {
		partner.sandbox.setProfile('unclearStarts');
		const body = payoutBody();
		const starts = await Promise.all(
			Array.from({ length: 200 }, () => callApi('v2/session/init/payout', body)),
		);
		await partner.sandbox.idle();
		const codes = starts.map(codeOf);
		const count = (code: string) => codes.filter((one) => one === code).length;
		expect(count('ok')).toBeGreaterThan(130);
		expect(count('service_timeout')).toBeGreaterThan(5);
		expect(count('request_in_progress')).toBeGreaterThan(5);
		expect(partner.sandbox.sessions.count).toBe(count('ok') + count('request_in_progress'));
	});
});

describe('orders', () => {
	test('feeDeducted: the amount before confirmation and in the ledger is one kopeck less', async () => {
		partner.sandbox.setProfile('feeDeducted');
		const { id, started } = await start('a');
		expect(started.json.session.payout_list[0].amount_details).toEqual(rub(10_000));
		await partner.sandbox.idle();
		expect((await readSession(id)).payout_list[0].amount_details).toEqual(rub(9_999));
		await callApi('v2/session/confirm', { session_id: id });
		await partner.sandbox.idle();
		expect(partner.sandbox.ledger.entries).toMatchObject([{ amount: 9_999 }]);
	});

	test('otherAmountToConfirm: confirm_information differs from the payout, and is paid', async () => {
		partner.sandbox.setProfile('otherAmountToConfirm');
		const { id, confirm_information } = await settlementStart();
		expect(confirm_information.transfer_details.amount).toEqual(rub(10_100));
		expect((await readSession(id)).payout_list[0].amount_details).toEqual(rub(10_000));
		expect(
			codeOf(await callApi('v2/session/confirm', { session_id: id, confirm_information })),
		).toBe('ok');
		await partner.sandbox.idle();
		expect(partner.sandbox.ledger.entries).toMatchObject([{ amount: 10_100 }]);
	});

	test('otherAccountToConfirm: every account of the recipient differs, and is paid', async () => {
		const ordered = (await settlementStart()).confirm_information;
		partner.sandbox.setProfile('otherAccountToConfirm');
		const { id, confirm_information } = await settlementStart();
		const accountsOf = ({ transfer_details, account_details }: Loose) => [
			transfer_details.recipient.account_number,
			transfer_details.payout_details.bank_account.ru.account,
			account_details.recipient.account_number,
		];
		expect(accountsOf(ordered)).toEqual(Array(3).fill('40817810100000270411'));
		expect(accountsOf(confirm_information)).toEqual(Array(3).fill('40817810100000270431'));
		await callApi('v2/session/confirm', { session_id: id, confirm_information });
		await partner.sandbox.idle();
		expect(partner.sandbox.ledger.entries).toMatchObject([{ destination: '40817***0431' }]);
	});
});

describe('reads', () => {
	const statusOf = async (id: string) => (await readSession(id)).status;

	test('laggingReads: a started session is shown as created, the response shows the present', async () => {
		partner.sandbox.setProfile('laggingReads');
		partner.sandbox.set({ readLagMs: 60_000 });
		const { id, started } = await start('a');
		expect(started.json.session.status).toBe('in_progress');
		await partner.sandbox.idle();
		expect(await readSession(id)).not.toHaveProperty('payout_list');
		expect(await statusOf(id)).toBe('created');
		const confirmed = await callApi('v2/session/confirm', { session_id: id });
		expect(confirmed.json.session.payout_list).toMatchObject([{ status: 'in_progress' }]);
	});

	test('laggingReads: after the lag a read shows the present', async () => {
		partner.sandbox.set({ readLagMs: 40 });
		const { id } = await start('a');
		await partner.sandbox.idle();
		await new Promise((later) => setTimeout(later, 60));
		expect(await readSession(id)).toMatchObject({ next_action: 'confirm' });
	});

	test('laggingReads, set later: a session that does not change is shown as it is', async () => {
		const id = await pay('a');
		partner.sandbox.set({ readLagMs: 60_000 });
		expect(await statusOf(id)).toBe('accepted');
	});
});

describe('lists', () => {
	test.each([
		['listsKept', [{ status: 'failed' }]],
		['listsAsObjects', { 1: { status: 'failed' } }],
		['listsHidden', undefined],
	])(
		'%s: the session of a failed payout is accepted, one that held none is cancelled',
		async (name, shown) => {
			partner.sandbox.setProfile(name);
			const { id } = await start({ sandbox: 'rejected' });
			await partner.sandbox.idle();
			const { status, error, payout_list } = await readSession(id);
			expect([status, error]).toEqual(['accepted', undefined]);
			if (shown === undefined) expect(payout_list).toBeUndefined();
			else expect(payout_list).toMatchObject(shown);
			const empty = (await callApi('v2/session/create', {})).json.session.id;
			await callApi('v2/session/cancel', { session_id: empty });
			expect((await readSession(empty)).status).toBe('cancelled');
		},
	);
});

describe('forms', () => {
	test('amountsAsText: amounts of sessions and balances are text, and confirm_information is accepted', async () => {
		partner.sandbox.setProfile('amountsAsText');
		const { id, confirm_information } = await settlementStart();
		expect(confirm_information.transfer_details.amount).toEqual({
			amount: '10000',
			currency: 'rub',
		});
		expect((await readSession(id)).payout_list[0].amount_details.amount).toBe('10000');
		const confirmed = await callApi('v2/session/confirm', { session_id: id, confirm_information });
		expect(codeOf(confirmed)).toBe('ok');
		const request_datetime = '2026-11-01T00:00:00Z';
		const { wallets } = (await callApi('v1/wallet/balance', { request_datetime })).json;
		expect(wallets[0].amount_details.amount).toBe('10000000000');
	});

	test('emptyErrors: everything that did not fail shows an empty error', async () => {
		partner.sandbox.setProfile('emptyErrors');
		const { started } = await start('a');
		const { error, session } = started.json;
		expect([error, session.error, session.payout_list[0].error]).toEqual([{}, {}, {}]);
		partner.sandbox.set({ emptyErrors: 'response' });
		const again = (await start('a')).started.json;
		expect(again.error).toEqual({});
		expect(again.session).not.toHaveProperty('error');
	});
});

test('a recurring payment shows its token and initiator, without the security code', async () => {
	const recurrent = { token: 'saved-token', initiator: 'merchant', security_code: '123' };
	const body = {
		payment_details: { type: 'recurrent', recurrent },
		amount_details: rub(10_000),
		customer: { reference: 'lucky' },
	};
	const { session } = (await callApi('v2/session/init/payment', body)).json;
	expect(session.payment_list[0].payment_details).toEqual({
		type: 'recurrent',
		recurrent: { token: 'saved-token', initiator: 'merchant' },
	});
});

test('a plain FPS payout is debited from the settlement account, without confirm_information', async () => {
	const fps = { phone: '79261234567', bank_id: '100000000069', description: 'Payout' };
	const bank_account = { system_type: 'faster_payment_system', faster_payment_system: fps };
	const payout_details = { type: 'bank_account', bank_account };
	const body = { payout_details, amount_details: rub(10_000) };
	const { id } = (await callApi('v2/session/init/payout', body)).json.session;
	await partner.sandbox.idle();
	const { json } = await callApi('v2/session/status', { session_id: id });
	expect(json).not.toHaveProperty('confirm_information');
	await callApi('v2/session/confirm', { session_id: id });
	await partner.sandbox.idle();
	expect(partner.sandbox.ledger.entries).toMatchObject([{ account: 'settlement' }]);
});
