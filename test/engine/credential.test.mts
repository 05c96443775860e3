/** The credential: signed requests, and the form. */
import { Readable } from 'node:stream';

import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { anyJson } from '../support/arbitraries.mts';
import { makeExecuteContext } from '../support/engine.mts';
import { useCredentialServer } from '../support/credentialServer.mts';
import { usePackage } from '../support/engineFixture.mts';
import { encryptedPkcs8 } from '../support/keys.mts';

const fixture = usePackage();
const bank = useCredentialServer();
const { server, files, isSigned } = bank;

function contextWith(changes: ICredentialDataDecryptedObject = {}) {
	return makeExecuteContext({
		loader: fixture.loader,
		nodeName: 'bank131',
		credentials: { bank131Api: { ...bank.credential, ...changes } },
	});
}

async function request(
	options: Partial<IHttpRequestOptions>,
	changes?: ICredentialDataDecryptedObject,
) {
	const context = contextWith(changes);
	await context.helpers.httpRequestWithAuthentication.call(context, 'bank131Api', {
		url: `${server.url}/api/v2/session/create`,
		method: 'POST',
		...options,
	} as IHttpRequestOptions);
	return server.requests[server.requests.length - 1];
}

async function refusal(work: Promise<unknown>): Promise<{ message: string; description?: string }> {
	return await work.then(
		() => {
			throw new Error('was accepted');
		},
		(error: { message: string; description?: string }) => error,
	);
}

describe('request through n8n', () => {
	test('1,000 random JSON bodies: the signature is valid for the bytes that the server receives', async () => {
		const context = contextWith();
		const send = async (body: unknown) =>
			await context.helpers.httpRequestWithAuthentication.call(context, 'bank131Api', {
				url: `${server.url}/x`,
				method: 'POST',
				body,
			} as IHttpRequestOptions);
		const bodies = fc.sample(anyJson, 1000);
		for (let i = 0; i < bodies.length; i += 50)
			await Promise.all(bodies.slice(i, i + 50).map(send));
		expect(server.requests).toHaveLength(1000);
		expect(server.requests.filter((received) => !isSigned(received))).toEqual([]);
		expect(server.requests.map(({ body }) => body.toString()).sort()).toEqual(
			bodies.map((body) => Buffer.from(JSON.stringify(body)).toString()).sort(),
		);
	});

	test.each<[string, Partial<IHttpRequestOptions>, string]>([
		['empty object', { body: {} }, '{}'],
		['empty list', { body: [] }, '[]'],
		['no body', {}, ''],
		['empty text', { body: '' }, ''],
		[
			'empty text declared as JSON',
			{ body: '', headers: { 'content-type': 'application/json' } },
			'',
		],
		['null', { body: null }, ''],
		['number', { body: 5 }, '5'],
		['JSON text', { body: '{"a": 1}' }, '{"a": 1}'],
		['JSON text with white space around', { body: ' \n{"a": 1}\n ' }, '{"a": 1}'],
		['JSON text with a lone surrogate', { body: '{"a":"\ud800"}' }, '{"a":"\ufffd"}'],
		['bytes', { body: Buffer.from(' {"a": 1}\n') }, ' {"a": 1}\n'],
		['lone surrogates', { body: { a: '\ud800' } }, '{"a":"\\ud800"}'],
		['line separators', { body: { a: '\u2028' } }, '{"a":"\u2028"}'],
		['minus zero and undefined', { body: { a: -0, b: undefined, c: NaN } }, '{"a":0,"c":null}'],
		['GET', { method: 'GET' }, ''],
		['GET with a body', { method: 'GET', body: { a: 1 } }, ''],
	])('%s: the signature is valid for the received bytes', async (_name, options, text) => {
		const received = await request(options);
		expect(received.body.toString()).toBe(text);
		expect(isSigned(received)).toBe(true);
		if (text !== '') expect(received.headers['content-type']).toBe('application/json');
	});

	test('HTTP Request node of n8n: JSON bodies are signed, forms are refused', async () => {
		const context = contextWith();
		const legacy = async (options: Record<string, unknown>) =>
			await context.helpers.requestWithAuthentication.call(context, 'bank131Api', {
				uri: `${server.url}/api/v1/wallet/balance`,
				method: 'POST',
				...options,
			});
		await legacy({ body: { имя: 'Иван' }, json: true });
		await legacy({ body: '{"raw": true}\n', headers: { 'content-type': 'application/json' } });
		await legacy({ method: 'GET', json: true });
		await legacy({ body: { a: 1 } });
		expect(server.requests.map(isSigned)).toEqual([true, true, true, true]);
		expect(server.requests.map(({ body }) => body.toString())).toEqual([
			'{"имя":"Иван"}',
			'{"raw": true}',
			'',
			'{"a":1}',
		]);
		expect((await refusal(legacy({ form: { a: 1 } }))).message).toMatch(/JSON only/);
		expect((await refusal(legacy({ formData: { a: '1' } }))).message).toMatch(/JSON only/);
	});

	test('headers of the caller: the signing headers are replaced, the others are sent unchanged', async () => {
		const received = await request({
			body: {},
			headers: {
				'x-partner-sign': 'stale',
				'X-Partner-Project': 'stale',
				'x-PARTNER-submerchant': 'stale',
				'X-PARTNER-IDEMPOTENCY-KEY': 'order-7',
				'Content-type': 'application/json; charset=utf-8',
			},
		});
		expect(isSigned(received)).toBe(true);
		expect(received.headers).toMatchObject({
			'x-partner-project': 'test_project',
			'x-partner-idempotency-key': 'order-7',
			'content-type': 'application/json; charset=utf-8',
		});
		expect(received.headers).not.toHaveProperty('x-partner-submerchant');
	});

	test('Sub-Merchant: its header is sent only if the field is not empty', async () => {
		expect(
			(await request({ body: {} }, { submerchant: ' payer-1 ' })).headers['x-partner-submerchant'],
		).toBe('payer-1');
		expect((await request({ body: {} }, { submerchant: '  ' })).headers).not.toHaveProperty(
			'x-partner-submerchant',
		);
	});

	test('HTTP 401, after which n8n repeats the request: the second signature is valid too', async () => {
		server.answer = () => ({
			status: server.requests.length === 1 ? 401 : 200,
			body: '{"status":"ok"}',
		});
		await request({ body: { a: 'я' } });
		expect(server.requests).toHaveLength(2);
		expect(server.requests.every(isSigned)).toBe(true);
		expect(server.requests[1].body).toEqual(server.requests[0].body);
	});

	test.each<[string, unknown, RegExp]>([
		['text that is not JSON', 'hello', /request body is not JSON/],
		['URL parameters', new URLSearchParams({ a: '1' }), /JSON only/],
		['form', new FormData(), /JSON only/],
		['stream', Readable.from(['{}']), /JSON only/],
	])('%s as the body: refused, no request is sent', async (_name, body, message) => {
		expect((await refusal(request({ body } as Partial<IHttpRequestOptions>))).message).toMatch(
			message,
		);
		expect(server.requests).toHaveLength(0);
	});

	test.each<[string, ICredentialDataDecryptedObject, RegExp, RegExp]>([
		['empty Private Key', { privateKey: '' }, /^Private Key is empty$/, /Paste the whole file/],
		[
			'public key in Private Key',
			{ privateKey: files.spki },
			/^Private Key holds a public key$/,
			/belongs in "Bank Public Key"/,
		],
		[
			'truncated Private Key',
			{ privateKey: files.pkcs8.slice(0, 500) },
			/^Private Key ends too early/,
			/Paste/,
		],
		[
			'encrypted Private Key without Passphrase',
			{ privateKey: encryptedPkcs8(files.privateKey, 'x', 'aes256') },
			/^Passphrase is empty/,
			/Enter the passphrase/,
		],
		['empty Project', { project: ' ' }, /^Project is empty$/, /manager at the bank/],
		[
			'Project with a line break',
			{ project: 'a\nb' },
			/^Project holds a line break/,
			/Latin letters/,
		],
		['Project with a Cyrillic letter', { project: 'mу_project' }, /^Project holds/, /Cyrillic/],
		[
			'Sub-Merchant with a line break',
			{ submerchant: 'a\r\nX-Evil: 1' },
			/^Sub-Merchant holds/,
			/Latin/,
		],
		['empty Custom URL', { customUrl: '' }, /^Custom URL is empty$/, /127.0.0.1:8131/],
	])(
		'%s: the error names the field, no request is sent',
		async (_name, changes, message, description) => {
			const error = await refusal(request({ body: {} }, changes));
			expect(error.message).toMatch(message);
			expect(error.description).toMatch(description);
			expect(JSON.stringify(error)).not.toContain(files.pkcs8.slice(100, 140));
			expect(server.requests).toHaveLength(0);
		},
	);

	test('invalid Bank Public Key: the request is signed', async () => {
		expect(isSigned(await request({ body: {} }, { bankPublicKey: 'junk' }))).toBe(true);
	});
});

