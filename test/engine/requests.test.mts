/**
 * The requests of every operation in API v1 and v2. The expected bodies (test/fixtures/requests) are written by hand
 * from the documentation of the bank, in v1 spelling.
 */
import type { INodeParameters } from 'n8n-workflow';

import { errorOf } from '../support/engine.mts';
import type { Loose } from '../support/engineFixture.mts';
import {
	nameOf,
	readFixture,
	registeredOperations,
	useRecorder,
	type ScriptedAnswers,
	type Sent,
} from '../support/recorder.mts';

const recorder = useRecorder();

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

/** Methods that exist in v2 (bank's page "Format", api/01). All others use v1. */
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

/** Only the SDK has this method, and only in v2. */
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

/** v2 renames this field only, also in the information of a confirmation. */
function inV2(body: unknown): unknown {
	const { payment_method, confirm_information, ...others } = body as Record<string, Loose>;
	const rest = confirm_information
		? {
				...others,
				confirm_information: {
					...confirm_information,
					transfer_details: inV2(confirm_information.transfer_details),
				},
			}
		: others;
	return payment_method === undefined ? rest : { ...rest, payout_details: payment_method };
}

test('each operation with requests: has an expected request', () => {
	const requesting = registeredOperations().filter(({ run }) => run !== undefined);
	const covered = new Set(rows.map(({ operation }) => operation));
	expect(requesting.map(nameOf).filter((name) => !covered.has(name))).toEqual([]);
});

describe.each(['v1', 'v2'] as const)('API %s', (apiVersion) => {
	test.each(rows.map((row) => [`${row.operation} ${row.name}`, row] as const))(
		'%s: the documented requests',
		async (_name, { operation, parameters, answers, requests }) => {
			const { run, sent } = await recorder.run(operation, parameters, answers, { apiVersion });
			expect(errorOf(run)).toBeUndefined();
			expect(sent.map(withoutTime)).toEqual(
				requests.map((request) => expectedIn(apiVersion, request)),
			);
		},
	);
});

/** `wallet/balance` sends the current time in the format of the bank: Moscow, without fractions of a second. */
function withoutTime(request: Sent): Sent {
	const { request_datetime: at } = (request.body ?? {}) as { request_datetime?: string };
	if (at === undefined) return request;
	expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/);
	expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
	return { ...request, body: { request_datetime: '<now in Moscow>' } };
}
