/** n8n's test of the credential: one signed request, and for each failure a sentence that says what to do. */
import https from 'node:https';
import net from 'node:net';
import type { AddressInfo, Server } from 'node:net';

import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeType,
} from 'n8n-workflow';

import { chooseHost } from '../../bank131/client/hosts.ts';
import { runCredentialTest } from '../support/engine.mts';
import { useCredentialServer } from '../support/credentialServer.mts';
import { usePackage } from '../support/engineFixture.mts';
import { encryptedPkcs8, makeKeyFiles } from '../support/keys.mts';
import { RawServer, type RawAnswer } from '../support/rawServer.mts';

const fixture = usePackage();
const bank = useCredentialServer();
const { server, files, isSigned } = bank;

const bankSays = (code: string) =>
	JSON.stringify({ status: 'error', error: { code, description: 'd' } });
const answers = (answer: RawAnswer) => {
	server.answer = () => answer;
};
const run = async (changes: ICredentialDataDecryptedObject = {}) =>
	await runCredentialTest({
		loader: fixture.loader,
		type: 'bank131Api',
		data: { ...bank.credential, ...changes },
	});

test('valid credential: OK after one signed balance request with the time in the format of the bank', async () => {
	answers({ body: '{"status":"ok","wallets":[]}' });
	expect(await run()).toMatchObject({ status: 'OK' });
	const [received] = server.requests;
	expect(server.requests).toHaveLength(1);
	expect([received.method, received.url]).toEqual(['POST', '/api/v1/wallet/balance']);
	expect(isSigned(received)).toBe(true);
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
	['Custom URL (not a URL)', { customUrl: 'http://a b' }, /^Custom URL is not a URL/],
	...['sandbox', '127.0.0.1:8131', 'localhost:8131', '//gate.local', 'http:/127.0.0.1'].map(
		(customUrl): [string, ICredentialDataDecryptedObject, RegExp] => [
			`Custom URL (${customUrl})`,
			{ customUrl },
			/^Custom URL does not start with https:\/\/ or http:\/\/\. .*for example http:/,
		],
	),
	['Custom URL (query)', { customUrl: 'https://gate.local/?' }, /^Custom URL holds more than/],
	['Custom URL (password)', { customUrl: 'https://:pw@gate.local' }, /^Custom URL holds more/],
	[
		'Custom URL (the bank without TLS)',
		{ customUrl: 'http://demo.bank131.ru' },
		/^Custom URL leads to the bank without encryption/,
	],
])('invalid %s: the error names the field, no request is sent', async (_name, changes, message) => {
	const result = await run(changes);
	expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
	expect(server.requests).toHaveLength(0);
});

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
	const { methods } = fixture.loader.getNode('bank131').type as INodeType;
	const test = methods!.credentialTest!.testBank131Api;
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
		const request = jest.fn().mockRejectedValue(new Error('stop before the request'));
		const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
		const data = { ...bank.credential, customUrl: '', environment: '', ...fields };
		const result = await test.call(context, { id: '1', name: 'x', type: 'bank131Api', data });
		const host = chooseHost(fields);
		expect(result).toEqual({
			status: 'Error',
			message: 'The bank could not be asked: stop before the request',
		});
		expect(request).toHaveBeenCalledWith(
			expect.objectContaining({
				uri: `${host.ok ? host.value.url : ''}/api/v1/wallet/balance`,
				timeout: 30_000,
			}),
		);
	}
});

test.each(['bank131', 'bank131Trigger'])('%s has the test', async (nodeName) => {
	const { loader } = fixture;
	const result = await runCredentialTest({
		loader,
		type: 'bank131Api',
		data: bank.credential,
		nodeName,
	});
	expect(result).toMatchObject({ status: 'OK' });
});

describe('no answer', () => {
	const servers: Server[] = [];
	afterAll(() => servers.forEach((each) => each.close()));

	async function listen(listener: Server): Promise<number> {
		servers.push(listener);
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
		return (listener.address() as AddressInfo).port;
	}

	/** The message for a Custom URL at which no bank answers. */
	async function messageFor(customUrl: string): Promise<string> {
		const result = await run({ customUrl });
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(new RegExp(`^${customUrl.replaceAll('.', '\\.')}: `));
		return result.message;
	}

	test('no program at the port: says to start the sandbox or to correct Custom URL', async () => {
		const stopped = await new RawServer().start();
		await stopped.stop();
		expect(await messageFor(stopped.url)).toMatch(
			/No program listens there \(ECONNREFUSED\)\. Start the sandbox .*"Custom URL".*Docker/,
		);
	});

	test.each(['http', 'https'])('%s, name without DNS: says so', async (scheme) => {
		expect(await messageFor(`${scheme}://no-such-bank.invalid:8131`)).toMatch(
			/name of this server is not known \((ENOTFOUND|EAI_AGAIN)\)\. Correct the spelling of "Custom URL"/,
		);
	});

	test.each(['http', 'https'])('%s, the server closes the connection: says so', async (scheme) => {
		const port = await listen(net.createServer((socket) => socket.destroy()));
		expect(await messageFor(`${scheme}://127.0.0.1:${port}`)).toMatch(
			/The server closed the connection \(ECONNRESET\)\. .*https:\/\/ or http:\/\//,
		);
	});

	test('self-signed certificate: says that it is not trusted', async () => {
		const { pkcs8, certificate } = makeKeyFiles();
		const secure = https.createServer({ key: pkcs8, cert: certificate });
		const port = await listen(secure);
		expect(await messageFor(`https://127.0.0.1:${port}`)).toMatch(
			/certificate of this server is not trusted \(\w*CERT\w*\)\. .*NODE_EXTRA_CA_CERTS/,
		);
	});

	test('https:// to a server without TLS: says to begin with http://', async () => {
		const address = server.url.replace('http:', 'https:');
		expect(await messageFor(address)).toMatch(
			/does not speak TLS .*\(\w+\)\. .*begin "Custom URL" with http:\/\//,
		);
		expect(server.requests).toHaveLength(0);
	});
});
