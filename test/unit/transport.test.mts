/** Exceptions of n8n's HTTP helper: the request was not sent, or the bank may have acted. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { JsonObject } from '../../bank131/lib/json.ts';
import { n8nTransport } from '../../nodes/shared/bankTransport.ts';

const transportWith = (httpRequestWithAuthentication: () => unknown) =>
	n8nTransport({ helpers: { httpRequestWithAuthentication } } as unknown as IExecuteFunctions, {
		baseUrl: 'http://127.0.0.1:1',
		credentials: {},
		timeoutMs: 1000,
	});

const failing = (error: Error) =>
	transportWith(() => Promise.reject(error))({
		method: 'POST',
		path: '/api/v2/session/start/payout',
		body: {},
	});

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

describe('a request that fails without a response', () => {
	test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('%s: not sent', async (code) => {
		expect(await failing(withCode(code))).toMatchObject({ failure: 'notSent' });
		const wrapped = Object.assign(new Error('failed'), { cause: withCode(code) });
		expect(await failing(wrapped)).toMatchObject({ failure: 'notSent' });
	});

	test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'])(
		'%s: lost, because the bank may have received it',
		async (code) => {
			expect(await failing(withCode(code))).toMatchObject({ failure: 'lost' });
		},
	);
});

describe('a body that cannot be written as JSON: not sent, because nothing went out', () => {
	const circular: JsonObject = {};
	circular.self = circular;

	const throwing = {
		toJSON: () => {
			throw new Error('no JSON');
		},
	};

	test.each<[string, unknown]>([
		['an object in itself', { metadata: circular }],
		['a value that fails', { metadata: { throwing } }],
	])('%s', async (_name, body) => {
		const helper = jest.fn();
		const send = transportWith(helper);
		const result = await send({ method: 'POST', path: '/x', body: body as JsonObject });
		expect(result).toMatchObject({
			failure: 'notSent',
			message: 'The request body cannot be written as JSON',
		});
		expect(helper).not.toHaveBeenCalled();
	});
});
