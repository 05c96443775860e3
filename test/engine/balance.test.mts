/** Collateral Account: Get Balances, and payouts above the balance. */
import { generateKeyPair } from '../../sandbox/sandbox.mts';
import { useFixture } from '../support/engineFixture.mts';
import { continueError, jsonOf, runOperation, type RunSettings } from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { requestsTo } from '../support/ledger.mts';
import { errorOf } from '../support/engine.mts';

const fixture = useFixture({ balance: 1_000_000_00 });

const getBalance = async (settings: RunSettings = {}) =>
	await runOperation(fixture, 'balance', 'get', {}, settings);

test('collateral account before and after a payout: the balance falls by the amount', async () => {
	expect(jsonOf(await getBalance())).toEqual([
		{
			walletId: '131',
			balance: '1000000.00',
			balanceMinorUnits: 100000000,
			currency: 'RUB',
		},
	]);
	await payAll(fixture, rowsOf('pay', 1));
	expect(jsonOf(await getBalance())[0]).toMatchObject({
		balance: '999899.00',
		balanceMinorUnits: 99989900,
	});
});

test('credential with API v2: the request uses v1 and Moscow time', async () => {
	await getBalance({ credential: { apiVersion: 'v2' } });
	const [request] = requestsTo(fixture.sandbox, 'wallet/balance');
	expect(request.path).toBe('v1/wallet/balance');
	expect(request.body).toEqual({
		request_datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/),
	});
});

test.each(['resetBefore', 'resetAfter', 'errorAfter', 'halfBody', 'garbage'] as const)(
	'%s: the request is repeated',
	async (kind) => {
		fixture.sandbox.faults.add({ kind, match: { path: 'wallet/balance' } });
		expect(jsonOf(await getBalance())[0].balance).toBe('1000000.00');
	},
);

test('invalid private key: one request, the message of the bank and the field to check', async () => {
	fixture.sandbox.set({ errorHttpStatus: 401 });
	const credential = { privateKey: generateKeyPair().privateKey };
	const run = await getBalance({ credential });
	expect(errorOf(run)?.message).toContain('signature');
	expect(errorOf(run)?.description).toContain('Check "Private Key"');
	expect(fixture.sandbox.requests).toHaveLength(1);
	const withErrorOutput = await getBalance({ credential, node: continueError });
	expect(jsonOf(withErrorOutput, 1)[0].error).toMatchObject({ errorCode: 'authentication_error' });
});

test('permanent HTTP 503: error after four requests', async () => {
	const match = { path: 'wallet/balance' };
	fixture.sandbox.faults.add({ kind: 'errorBefore', status: 503, match, times: Infinity });
	const run = await getBalance();
	expect(errorOf(run)?.message).toContain('HTTP 503');
	expect(fixture.sandbox.requests).toHaveLength(4);
});

test('payout above the balance: failed with advice; the next payout is paid', async () => {
	const rows = rowsOf('much', 2);
	rows[0].amount = '1000000.01';
	const run = await payAll(fixture, rows);
	expect(jsonOf(run)).toEqual([
		expect.objectContaining({ outcome: 'failed', errorCode: 'insufficient_wallet_balance' }),
		expect.objectContaining({ outcome: 'succeeded' }),
	]);
	expect(jsonOf(run)[0].advice).toContain('Top up the account');
	expect(fixture.sandbox.moneyMoved()).toBe(10200);
});
