import { useSandbox, payoutBody, rub } from '../support/partnerClient.mts';

const partner = useSandbox({ processingMs: 2 });
const { callApi, readSession } = partner;

const payerCardDetails = (number = '4242424242424242') => ({
	type: 'card',
	card: {
		type: 'bank_card',
		bank_card: { number, expiration_month: '12', expiration_year: '30', security_code: '123' },
	},
});
const paymentBody = (fields: object = {}) => ({
	payment_details: payerCardDetails(),
	amount_details: rub(10_000),
	customer: { reference: 'lucky' },
	...fields,
});

describe('payment', () => {
	it('with 3-D Secure and hold: confirmed, approved, captured in part, refunded in part', async () => {
		partner.sandbox.set({ hold: true });
		const body = paymentBody({
			payment_details: payerCardDetails('4242420000000067'),
			payment_options: { recurrent: true },
		});
		const { id } = (await callApi('v2/session/init/payment', body)).json.session;
		await partner.sandbox.idle();
		await callApi('v2/session/confirm', { session_id: id });
		await partner.sandbox.idle();
		const interaction = (await readSession(id)).payment_list[0].customer_interaction;
		expect(interaction.redirect.url).toContain(partner.sandbox.url);
		partner.sandbox.runAction(id, 'payer', { paid: true });
		expect(await readSession(id)).toMatchObject({ next_action: 'capture' });
		await callApi('v2/session/capture', { session_id: id, amount_details: rub(6_000) });
		await partner.sandbox.idle();
		partner.sandbox.set({ hold: false });
		const paid = await readSession(id);
		expect(paid).toMatchObject({
			status: 'accepted',
			payment_list: [{ status: 'succeeded', amount_details: rub(6_000) }],
		});
		const { token } = paid.payment_list[0].recurrent;
		const disabled = await callApi('v1/recurrent/disable', { recurrent: { token } });
		expect(disabled.json.recurrent.is_active).toBe(false);

		const much = { session_id: id, amount_details: rub(6_001) };
		expect((await callApi('v2/session/refund', much)).json.error.code).toBe(
			'refund_amount_too_large',
		);
		const some = { session_id: id, amount_details: rub(1_000) };
		const refund = (await callApi('v2/session/refund', some)).json.session.payment_list[0].refunds;
		expect(refund).toMatchObject([{ status: 'in_progress', amount_details: rub(1_000) }]);
		await partner.sandbox.idle();
		expect(partner.sandbox.ledger.entries.map(({ kind, amount }) => [kind, amount])).toEqual([
			['payment', 6_000],
			['refund', 1_000],
		]);
		expect(partner.sandbox.webhooks.map(({ type }) => type)).toEqual([
			'ready_to_confirm',
			'action_required',
			'ready_to_capture',
			'payment_finished',
			'payment_refunded',
		]);
	});

	it.each([
		['keysOfEveryPost', 'ok'],
		['keysOfEveryPost+refusedStartUsesKey', 'idempotency_key_already_exists'],
		['refusedStartUsesKey', 'ok'],
	])(
		'%s, a refund that its metadata refuse: its key, used again, gives %s',
		async (profile, again) => {
			partner.sandbox.set({ autoConfirm: true });
			const { id } = (await callApi('v2/session/init/payment', paymentBody())).json.session;
			await partner.sandbox.idle();
			partner.sandbox.setProfile(profile);
			const refund = async (metadata?: object) => {
				const body = { session_id: id, amount_details: rub(1_000), metadata };
				const { json } = await callApi('v2/session/refund', body, { key: 'k' });
				return json.error?.code ?? json.status;
			};
			expect(await refund({ sandbox: 'refused' })).toBe('routing_internal_error');
			expect(await refund()).toBe(again);
			await partner.sandbox.idle();
			const refunds = partner.sandbox.ledger.entries.filter(({ kind }) => kind === 'refund');
			expect(refunds).toHaveLength(again === 'ok' ? 1 : 0);
			partner.sandbox.setProfile('standard');
			partner.sandbox.set({ autoConfirm: false });
		},
	);

	it('by QR: code after confirmation; payer declines: cancelled', async () => {
		const details = { type: 'faster_payment_system', faster_payment_system: [] };
		const body = paymentBody({ payment_details: details });
		const { session } = (await callApi('v1/session/init/payment/sync', body)).json;
		// The action of the payer appears after confirmation; in the first response only without confirmation.
		expect(session.acquiring_payments[0]).not.toHaveProperty('customer_interaction');
		await partner.sandbox.idle();
		await callApi('v1/session/confirm', { session_id: session.id });
		await partner.sandbox.idle();
		const qr = {
			content: expect.stringMatching(/^http/) as string,
			img: expect.any(String) as string,
		};
		expect((await readSession(session.id)).payment_list[0].customer_interaction.inform).toEqual({
			qr,
		});
		partner.sandbox.runAction(session.id, 'payer', { paid: false });
		expect(await readSession(session.id)).toMatchObject({
			status: 'cancelled',
			payment_list: [{ error: { code: '3DS_error' } }],
		});
	});

	it('autoConfirm and init/payment/sync by QR: the response has the code', async () => {
		partner.sandbox.set({ autoConfirm: true });
		const details = { type: 'faster_payment_system', faster_payment_system: [] };
		const body = paymentBody({ payment_details: details });
		const { session } = (await callApi('v1/session/init/payment/sync', body)).json;
		expect(session.acquiring_payments[0].customer_interaction.inform.qr.content).toMatch(/^http/);
	});

	it('multi/init with a payment and a payout: both succeed', async () => {
		const body = { payment_list: [paymentBody()], payout_list: [payoutBody(9_900)] };
		const { id } = (await callApi('v2/session/multi/init', body)).json.session;
		await partner.sandbox.idle();
		await callApi('v2/session/confirm', { session_id: id });
		await partner.sandbox.idle();
		expect((await readSession(id)).status).toBe('accepted');
		expect(partner.sandbox.ledger.entries.map(({ kind }) => kind).sort()).toEqual([
			'payment',
			'payout',
		]);
	});

	it('split payment by hold, payout and capture: accepted', async () => {
		partner.sandbox.set({ hold: true });
		const { id } = (await callApi('v2/session/init/payment', paymentBody())).json.session;
		await partner.sandbox.idle();
		await callApi('v2/session/confirm', { session_id: id });
		await partner.sandbox.idle();
		const start = { session_id: id, ...payoutBody(9_000) };
		expect((await callApi('v2/session/start/payout', start)).status).toBe(200);
		await partner.sandbox.idle();
		await callApi('v2/session/confirm', { session_id: id });
		await partner.sandbox.idle();
		expect(await readSession(id)).toMatchObject({ status: 'in_progress', next_action: 'capture' });
		await callApi('v2/session/capture', { session_id: id });
		await partner.sandbox.idle();
		partner.sandbox.set({ hold: false });
		expect((await readSession(id)).status).toBe('accepted');
	});
});
