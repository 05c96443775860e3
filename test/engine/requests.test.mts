/**
 * Every operation through the real engine: what goes over the wire is what the bank's pages show, in v1 and v2. The expected
 * bodies (test/fixtures/requests) are written by hand from the documentation, in v1 spelling.
 */
import type { INodeParameters } from 'n8n-workflow';

import { errorOf } from '../support/engine.mts';
import {
	nameOf,
	readFixture,
	Recorder,
	registeredOperations,
	type ScriptedAnswers,
	type Sent,
} from '../support/recorder.mts';

interface ExpectedRequest {
	method?: string;
	/** Without `/api/v1/`. */
	path: string;
	key?: string;
	body?: unknown;
}

interface Row {
	name: string;
	operation: string;
	parameters: INodeParameters;
	answers?: ScriptedAnswers;
	requests: ExpectedRequest[];
}

const rows = ['payouts', 'payments', 'sessions', 'others'].flatMap((file) =>
	readFixture<Row[]>(`requests/${file}.json`),
);

/** Methods that exist in v2 (bank's page "Format", api/01); all others stay on v1. */
const IN_V2 = new Set([
	'session/create',
	'session/init/payout',
	'session/init/payout/fiscalization',
	'session/start/payout',
	'session/start/payout/fiscalization',
	'session/init/payment',
	'session/init/payment/sync',
	'session/start/payment',
	'session/confirm',
	'session/capture',
	'session/cancel',
	'session/refund',
	'fps/customer_verification',
	'session/status',
	'session/init/payout/nominal',
	'session/multi/create/nominal',
	'session/multi/init/payment/nominal',
	'session/multi/start/payment/nominal',
	'session/init/payout/rko',
	'session/multi/create/rko',
	'session/multi/start/payment/rko',
]);

/** Known from the SDK, which has it in v2 alone. */
const ONLY_IN_V2 = new Set(['session/multi/init']);

function expectedIn(version: 'v1' | 'v2', request: ExpectedRequest): Sent {
	const { method = 'POST', path, key, body } = request;
	const isV2 = ONLY_IN_V2.has(path) || (version === 'v2' && IN_V2.has(path));
	return {
		method,
		path: `/api/${isV2 ? 'v2' : 'v1'}/${path}`,
		...(body !== undefined && { body: isV2 ? inV2(body) : body }),
		...(key !== undefined && { key }),
	};
}

/** The one name of a request that v2 changed. */
function inV2(body: unknown): unknown {
	const { payment_method, ...rest } = body as Record<string, unknown>;
	return payment_method === undefined ? body : { ...rest, payout_details: payment_method };
}

let recorder: Recorder;
beforeAll(async () => {
	recorder = await Recorder.open();
});
afterAll(async () => await recorder.close());

test('no operation is left out', () => {
	const asking = registeredOperations().filter(({ run }) => run !== undefined);
	const known = new Set(rows.map(({ operation }) => operation));
	expect(asking.map(nameOf).filter((name) => !known.has(name))).toEqual([]);
});

describe.each(['v1', 'v2'] as const)('API %s', (apiVersion) => {
	test.each(rows.map((row) => [`${row.operation} ${row.name}`, row] as const))(
		'%s',
		async (_name, { operation, parameters, answers, requests }) => {
			const { run, sent } = await recorder.run(operation, parameters, answers, { apiVersion });
			expect(errorOf(run)).toBeUndefined();
			expect(sent.map(withoutTheTime)).toEqual(
				requests.map((request) => expectedIn(apiVersion, request)),
			);
		},
	);
});

/** `wallet/balance` carries the present time, as the bank writes it: Moscow, without a fraction. */
function withoutTheTime(request: Sent): Sent {
	const { request_datetime: at } = (request.body ?? {}) as { request_datetime?: string };
	if (at === undefined) return request;
	expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/);
	expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
	return { ...request, body: { request_datetime: '<now in Moscow>' } };
}
