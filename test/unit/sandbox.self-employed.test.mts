import { useSandbox, payoutBody, rub } from '../support/partnerClient.mts';

const partner = useSandbox({ processingMs: 2 });
const { callApi, rejectionOf } = partner;

describe('receipt of a self-employed person', () => {
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
		['services below the amount', { services: [service(5_000)] }, 'sum'],
		['no services', { services: [] }, '1 to 6'],
		['7 services', { services: Array(7).fill(service(1_000)) }, '1 to 6'],
		['INN of 10 digits', { tax_reference: '1234567890' }, '12 digits'],
		['company as payer without INN', { payer_type: 'legal' }, 'payer_tax_number'],
		[
			'company as payer without name',
			{ payer_type: 'legal', payer_tax_number: '3316004777' },
			'payer_name',
		],
		['unknown payer type', { payer_type: 'robot' }, 'payer_type'],
	])('%s: rejected', async (_input, fields, expected) => {
		expect(await rejectionOf(body(fields), path)).toContain(expected);
	});

	it('payout succeeds: receipt has id and link', async () => {
		const { json } = await callApi(path, body());
		const session_id = json.session.id;
		await partner.sandbox.idle();
		await callApi('v2/session/confirm', { session_id });
		await partner.sandbox.idle();
		const { session } = (await callApi('v2/session/status', { session_id })).json;
		const { receipt } = session.payout_list[0].fiscalization_details.professional_income_taxpayer;
		expect(receipt).toEqual({ id: expect.any(String), link: expect.stringMatching(/^http/) });
	});

	it.each([
		['131000000131', 'taxpayer_unknown'],
		['131000000205', 'taxpayer_not_bound'],
		['131000000389', 'npd_service_internal_error'],
		['131000000526', 'taxpayer_income_exceeds_amount_limit'],
	])('INN %s: payout fails with %s', async (tax_reference, errorCode) => {
		const { json } = await callApi(path, body({ tax_reference }));
		await partner.sandbox.idle();
		const status = await callApi('v2/session/status', { session_id: json.session.id });
		expect(status.json.session.payout_list[0].error.code).toBe(errorCode);
	});

	it('receipt without a payout: accepted, no money moves', async () => {
		const session_id = (await callApi('v1/session/create')).json.session.id;
		const { json } = await callApi('v1/fiscalization', { session_id, ...taxpayer() });
		expect(json.session.payments[0].amount_details).toEqual(rub(10_000));
		await partner.sandbox.idle();
		expect(partner.sandbox.ledger.find({ sessionId: session_id })).toEqual([]);
		const { session } = (await callApi('v1/session/status', { session_id })).json;
		expect(session.status).toBe('accepted');
	});

	it.each([
		['123456789012', { is_professional_income_taxpayer: true, is_linked: true }, 1],
		['131000000131', { is_professional_income_taxpayer: false, is_linked: false }, 1],
		['131000000205', { is_professional_income_taxpayer: true, is_linked: false }, 1],
		['131000000452', { is_professional_income_taxpayer: true, is_linked: true }, 4],
	])('npd/check of INN %s: result %j at poll %i', async (tax_reference, result, polls) => {
		const { request_id } = (await callApi('v1/npd/check', { tax_reference })).json;
		const polled = [];
		for (let i = 0; i < polls; i++) {
			polled.push((await callApi('v1/npd/request/status', { request_id })).json);
		}
		expect(polled.pop()).toEqual({ status: 'ok', ...result });
		expect(polled).toEqual(Array(polls - 1).fill({ status: 'pending' }));
	});

	it('npd/check with a tax service error: npd_service_internal_error; unknown request_id: rejected', async () => {
		const tax_reference = '131000000389';
		const { request_id } = (await callApi('v1/npd/check', { tax_reference })).json;
		expect((await callApi('v1/npd/request/status', { request_id })).json).toMatchObject({
			status: 'error',
			error: { code: 'npd_service_internal_error' },
		});
		expect(await rejectionOf({ request_id: 'x' }, 'v1/npd/request/status')).toContain('request_id');
	});
});
