/** Exceptions of n8n's HTTP helper: the request was not sent, or the bank may have acted. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { n8nTransport } from '../../nodes/shared/bankTransport.ts';

const failing = (error: Error) =>
	n8nTransport(
		{
			helpers: { httpRequestWithAuthentication: () => Promise.reject(error) },
		} as unknown as IExecuteFunctions,
		{ baseUrl: 'http://127.0.0.1:1', credentials: {}, timeoutMs: 1000 },
	)({ method: 'POST', path: '/api/v2/session/start/payout', body: {} });

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
