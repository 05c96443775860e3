// A partner of the bank, for the tests of the sandbox. It signs with node:crypto and shares no code
// with the package.
import { createSign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.mts';

// Parsed JSON of any shape: tests read its fields without type guards.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

/** A response; `json` is undefined if the body is not JSON. */
export interface ApiReply {
	status: number;
	headers: Headers;
	text: string;
	json: Loose;
}

/** `key` is the idempotency key; `method` is POST by default. */
export interface CallOptions {
	key?: string;
	headers?: Record<string, string>;
	method?: string;
	signal?: AbortSignal;
}

/** Signs a body with RSA and SHA-256; returns Base64. */
export const sign = (body: string, privateKey: string) =>
	createSign('RSA-SHA256').update(body, 'utf8').sign(privateKey, 'base64');

/**
 * Returns a function that sends a signed request to the API: `callApi("v2/session/create", body,
 * options)`.
 */
export function createPartnerClient(sandbox: Sandbox) {
	return async (path: string, body: unknown = {}, options: CallOptions = {}): Promise<ApiReply> => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const { key, headers, method = 'POST', signal } = options;
		const response = await fetch(`${sandbox.url}/api/${path}`, {
			method,
			signal,
			headers: {
				'content-type': 'application/json',
				'x-partner-project': sandbox.project,
				'x-partner-sign': sign(method === 'GET' ? '' : text, sandbox.partnerPrivateKey),
				...(key === undefined ? {} : { 'x-partner-idempotency-key': key }),
				...headers,
			},
			...(method === 'GET' ? {} : { body: text }),
		});
		const responseText = await response.text();
		let json: Loose;
		try {
			json = JSON.parse(responseText);
		} catch {
			json = undefined;
		}
		return { status: response.status, headers: response.headers, text: responseText, json };
	};
}

export type PartnerClient = ReturnType<typeof createPartnerClient>;

/**
 * Starts a sandbox before the tests of a file, resets it before each test and stops it after them. The functions are
 * those of its partner.
 */
export function useSandbox(options: SandboxOptions) {
	let sandbox: Sandbox;
	let client: PartnerClient;
	beforeAll(async () => {
		sandbox = await startSandbox(options);
		client = createPartnerClient(sandbox);
	});
	afterAll(() => sandbox.stop());
	beforeEach(() => sandbox.reset());

	const callApi: PartnerClient = (...call) => client(...call);
	return {
		/** Only inside a test or a hook. */
		get sandbox() {
			return sandbox;
		},
		callApi,
		readSession: async (session_id: string, version = 'v2'): Promise<Loose> =>
			(await callApi(`${version}/session/status`, { session_id })).json.session,
		/** The description of `invalid_request`, or the whole response if it is another. */
		rejectionOf: async (body: object, path = 'v2/session/init/payout'): Promise<Loose> => {
			const { json } = await callApi(path, body);
			return json.error?.code === 'invalid_request' ? String(json.error.description) : json;
		},
	};
}

/** Details of a payout to a card. */
export const cardDetails = (number = '4242424242424242') => ({
	type: 'card',
	card: { type: 'bank_card', bank_card: { number } },
});

/** Details of a payout to a bank account; `fields` override the defaults. */
export const accountDetails = (fields: object = {}) => ({
	type: 'bank_account',
	bank_account: {
		system_type: 'ru',
		ru: {
			bik: '044525971',
			account: '40817810100000270411',
			full_name: 'Иванов Иван Иванович',
			description: 'Перевод по договору № 1 НДС не облагается',
			...fields,
		},
	},
});

/** An amount in roubles, minor units. */
export const rub = (amount: number) => ({ amount, currency: 'rub' });

/** Participants with a named recipient. */
export const recipientNamed = (full_name = 'Ivanov Ivan') => ({ recipient: { full_name } });

/** Body of a payout to a card; `amount` in minor units. */
export const payoutBody = (amount = 10_000, fields: object = {}) => ({
	payout_details: cardDetails(),
	amount_details: rub(amount),
	participant_details: recipientNamed(),
	...fields,
});

/** A received webhook; `body` is its exact text. */
export interface ReceivedWebhook {
	body: string;
	signature: string;
	json: Loose;
}

/**
 * Starts the webhook endpoint of the partner. `statusOf` returns the HTTP status of the nth delivery,
 * counted from 1.
 */
export async function startWebhookReceiver(statusOf: (n: number) => number = () => 200) {
	const received: ReceivedWebhook[] = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			const signature = String(request.headers['x-partner-sign']);
			received.push({ body, signature, json: JSON.parse(body) });
			response.statusCode = statusOf(received.length);
			response.end();
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	const close = () =>
		new Promise<void>((closed) => {
			server.close(() => closed());
			server.closeAllConnections();
		});
	return { url: `http://127.0.0.1:${port}/hook`, received, close };
}

/** Waits until the condition is true. jest ends a test that waits in vain. */
export async function waitUntil(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Name of a timeout error, otherwise the code of the socket error. */
export const errorCode = (error: unknown) => {
	const { name, cause } = error as Error & { cause?: { code?: string } };
	return name === 'TimeoutError' ? name : cause?.code;
};
