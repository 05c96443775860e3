import {
	accountDetails,
	cardDetails,
	useSandbox,
	payoutBody,
	recipientNamed,
} from '../support/partnerClient.mts';

const partner = useSandbox({ processingMs: 2 });
const { callApi, rejectionOf } = partner;

const statusOf = async (body: object, path = 'v2/session/init/payout') =>
	(await callApi(path, body)).json.status;

describe('fields of a payout', () => {
	it.each([0, -1, 1.5, '100', null, 2 ** 60])('amount %p: rejected', async (amount) => {
		expect(await rejectionOf(payoutBody(amount as number))).toContain('amount_details.amount');
	});

	it.each([
		['card number of 4 digits', { payout_details: cardDetails('4242') }, 'number'],
		['masked card number', { payout_details: cardDetails('5536********8371') }, 'number'],
		['no recipient', { participant_details: undefined }, 'recipient.full_name'],
		['BIK of 1 digit', { payout_details: accountDetails({ bik: '1' }) }, 'bik'],
		[
			'account of 19 digits',
			{ payout_details: accountDetails({ account: '4081781010000027041' }) },
			'account',
		],
		[
			'account 40101810…',
			{ payout_details: accountDetails({ account: '40101810100000270411' }) },
			'account',
		],
		[
			'purpose with a question mark',
			{ payout_details: accountDetails({ description: 'Is it paid?' }) },
			'description',
		],
		[
			'purpose with an exclamation mark',
			{ payout_details: accountDetails({ description: 'Wow!' }) },
			'description',
		],
		[
			'purpose of 211 characters',
			{ payout_details: accountDetails({ description: 'я'.repeat(211) }) },
			'description',
		],
		['empty account owner', { payout_details: accountDetails({ full_name: '' }) }, 'full_name'],
		['INN of 3 digits', { payout_details: accountDetails({ inn: '123' }) }, 'inn'],
		[
			'company account without INN',
			{ payout_details: accountDetails({ account: '40702810200000000025' }) },
			'inn',
		],
		[
			'company account without KPP',
			{ payout_details: accountDetails({ account: '40702810200000000025', inn: '3316004777' }) },
			'kpp',
		],
		['unknown method', { payout_details: { type: 'cash' } }, 'type'],
		['customer without reference', { customer: { contacts: [] } }, 'customer.reference'],
	])('%s: rejected', async (_input, change, field) => {
		expect(await rejectionOf(payoutBody(10_000, change))).toContain(field);
	});

	it.each<[string, object]>([
		['account of a person', accountDetails()],
		['purpose of 210 characters', accountDetails({ description: 'я'.repeat(210) })],
		['is_fast as text', accountDetails({ is_fast: 'true' })],
		['INN of 12 digits', accountDetails({ inn: '123456789012' })],
		[
			'company account with INN and KPP',
			accountDetails({ account: '40702810200000000025', inn: '3316004777', kpp: '331601001' }),
		],
		[
			'card hash',
			{
				type: 'card',
				card: { type: 'encrypted_card', encrypted_card: { number_hash: 'hash' } },
			},
		],
		['Qiwi wallet', { type: 'wallet', wallet: { type: 'qiwi', qiwi: { account: '79210010203' } } }],
		[
			'tax for a quarter',
			{
				type: 'tax',
				tax: {
					type: 'tax_short',
					tax_details: { period: { type: 'quarter', number: 2, year: '2021' } },
				},
			},
		],
	])('%s: accepted', async (_input, payout_details) => {
		expect(await statusOf(payoutBody(10_000, { payout_details }))).toBe('ok');
	});

	it('escrow payout: requires beneficiary_id and unchanged confirm_information', async () => {
		const body = payoutBody(350_000, { payout_details: accountDetails() });
		const path = 'v2/session/init/payout/nominal';
		expect(await rejectionOf(body, path)).toContain('beneficiary_id');
		const sender = { account: '40702810300200000013', beneficiary_id: '1234567890' };
		const { json } = await callApi(path, {
			...body,
			participant_details: { sender, ...recipientNamed() },
		});
		const session_id = json.session.id;
		await partner.sandbox.idle();
		expect(await rejectionOf({ session_id }, 'v2/session/confirm')).toContain(
			'confirm_information',
		);
		const waiting = (await callApi('v2/session/status', { session_id })).json;
		const { confirm_information } = waiting;
		expect(confirm_information.transfer_details.payout_details.type).toBe('bank_account');
		const forged = JSON.parse(JSON.stringify(confirm_information));
		forged.transfer_details.amount.amount = 1;
		const altered = { session_id, confirm_information: forged };
		expect(await rejectionOf(altered, 'v2/session/confirm')).toContain('differs');
		const done = await callApi('v2/session/confirm', { session_id, confirm_information });
		expect(done.status).toBe(200);
		await partner.sandbox.idle();
		const { session } = (await callApi('v2/session/status', { session_id })).json;
		expect(session.status).toBe('accepted');
		expect(partner.sandbox.ledger.find({ sessionId: session_id })[0].account).toBe('escrow');
	});

	it('card payout from settlement: payment and payout succeed, one ledger entry', async () => {
		const created = await callApi('v2/session/multi/create/rko', { metadata: 'good' });
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
		expect((await callApi('v2/session/multi/start/payment/rko', body)).status).toBe(200);
		await partner.sandbox.idle();
		const waiting = (await callApi('v2/session/status', { session_id })).json;
		expect(waiting.confirm_information.transfer_details.purpose).toBe(
			'Under the agreement; card:424242******4242',
		);
		await callApi('v2/session/confirm', { session_id });
		await partner.sandbox.idle();
		const { session } = (await callApi('v2/session/status', { session_id })).json;
		expect(session).toMatchObject({
			status: 'accepted',
			payment_list: [{ status: 'succeeded' }],
			payout_list: [{ status: 'succeeded' }],
		});
		expect(partner.sandbox.ledger.find({ sessionId: session_id })).toHaveLength(1);
	});
});
