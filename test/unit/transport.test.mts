/** What n8n's HTTP helper throws, read as "can't have reached the bank" or "anything may have happened". */
import type { IExecuteFunctions } from 'n8n-workflow';

import { n8nTransport } from '../../nodes/shared/bankTransport.ts';

const failing = (error: Error) =>
	n8nTransport(
		{
			helpers: { httpRequestWithAuthentication: () => Promise.reject(error) },
		} as unknown as IExecuteFunctions,
		'http://127.0.0.1:1',
		1000,
	)({ method: 'POST', path: '/api/v2/session/start/payout', body: {} });

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

describe('a request that failed on its way', () => {
	test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('%s: was never sent', async (code) => {
		expect(await failing(withCode(code))).toMatchObject({ failure: 'notSent' });
		const wrapped = Object.assign(new Error('failed'), { cause: withCode(code) });
		expect(await failing(wrapped)).toMatchObject({ failure: 'notSent' });
	});

	test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'])(
		'%s: may have reached the bank',
		async (code) => {
			expect(await failing(withCode(code))).toMatchObject({ failure: 'lost' });
		},
	);
});