describe('authenticate', () => {
	const authenticate = async (options: IHttpRequestOptions) => {
		const { type } = fixture.loader.getCredential('bank131Api');
		if (typeof type.authenticate !== 'function') throw new Error('no function');
		return await type.authenticate(bank.credential, options);
	};

	test('frozen request options: not changed', async () => {
		const options = {
			url: 'x',
			method: 'POST' as const,
			headers: { a: 'b' },
			body: { deep: { c: 1 } },
		};
		const before = structuredClone(options);
		Object.freeze(options);
		Object.freeze(options.headers);
		Object.freeze(options.body);
		const signed = await authenticate(options);
		expect(options).toEqual(before);
		expect(signed.body).toBe('{"deep":{"c":1}}');
	});

	test('signed request options: signing them again gives the same options', async () => {
		await fc.assert(
			fc.asyncProperty(anyJson, async (body) => {
				const once = await authenticate({ url: 'x', method: 'POST', body } as IHttpRequestOptions);
				expect(await authenticate(once)).toEqual(once);
			}),
		);
	});
});

describe('credential form', () => {
	test('fields in their order: Private Key and Passphrase are masked', () => {
		const { properties } = fixture.loader.getCredential('bank131Api').type;
		// n8n adds its own fields (allowed domains) after them.
		expect(
			properties.slice(0, 9).map(({ name, typeOptions }) => [name, Boolean(typeOptions?.password)]),
		).toEqual([
			['environment', false],
			['customUrl', false],
			['leadsToLive', false],
			['project', false],
			['privateKey', true],
			['passphrase', true],
			['bankPublicKey', false],
			['submerchant', false],
			['apiVersion', false],
		]);
	});
});
