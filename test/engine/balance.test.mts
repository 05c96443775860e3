import { generateKeyPair } from '../../sandbox/sandbox.mts';
import { errorOf } from '../support/engine.mts';
import {
	continueError,
	jsonOf,
	openBench,
	payAll,
	requestsTo,
	rowsOf,
	runOperation,
	type Bench,
} from '../support/bank131.mts';

let bench: Bench;

beforeAll(async () => {
	bench = await openBench({ balance: 1_000_000_00 });
});
afterAll(async () => await bench.sandbox.stop());
beforeEach(() => bench.sandbox.reset());

const get = async (more = {}) => await runOperation(bench, 'balance', 'get', {}, more);

test('what is on the collateral account, before and after a payout', async () => {
	expect(jsonOf(await get())).toEqual([
		{
			walletId: '131',
			balance: '1000000.00',
			balanceMinorUnits: 100000000,
			currency: 'RUB',
		},
	]);
	await payAll(bench, rowsOf('pay', 1));
	expect(jsonOf(await get())[0]).toMatchObject({
		balance: '999899.00',
		balanceMinorUnits: 99989900,
	});
});

test('is asked for in Moscow time, always by API v1', async () => {
	await get({ credential: { apiVersion: 'v2' } });
	const [request] = requestsTo(bench.sandbox, 'wallet/balance');
	expect(request.path).toBe('v1/wallet/balance');
	expect(request.body).toEqual({
		request_datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/),
	});
});

test.each(['resetBefore', 'resetAfter', 'errorAfter', 'halfBody', 'garbage'] as const)(
	'%s: asked again',
	async (kind) => {
		bench.sandbox.faults.add({ kind, match: { path: 'wallet/balance' } });
		expect(jsonOf(await get())[0].balance).toBe('1000000.00');
	},
);

test('a wrong key: one request, the bank’s words and what to do', async () => {
	bench.sandbox.set({ errorHttpStatus: 401 });
	const credential = { privateKey: generateKeyPair().privateKey };
	const run = await get({ credential });
	expect(errorOf(run)?.message).toContain('signature');
	expect(errorOf(run)?.description).toContain('Check "Private Key" in the credential');
	expect(bench.sandbox.requests).toHaveLength(1);
	const branch = await get({ credential, node: continueError });
	expect(jsonOf(branch, 1)[0].error).toMatchObject({ errorCode: 'authentication_error' });
	bench.sandbox.set({ errorHttpStatus: 400 });
});

test('a bank that is away', async () => {
	const match = { path: 'wallet/balance' };
	bench.sandbox.faults.add({ kind: 'errorBefore', status: 503, match, times: Infinity });
	const run = await get();
	expect(errorOf(run)?.message).toContain('HTTP 503');
	expect(bench.sandbox.requests).toHaveLength(4);
});

test('money that is not there: the payout fails, the next one that fits is paid', async () => {
	const rows = rowsOf('much', 2);
	rows[0].amount = '1000000.01';
	const run = await payAll(bench, rows);
	expect(jsonOf(run)).toEqual([
		expect.objectContaining({ outcome: 'failed', errorCode: 'insufficient_wallet_balance' }),
		expect.objectContaining({ outcome: 'succeeded' }),
	]);
	expect(jsonOf(run)[0].advice).toContain('Top up the account');
	expect(bench.sandbox.moneyMoved()).toBe(10200);
});
