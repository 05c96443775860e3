/** The figures of the sandbox: the state of each payout, the sums of the ledger, empty sessions. */
import { outcomes, scenarioTable, taxpayerTable } from '../../sandbox/config/scenarioTable.mts';
import {
	accountDetails,
	payoutBody,
	rub,
	useSandbox,
	type Loose,
} from '../support/partnerClient.mts';

const partner = useSandbox({ processingMs: 2, returnAfterMs: 2, confirmTimeoutMs: 60_000 });
const { callApi } = partner;

const control = async (path: string): Promise<Loose> =>
	await (await fetch(`${partner.sandbox.url}/sandbox/api/${path}`)).json();

/** Starts a payout and returns the id of its session. */
async function start(amount: number, fields: object = {}): Promise<string> {
	const { json } = await callApi('v2/session/init/payout', payoutBody(amount, fields));
	await partner.sandbox.idle();
	return json.session?.id;
}

async function pay(amount: number, fields: object = {}): Promise<string> {
	const session_id = await start(amount, fields);
	await callApi('v2/session/confirm', { session_id });
	await partner.sandbox.idle();
	return session_id;
}

const account = { payout_details: accountDetails() };
const cancel = async (session_id: string) => {
	await callApi('v2/session/cancel', { session_id });
	await partner.sandbox.idle();
};

/** How each state comes about. */
const CASES: Array<[state: string, make: () => Promise<string>]> = [
	['paid', async () => await pay(10_00)],
	['paid', async () => await pay(10_06)],
	['returned', async () => await pay(10_07, account)],
	['awaitingConfirmation', async () => await start(10_00)],
	['inProgress', async () => await pay(10_09)],
	['declined', async () => await start(10_03)],
	['declined', async () => await pay(10_04)],
	['unknown', async () => await pay(10_05)],
	[
		'cancelled',
		async () => {
			const id = await start(10_00);
			await cancel(id);
			return id;
		},
	],
	[
		'cancelled',
		async () => {
			partner.sandbox.set({ confirmTimeoutMs: 5 });
			const id = await start(10_00);
			while ((await control(`sessions/${id}`)).status !== 'cancelled') await partner.sandbox.idle();
			partner.sandbox.set({ confirmTimeoutMs: 60_000 });
			return id;
		},
	],
];

it.each(CASES)('a payout that is %s is counted once, in that state only', async (state, make) => {
	const id = await make();
	expect(await control(`sessions/${id}`)).toMatchObject({ state });
	const { total, ...counts } = (await control('state')).payouts;
	expect(total).toBe(1);
	expect(Object.entries(counts).filter(([, count]) => count !== 0)).toEqual([[state, 1]]);
});

it('the bank closes failed payouts as accepted: they are declined, not paid', async () => {
	partner.sandbox.setProfile('listsKept');
	const id = await pay(10_04);
	partner.sandbox.setProfile('standard');
	expect(await control(`sessions/${id}`)).toMatchObject({ state: 'declined' });
});

it('the states of all payouts add up to their number, also with several in a session', async () => {
	for (const [, make] of CASES) await make();
	const card = { number: '4242424242424242', expiration_month: '12', expiration_year: '30' };
	const payment = {
		payment_details: {
			type: 'card',
			card: { type: 'bank_card', bank_card: { ...card, security_code: '123' } },
		},
		amount_details: rub(11_00),
		customer: { reference: 'user' },
	};
	const body = { payment_list: [payment], payout_list: [payoutBody(5_00), payoutBody(6_00)] };
	expect((await callApi('v2/session/multi/init', body)).json.status).toBe('ok');
	await partner.sandbox.idle();
	const { payouts } = await control('state');
	const { total, ...counts } = payouts as Record<string, number>;
	expect(total).toBe(CASES.length + 2);
	expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(total);
});

it('the sums of the ledger are those of its entries, by currency and kind', async () => {
	await pay(10_00);
	await pay(20_07, account);
	await pay(10_00, { amount_details: { amount: 10_00, currency: 'usd' } });
	const { ledgerSums, moneyMoved } = await control('state');
	const { entries } = await control('ledger');
	const sums: Record<string, Record<string, number>> = {};
	for (const { currency, kind, amount } of entries) {
		sums[currency] ??= { payout: 0, return: 0, payment: 0, refund: 0 };
		sums[currency][kind] += amount;
	}
	expect(ledgerSums).toEqual(sums);
	expect(moneyMoved).toBe(sums.rub.payout - sums.rub.return);
	expect(entries).toHaveLength(4);
});

it('empty sessions are counted, and the list has them or the others', async () => {
	const paid = [await pay(10_00), await start(20_00)];
	const created = await callApi('v2/session/create', { metadata: { reference: 'again' } });
	const empty = created.json.session.id;
	const cancelled = (await callApi('v2/session/create')).json.session.id;
	await cancel(cancelled);
	const idsOf = async (query: string) =>
		(await control(`sessions?${query}`)).map(({ id }: Loose) => id);
	expect((await control('state')).sessions).toMatchObject({ total: 4, empty: 2, created: 1 });
	expect(await idsOf('empty=false')).toEqual([...paid].reverse());
	expect(await idsOf('empty=true')).toEqual([cancelled, empty]);
	expect(await idsOf('empty=true&limit=1')).toEqual([cancelled]);
	expect(await idsOf('limit=3')).toHaveLength(3);
	expect(await control('sessions?empty=true')).toMatchObject([
		{ status: 'cancelled' },
		{ status: 'created', draft_metadata: { reference: 'again' } },
	]);
	await callApi('v2/session/start/payout', { session_id: empty, ...payoutBody() });
	expect((await control('state')).sessions).toMatchObject({ total: 4, empty: 1 });
});

it('the scripted values are those of the tables, each with a result in words', async () => {
	const values: Array<{ kind: string; value: string; result: string }> = await control('scenarios');
	expect(values).toHaveLength(scenarioTable.length + Object.keys(taxpayerTable).length);
	for (const { kind, value, result } of values) {
		expect([value, kind, result].map((text) => text?.length > 0)).toEqual([true, true, true]);
	}
	const resultOf = (value: string) => values.find((one) => one.value === value)?.result;
	expect(resultOf('.02')).toBe(`start refused: ${outcomes.refused.refused.code}`);
	expect(resultOf('.06')).toBe('result unknown, paid a little later');
	expect(resultOf('131000000131')).toBe('not self-employed');
});
