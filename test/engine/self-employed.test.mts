import { errorOf } from '../support/engine.mts';
import {
	continueError,
	jsonOf,
	openBench,
	requestsTo,
	runOperation,
	startPaying,
	type Bench,
	type Loose,
	type PayOptions,
} from '../support/bank131.mts';

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

let bench: Bench;

beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.sandbox.stop());
beforeEach(() => bench.sandbox.reset());

async function check(
	inn: unknown,
	more: PayOptions = {},
): Promise<{ ok: Loose[]; failed: Loose[] }> {
	const run = await runOperation(
		bench,
		'selfEmployed',
		'check',
		{ taxReference: '={{ $json.inn }}' },
		{ rows: [{ inn }], node: continueError, ...more },
	);
	return { ok: jsonOf(run), failed: jsonOf(run, 1).map(({ error }) => error) };
}

async function result(requestId: string): Promise<{ ok: Loose[]; failed: Loose[] }> {
	const run = await runOperation(
		bench,
		'selfEmployed',
		'getResult',
		{ requestId },
		{ node: continueError },
	);
	return { ok: jsonOf(run), failed: jsonOf(run, 1).map(({ error }) => error) };
}

test.each<[string, string, object]>([
	['linked', '123456789012', { isSelfEmployed: true, isLinked: true, canGetReceipt: true }],
	['not linked', '131000000205', { isSelfEmployed: true, isLinked: false, canGetReceipt: false }],
	['not self-employed', '131000000131', { isSelfEmployed: false, canGetReceipt: false }],
])('%s', async (_name, inn, expected) => {
	const { ok } = await check(inn);
	expect(ok).toEqual([
		expect.objectContaining({
			inn,
			status: 'answered',
			requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			advice: expect.any(String),
			...expected,
		}),
	]);
	expect(requestsTo(bench.sandbox, 'npd/check')[0].body).toEqual({ tax_reference: inn });
});

test('an answer that takes three looks is waited for', async () => {
	const { ok } = await check('131000000452');
	expect(ok[0]).toMatchObject({ status: 'answered', canGetReceipt: true });
	expect(requestsTo(bench.sandbox, 'npd/request/status')).toHaveLength(4);
	expect(requestsTo(bench.sandbox, 'npd/check')).toHaveLength(1);
});

test('a silent tax service: pending, with the ID to ask again with', async () => {
	const { ok } = await check('131000000607', { options: { timeLimit: 0.6 } });
	expect(ok[0]).toMatchObject({
		status: 'pending',
		advice: expect.stringContaining('Get Check Result'),
	});
	expect(ok[0]).not.toHaveProperty('canGetReceipt');
	bench.sandbox.scenarios.setTaxpayer('131000000607', 'linked');
	expect((await result(ok[0].requestId)).ok[0]).toMatchObject({
		status: 'answered',
		requestId: ok[0].requestId,
		canGetReceipt: true,
	});
});

test('an error of the tax service is a failure with its code', async () => {
	const { ok, failed } = await check('131000000389');
	expect(ok).toEqual([]);
	expect(failed[0]).toMatchObject({
		errorCode: 'npd_service_internal_error',
		message: 'The tax service did not answer',
	});
});

test.each(['npd/check', 'npd/request/status'])(
	'a lost answer at %s is asked for again',
	async (path) => {
		bench.sandbox.faults.add({ kind: 'resetAfter', match: { path } });
		expect((await check('123456789012')).ok[0]).toMatchObject({ canGetReceipt: true });
	},
);

test('cancelling the execution while the tax service is silent ends the wait and does not hold n8n up', async () => {
	const parameters = {
		resource: 'selfEmployed',
		operation: 'check',
		taxReference: '131000000607',
	};
	const run = startPaying(bench, [{}], { parameters, options: { timeLimit: 12 } });
	while (requestsTo(bench.sandbox, 'npd/request/status').length === 0) await pause(5);
	const cancelledAt = Date.now();
	run.cancel();
	// Everything else that this process does waits in the same queue as this pause.
	await pause(10);
	expect(Date.now() - cancelledAt).toBeLessThan(6000);
	await run;
	expect(Date.now() - cancelledAt).toBeLessThan(6000);
});

test('a bank that is away after the question keeps the ID', async () => {
	const match = { path: 'npd/request/status' };
	bench.sandbox.faults.add({ kind: 'errorBefore', match, times: 4 });
	const { ok } = await check('123456789012', { options: { timeLimit: 0 } });
	expect(ok[0]).toMatchObject({ status: 'pending', requestId: expect.any(String) });
	expect((await result(ok[0].requestId)).ok[0].canGetReceipt).toBe(true);
});

test('an internal error of the bank while it looks for the answer is no failure of the check', async () => {
	const match = { path: 'npd/request/status' };
	const error = { code: 'internal_error', description: 'Internal error' };
	const body = JSON.stringify({ status: 'error', error });
	bench.sandbox.faults.add({ kind: 'errorBefore', status: 400, body, match, times: 4 });
	expect((await check('123456789012')).ok[0]).toMatchObject({ canGetReceipt: true });
});

test('stopped by the tax service, the error names the request', async () => {
	const run = await runOperation(bench, 'selfEmployed', 'check', { taxReference: '131000000389' });
	expect(errorOf(run)?.description).toMatch(/Get Check Result .* request [0-9a-f-]{36}/);
});

test.each([
	['', 'INN is empty'],
	['7727406020', 'INN has 10 digits, as a company has'],
	['12345678901', 'leading zero'],
	['12345678901x', 'other than the digits'],
	[null, 'INN is empty'],
])('INN %p is refused before anything is sent', async (inn, says) => {
	const { failed } = await check(inn);
	expect(JSON.stringify(failed[0])).toContain(says);
	expect(bench.sandbox.requests).toEqual([]);
});

test('check digits, when the user wants them', async () => {
	const options = { verifyCheckDigits: 'always' };
	expect((await check('123456789012', { options })).failed[0].message).toContain('check digits');
	expect((await check('500100732259', { options })).ok[0].status).toBe('answered');
});

test('an unknown or empty request ID', async () => {
	expect((await result('nothing')).failed[0].errorCode).toBe('invalid_request');
	expect((await result(' ')).failed[0].problems[0].field).toBe('Request ID');
});

test('many people at once keep their order', async () => {
	const inns = ['131000000131', '123456789012', '131000000452', '131000000205', '131000000389'];
	const run = await runOperation(
		bench,
		'selfEmployed',
		'check',
		{ taxReference: '={{ $json.inn }}' },
		{ rows: inns.map((inn) => ({ inn })), node: { onError: 'continueRegularOutput' } },
	);
	expect(errorOf(run)).toBeUndefined();
	expect(jsonOf(run).map(({ inn, error }) => inn ?? error.errorCode)).toEqual([
		...inns.slice(0, 4),
		'npd_service_internal_error',
	]);
});

test('stopped, the error says what to do and promises nothing about payouts', async () => {
	const run = await runOperation(bench, 'selfEmployed', 'check', { taxReference: '131000000389' });
	expect(errorOf(run)?.message).toBe('The tax service did not answer');
	expect(errorOf(run)?.description).not.toContain('paid twice');
});
