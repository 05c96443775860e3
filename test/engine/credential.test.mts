/** The credential: signed requests, its connection test, and the form. */
import { createPublicKey, verify } from 'node:crypto';
import { Readable } from 'node:stream';

import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { chooseHost } from '../../bank131/client/hosts.ts';
import { anyJson } from '../support/arbitraries.mts';
import { makeExecuteContext, runCredentialTest, type LoadedPackage } from '../support/engine.mts';
import { usePackage } from '../support/engineFixture.mts';
import { encryptedPkcs8, makeKeyFiles } from '../support/keys.mts';
import { RawServer, type RawAnswer, type ReceivedRequest } from '../support/rawServer.mts';

const files = makeKeyFiles();
const bankKeys = makeKeyFiles();
const publicKey = createPublicKey(files.spki);

const fixture = usePackage();
let server: RawServer;
let credential: ICredentialDataDecryptedObject;

beforeAll(async () => {
	server = await new RawServer().start();
	credential = {
		environment: 'custom',
		customUrl: server.url,
		project: 'test_project',
		privateKey: files.pkcs8,
		passphrase: '',
		bankPublicKey: bankKeys.spki,
		submerchant: '',
		apiVersion: 'v2',
	};
});

afterAll(async () => await server.stop());

beforeEach(() => {
	server.requests.length = 0;
	server.answer = () => ({ body: '{"status":"ok"}' });
});

const isSigned = ({ headers, body }: ReceivedRequest): boolean =>
	verify('RSA-SHA256', body, publicKey, Buffer.from(String(headers['x-partner-sign']), 'base64'));

