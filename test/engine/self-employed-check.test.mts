/** Self-Employed: Check and Get Check Result. */
import { useFixture, type Loose } from '../support/engineFixture.mts';
import { continueError, jsonOf, runOperation, type RunSettings } from '../support/runOperation.mts';
import { startPaying } from '../support/payouts.mts';
import { requestsTo } from '../support/ledger.mts';
import { pause } from '../support/timing.mts';
import { errorOf } from '../support/engine.mts';

const fixture = useFixture();

async function check(
	inn: unknown,
	more: RunSettings = {},
): Promise<{ ok: Loose[]; failed: Loose[] }> {
	const run = await runOperation(
		fixture,
		'selfEmployed',
		'check',
		{ taxReference: '={{ $json.inn }}' },
		{ rows: [{ inn }], node: continueError, ...more },
	);
	return { ok: jsonOf(run), failed: jsonOf(run, 1).map(({ error }) => error) };
}

async function getResult(requestId: string): Promise<{ ok: Loose[]; failed: Loose[] }> {
	const run = await runOperation(
		fixture,
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
])('person who is %s: one item with the status and advice', async (_name, inn, expected) => {
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
	expect(requestsTo(fixture.sandbox, 'npd/check')[0].body).toEqual({ tax_reference: inn });
});

test('result after three pending responses: polled, one check request', async () => {
	const { ok } = await check('131000000452');
	expect(ok[0]).toMatchObject({ status: 'answered', canGetReceipt: true });
	expect(requestsTo(fixture.sandbox, 'npd/request/status')).toHaveLength(4);
	expect(requestsTo(fixture.sandbox, 'npd/check')).toHaveLength(1);
});

test('no result within Wait at Most: pending with the request ID, which Get Check Result accepts', async () => {
	const { ok } = await check('131000000607', { options: { timeLimit: 0.6 } });
	expect(ok[0]).toMatchObject({
		status: 'pending',
		advice: expect.stringContaining('Get Check Result'),
	});
	expect(ok[0]).not.toHaveProperty('canGetReceipt');
	fixture.sandbox.scenarios.setTaxpayer('131000000607', 'linked');
	expect((await getResult(ok[0].requestId)).ok[0]).toMatchObject({
		status: 'answered',
		requestId: ok[0].requestId,
		canGetReceipt: true,
	});
});

test('error of the tax service: error item with its errorCode', async () => {
	const { ok, failed } = await check('131000000389');
	expect(ok).toEqual([]);
	expect(failed[0]).toMatchObject({
		errorCode: 'npd_service_internal_error',
		message: 'The tax service did not answer',
	});
});

test.each(['npd/check', 'npd/request/status'])(
	'lost response at %s: the request is repeated',
	async (path) => {
		fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path } });
		expect((await check('123456789012')).ok[0]).toMatchObject({ canGetReceipt: true });
	},
);

test('cancelled execution while polling: ends before its time limit, after the request that is open', async () => {
	const parameters = {
		resource: 'selfEmployed',
		operation: 'check',
		taxReference: '131000000607',
	};
	const run = startPaying(fixture, [{}], { parameters, options: { timeLimit: 12 } });
	const asked = () => requestsTo(fixture.sandbox, 'npd/request/status').length;
	while (asked() === 0) await pause(5);
	const before = asked();
	run.cancel();
	await run;
	expect(asked() - before).toBeLessThanOrEqual(1);
});

test('no response to the status requests: pending with the request ID', async () => {
	const match = { path: 'npd/request/status' };
	// Not a number of times: the run that the test above cancelled may still send its last request.
	fixture.sandbox.faults.add({ kind: 'errorBefore', match, times: Infinity });
	const { ok } = await check('123456789012', { options: { timeLimit: 0 } });
	expect(ok[0]).toMatchObject({ status: 'pending', requestId: expect.any(String) });
	fixture.sandbox.faults.clear();
	expect((await getResult(ok[0].requestId)).ok[0].canGetReceipt).toBe(true);
});

test('internal_error in a status response: polled again, the check succeeds', async () => {
	const match = { path: 'npd/request/status' };
	const error = { code: 'internal_error', description: 'Internal error' };
	const body = JSON.stringify({ status: 'error', error });
	fixture.sandbox.faults.add({ kind: 'errorBefore', status: 400, body, match, times: 4 });
	expect((await check('123456789012')).ok[0]).toMatchObject({ canGetReceipt: true });
});

test('stopWorkflow and an error of the tax service: the error names the request ID', async () => {
	const run = await runOperation(fixture, 'selfEmployed', 'check', {
		taxReference: '131000000389',
	});
	expect(errorOf(run)?.description).toMatch(/Get Check Result .* request [0-9a-f-]{36}/);
});

test.each([
	['', 'INN is empty'],
	['7727406020', 'INN has 10 digits, as a company has'],
	['12345678901', 'leading zero'],
	['12345678901x', 'other than the digits'],
	[null, 'INN is empty'],
])('INN %p (%s): refused, no request is sent', async (inn, message) => {
	const { failed } = await check(inn);
	expect(JSON.stringify(failed[0])).toContain(message);
	expect(fixture.sandbox.requests).toEqual([]);
});

test('Verify Check Digits = always: INN with invalid check digits refused, valid INN accepted', async () => {
	const options = { verifyCheckDigits: 'always' };
	expect((await check('123456789012', { options })).failed[0].message).toContain('check digits');
	expect((await check('500100732259', { options })).ok[0].status).toBe('answered');
});

test('Get Check Result with an unknown or empty request ID: error with code or field', async () => {
	expect((await getResult('nothing')).failed[0].errorCode).toBe('invalid_request');
	expect((await getResult(' ')).failed[0].problems[0].field).toBe('Request ID');
});

test('five people in one run: output in input order', async () => {
	const inns = ['131000000131', '123456789012', '131000000452', '131000000205', '131000000389'];
	const run = await runOperation(
		fixture,
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

test('stopWorkflow and an error of the tax service: the description does not mention payouts', async () => {
	const run = await runOperation(fixture, 'selfEmployed', 'check', {
		taxReference: '131000000389',
	});
	expect(errorOf(run)?.message).toBe('The tax service did not answer');
	expect(errorOf(run)?.description).not.toContain('paid twice');
});