function contextWith(changes: ICredentialDataDecryptedObject = {}) {
	return makeExecuteContext({
		loader: fixture.loader,
		nodeName: 'bank131',
		credentials: { bank131Api: { ...credential, ...changes } },
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
		return await type.authenticate(credential, options);
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

describe('connection test', () => {
	const bankSays = (code: string) =>
		JSON.stringify({ status: 'error', error: { code, description: 'd' } });
	const answers = (answer: RawAnswer) => {
		server.answer = () => answer;
	};
	const run = async (changes: ICredentialDataDecryptedObject = {}) =>
		await runCredentialTest({
			loader: fixture.loader,
			type: 'bank131Api',
			data: { ...credential, ...changes },
		});

	test('valid credential: OK after one signed balance request with the time in the format of the bank', async () => {
		answers({ body: '{"status":"ok","wallets":[]}' });
		expect(await run()).toMatchObject({ status: 'OK' });
		const [received] = server.requests;
		expect(server.requests).toHaveLength(1);
		expect([received.method, received.url]).toEqual(['POST', '/api/v1/wallet/balance']);
		expect(isSigned(received)).toBe(true);
		expect(received.headers).not.toHaveProperty('x-credential-test');
		expect(JSON.parse(received.body.toString())).toEqual({
			request_datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
		});
	});

	const statuses = [200, 400, 401, 403, 422, 500];

	test.each(statuses)(
		'error code of the bank with HTTP %i: the message names the field or the remedy',
		async (status) => {
			for (const [code, field] of [
				['authentication_error', /^Private Key: /],
				['authorization_error', /^Project: /],
				['identification_error', /^Project: .*"Sub-Merchant"/],
				['invalid_request', /Check "Project" and "Sub-Merchant"/],
				['internal_error', /Try again later/],
				['wallet_internal_error', /Try again later/],
				['something_new', /^The bank refused the request/],
			] as const) {
				answers({ status, body: bankSays(code) });
				const result = await run();
				expect(result.status).toBe('Error');
				expect(result.message).toMatch(field);
			}
		},
	);

	test('error response without a status field: the message names the field', async () => {
		answers({ status: 400, body: '{"error":{"code":"authentication_error"}}' });
		expect((await run()).message).toMatch(/^Private Key: /);
	});

	test.each<[string, RawAnswer]>([
		[
			'proxy page with HTTP 502',
			{ status: 502, type: 'text/html', body: '<html>Bad gateway</html>' },
		],
		[
			'page of another site with HTTP 200',
			{ type: 'text/html', body: '<!doctype html><html></html>' },
		],
		['page with the content type JSON', { body: '<html>' }],
		['empty body with HTTP 200', { body: '' }],
		['empty body with HTTP 204', { status: 204 }],
		['other JSON', { body: '{"healthy":true}' }],
		['JSON with a numeric status', { status: 404, body: '{"status":404,"error":"Not Found"}' }],
		['JSON string', { body: '"ok"' }],
		['JSON null', { body: 'null' }],
		['truncated JSON', { body: '{"status":"o' }],
		['redirect', { status: 302, type: 'text/html', headers: { location: '/elsewhere' } }],
	])('%s: error, because the response is not from Bank 131', async (_name, answer) => {
		server.answer = ({ url }) => (url === '/elsewhere' ? { body: '{"status":"ok"}' } : answer);
		expect(await run()).toEqual({
			status: 'Error',
			message: expect.stringMatching(
				/did not come from Bank 131. Check "Environment" and "Custom URL"/,
			),
		});
	});

	test('no server at the address: error', async () => {
		const stopped = await new RawServer().start();
		await stopped.stop();
		expect(await run({ customUrl: stopped.url })).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/ECONNREFUSED|refused the connection/),
		});
	});

	test.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['Private Key', { privateKey: 'junk' }, /^Private Key is not a key/],
		[
			'Passphrase',
			{ privateKey: encryptedPkcs8(files.privateKey, 'x', 'aes256'), passphrase: 'y' },
			/^Passphrase does not open/,
		],
		['Project', { project: '' }, /^Project is empty/],
		['Bank Public Key', { bankPublicKey: 'junk' }, /^Bank Public Key is not a key/],
		[
			'Bank Public Key (a private key)',
			{ bankPublicKey: files.pkcs8 },
			/^Bank Public Key holds a private key/,
		],
		['Custom URL', { customUrl: '' }, /^Custom URL is empty/],
		[
			'Custom URL (another scheme)',
			{ customUrl: 'ftp://127.0.0.1' },
			/^Custom URL does not start with/,
		],
		['Custom URL (not a URL)', { customUrl: 'sandbox' }, /^Custom URL is not a URL/],
		['Custom URL (query)', { customUrl: 'https://gate.local/?' }, /^Custom URL holds more than/],
		['Custom URL (password)', { customUrl: 'https://:pw@gate.local' }, /^Custom URL holds more/],
		[
			'Custom URL (the bank without TLS)',
			{ customUrl: 'http://demo.bank131.ru' },
			/^Custom URL leads to the bank without encryption/,
		],
	])(
		'invalid %s: the error names the field, no request is sent',
		async (_name, changes, message) => {
			const result = await run(changes);
			expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
			expect(server.requests).toHaveLength(0);
		},
	);

	test('empty Bank Public Key: OK', async () => {
		expect(await run({ bankPublicKey: '' })).toMatchObject({ status: 'OK' });
	});

	test.each(['', '/', '/api/v1', '/api/v2/', '/API', ' '])(
		'Custom URL ending in "%s": the ending is removed',
		async (ending) => {
			expect(await run({ customUrl: server.url + ending })).toMatchObject({ status: 'OK' });
			expect(server.requests[0].url).toBe('/api/v1/wallet/balance');
		},
	);

	test('each environment: the same host as the nodes use', async () => {
		const requested: unknown[] = [];
		const { type } = fixture.loader.getCredential('bank131Api');
		const recordingLoader: LoadedPackage = {
			packageName: fixture.loader.packageName,
			getNode: (name) => fixture.loader.getNode(name),
			getCredential: () => ({
				type: {
					...type,
					authenticate: async (_credentials, options) => {
						requested.push(options.baseURL);
						throw new Error('stop before the request');
					},
				},
			}),
		};
		const expected: unknown[] = [];
		const all: ICredentialDataDecryptedObject[] = [
			{ environment: 'demo' },
			{ environment: 'live' },
			{ environment: 'custom', customUrl: 'http://127.0.0.1:8131/api/v1/' },
			{ environment: 'custom', customUrl: ' https://gate.local/bank131// ' },
			{ environment: 'custom', customUrl: 'https://gate.local/api-bank' },
			{ environment: 'nonsense' },
			{},
		];
		for (const fields of all) {
			await runCredentialTest({
				loader: recordingLoader,
				type: 'bank131Api',
				data: { customUrl: '', ...fields },
			});
			const host = chooseHost(fields);
			expected.push(host.ok ? host.value.url : undefined);
		}
		expect(requested).toEqual(expected);
	});

	test('timeout: 30 seconds', async () => {
		const { type } = fixture.loader.getCredential('bank131Api');
		if (typeof type.authenticate !== 'function') throw new Error('no function');
		const { headers } = type.test!.request;
		const signed = await type.authenticate(credential, {
			url: 'x',
			method: 'POST',
			headers,
			timeout: 300_000,
		});
		expect(signed.timeout).toBe(30_000);
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
