/** The webhook trigger in n8n's engine. FORGED=100000 makes the forgery test as long as one likes. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	callHook,
	callWebhook,
	errorOf,
	loadPackage,
	outputOf,
	responseModeOf,
	runNode,
	type LoadedPackage,
	type WebhookCall,
} from '../support/engine.mts';
import { makeKeyFiles } from '../support/keys.mts';
import {
	bankKey,
	dice,
	flipped,
	forgers,
	payoutFinished,
	sessionBody,
	signed,
} from '../support/webhooks.mts';

const FORGED = Number(process.env.FORGED ?? 3000);

const bank = bankKey();
const nextBank = bankKey();
const stranger = bankKey();

const EVERYTHING = [
	'action_required',
	'confirmation_payout',
	'nominal_topup',
	'other',
	'payment_finished',
	'payment_refunded',
	'ready_to_capture',
	'ready_to_confirm',
	'transaction_registration',
];

let loader: LoadedPackage;
beforeAll(async () => {
	loader = await loadPackage();
});

interface Delivery extends Omit<Partial<WebhookCall>, 'credentials' | 'headers'> {
	signature?: string | undefined;
	publicKey?: string;
	credential?: Record<string, string>;
	headers?: Record<string, string>;
}

/** Brings a webhook to the trigger. Without `signature` the bank signs it; with `signature: undefined` nobody does. */
async function deliver(body: string | Buffer, options: Delivery = {}) {
	const { publicKey = bank.publicPem, credential, headers, ...call } = options;
	const signature = 'signature' in options ? options.signature : signed(body, bank);
	return await callWebhook({
		loader,
		nodeName: 'bank131Trigger',
		rawBody: body,
		headers: {
			'content-type': 'application/json',
			...(signature !== undefined && { 'x-partner-sign': signature }),
			...headers,
		},
		credentials: { bank131Api: { bankPublicKey: publicKey, ...credential } },
		...call,
	});
}

type Answer = Awaited<ReturnType<typeof deliver>>;

function expectRefused({ result, response, items }: Answer, status = 401): void {
	expect(result).toEqual({ noWebhookResponse: true });
	expect(items).toBeUndefined();
	expect(response).toMatchObject({ statusCode: status, ended: true });
}

function expectIgnored({ result, response }: Answer): void {
	expect(result).toEqual({ webhookResponse: 'OK' });
	expect(response.ended).toBe(false);
}

/** The one item that starts the workflow. */
function started({ result, items }: Answer) {
	expect(result).not.toHaveProperty('noWebhookResponse');
	expect(items).toHaveLength(1);
	return items![0].json;
}

describe('a genuine webhook', () => {
	test('starts the workflow with one flat item', async () => {
		const json = started(await deliver(payoutFinished));
		expect(json).toMatchObject({
			event: 'payment_finished',
			eventId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
			outcome: 'succeeded',
			sessionId: 'ps_131',
			payoutId: 'po_131',
			reference: 'PAY-131',
			amount: '1500.50',
			amountMinorUnits: 150050,
			currency: 'RUB',
		});
		expect(json).not.toHaveProperty('body');
	});

	test('with Simplify off brings the body along', async () => {
		const parameters = { options: { simplify: false } };
		expect(started(await deliver(payoutFinished, { parameters })).body).toEqual(
			JSON.parse(payoutFinished),
		);
	});

	test('sent again has the same event id, another one has another', async () => {
		const [first, again] = [await deliver(payoutFinished), await deliver(payoutFinished)];
		expect(started(again).eventId).toBe(started(first).eventId);
		const other = payoutFinished.replace('po_131', 'po_132');
		expect(started(await deliver(other)).eventId).not.toBe(started(first).eventId);
	});

	test('whose body n8n did not read is read', async () => {
		expect(started(await deliver(payoutFinished, { bodyAlreadyRead: false })).sessionId).toBe(
			'ps_131',
		);
	});

	test('keeps confirm_information for the confirmation', async () => {
		const information = { transfer_details: { amount: { amount: 10000, currency: 'rub' } } };
		const body = JSON.stringify({
			...JSON.parse(sessionBody('ready_to_confirm', { next_action: 'confirm' })),
			confirm_information: information,
		});
		expect(started(await deliver(body))).toMatchObject({
			outcome: 'awaitingConfirmation',
			confirmInformation: information,
		});
	});

	test.each([
		['text', 'paid, thanks'],
		['a list', '[{"type":"payment_finished"}]'],
		['null', 'null'],
		['nothing', ''],
		['half a JSON', payoutFinished.slice(0, -1)],
	])('that is %s is refused', async (_, body) => {
		expectRefused(await deliver(body));
	});
});

describe('a forged webhook is refused with 401 and starts nothing', () => {
	test('one flipped bit anywhere in the body', async () => {
		const bytes = Buffer.from(payoutFinished);
		const signature = signed(bytes, bank);
		for (let bit = 0; bit < bytes.length * 8; bit += 5) {
			expectRefused(await deliver(flipped(bytes, bit), { signature }));
		}
	});

	test('one flipped bit anywhere in the signature', async () => {
		const bytes = Buffer.from(signed(payoutFinished, bank), 'base64');
		for (let bit = 0; bit < bytes.length * 8; bit += 3) {
			const signature = flipped(bytes, bit).toString('base64');
			expectRefused(await deliver(payoutFinished, { signature }));
		}
	});

	const genuine = signed(payoutFinished, bank);
	const parsed = JSON.parse(payoutFinished) as Record<string, unknown>;

	test.each<[string, string, string | undefined]>([
		['no signature', payoutFinished, undefined],
		['an empty signature', payoutFinished, ''],
		['blanks for a signature', payoutFinished, '   '],
		['two signatures', payoutFinished, `${genuine}, ${genuine}`],
		['a signature twice', payoutFinished, genuine + genuine],
		["a stranger's signature", payoutFinished, signed(payoutFinished, stranger)],
		['no spaces', JSON.stringify(parsed), genuine],
		[
			'another order of keys',
			JSON.stringify({ session: parsed.session, type: parsed.type }),
			genuine,
		],
		['escapes written out', payoutFinished.replace('\\u2028', '\u2028'), genuine],
		['letters escaped', payoutFinished.replace('И', '\\u0418'), genuine],
		['a line break at the end', `${payoutFinished}\n`, genuine],
		['a byte order mark', `\ufeff${payoutFinished}`, genuine],
	])('%s', async (_, body, signature) => {
		expectRefused(await deliver(body, { signature }));
	});

	test('the signature in another header, in the query or in the body', async () => {
		expectRefused(
			await deliver(payoutFinished, { signature: undefined, headers: { 'x-sign': genuine } }),
		);
		expectRefused(
			await deliver(payoutFinished, {
				signature: undefined,
				query: { 'x-partner-sign': genuine },
			}),
		);
	});

	test(
		`${FORGED} forgeries, none believed, and ${FORGED / 10} genuine ones between them, none refused`,
		async () => {
			const bodies = [
				payoutFinished,
				sessionBody('ready_to_confirm', { next_action: 'confirm' }),
				sessionBody('payment_finished', { status: 'accepted' }, { status: 'failed' }),
				sessionBody('payment_refunded', { status: 'accepted' }, { status: 'succeeded' }),
				'{"type":"nominal_topup","balance":{"amount":100}}',
			];
			const ways = Object.entries(forgers(bank, stranger));
			const roll = dice(131);
			const parameters = { events: EVERYTHING };
			const believed: string[] = [];
			const refused: string[] = [];
			for (let n = 0; n < FORGED; n++) {
				const [how, forge] = ways[n % ways.length];
				const forged = forge(bodies, roll);
				const { signature } = forged;
				const answer = await deliver(forged.body, { signature, parameters });
				if (answer.response.statusCode !== 401 || answer.items) believed.push(how);
				if (n % 10 !== 0) continue;
				// No two alike, and with what forgers change: blanks, digits, letters of all kinds.
				const body = `${bodies[roll(bodies.length)].slice(0, -1)},"n":${n},"т":"${roll(1e6)} \u2028 👩‍💻" }`;
				if (!(await deliver(body, { parameters })).items) refused.push(body);
			}
			expect({ believed, refused }).toEqual({ believed: [], refused: [] });
		},
		30_000 + FORGED * 5,
	);

	test('a body that cannot be read any more', async () => {
		// A form: n8n has taken it apart, and readRawBody rejects. A throw would store a failed execution for each forgery.
		const answer = await callWebhook({
			loader,
			nodeName: 'bank131Trigger',
			rawBody: '',
			headers: { 'x-partner-sign': genuine, 'content-type': 'multipart/form-data; boundary=x' },
			credentials: { bank131Api: { bankPublicKey: bank.publicPem } },
			readRawBody: async () => {
				throw new Error('Request body stream was aborted or is not readable');
			},
		});
		expectRefused(answer);
	});
});

describe("the bank's key", () => {
	const ec = () =>
		generateKeyPairSync('ec', { namedCurve: 'P-256' })
			.publicKey.export({ type: 'spki', format: 'pem' })
			.toString();

	test.each<[string, () => string]>([
		['empty', () => ''],
		['blank', () => ' \n '],
		['junk', () => 'the key from the letter'],
		['cut', () => bank.publicPem.slice(0, 200)],
		['of elliptic curves', ec],
		['the private key', () => bank.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
		[
			'one good, one junk',
			() => `${bank.publicPem}\n-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----`,
		],
	])('%s: nothing is believed', async (_, publicKey) => {
		expectRefused(await deliver(payoutFinished, { publicKey: publicKey() }));
		expectRefused(await deliver(payoutFinished, { publicKey: publicKey(), signature: undefined }));
		expectRefused(await deliver(payoutFinished, { publicKey: publicKey(), signature: '' }));
	});

	test('a key of 512 bits is refused although its signature is right', async () => {
		const weak = makeKeyFiles(512);
		const { createPrivateKey, sign } = await import('node:crypto');
		const signature = sign(
			'RSA-SHA256',
			Buffer.from(payoutFinished),
			createPrivateKey(weak.pkcs1),
		).toString('base64');
		expectRefused(await deliver(payoutFinished, { publicKey: weak.spki, signature }));
	});

	test('no credential at all', async () => {
		expectRefused(
			await callWebhook({
				loader,
				nodeName: 'bank131Trigger',
				rawBody: payoutFinished,
				headers: { 'x-partner-sign': signed(payoutFinished, bank) },
			}),
		);
	});

	test('two keys while the bank changes its own: both are believed, a third is not', async () => {
		const publicKey = `${bank.publicPem}\n${nextBank.publicPem}`;
		for (const key of [bank, nextBank]) {
			started(await deliver(payoutFinished, { publicKey, signature: signed(payoutFinished, key) }));
		}
		expectRefused(
			await deliver(payoutFinished, { publicKey, signature: signed(payoutFinished, stranger) }),
		);
	});

	test('as an X.509 certificate', async () => {
		const files = makeKeyFiles();
		const { createPrivateKey, sign } = await import('node:crypto');
		const signature = sign(
			'RSA-SHA256',
			Buffer.from(payoutFinished),
			createPrivateKey(files.pkcs8),
		).toString('base64');
		started(await deliver(payoutFinished, { publicKey: files.certificate, signature }));
		expectRefused(await deliver(payoutFinished, { publicKey: files.certificate }));
	});
});

describe('which events start the workflow', () => {
	test.each(EVERYTHING.filter((type) => type !== 'other'))('%s, when chosen', async (type) => {
		const body = sessionBody(type);
		expect(started(await deliver(body, { parameters: { events: [type] } }))).toMatchObject({
			event: type,
			sessionId: 'ps_131',
		});
		const others = EVERYTHING.filter((event) => event !== type);
		expectIgnored(await deliver(body, { parameters: { events: others } }));
	});

	test.each([
		['an unknown type', '{"type":"npd_income_registered","income":{"id":"7"}}'],
		['no type', '{"income":{"id":"7"}}'],
		['a type that is a list', '{"type":["payment_finished"],"income":{"id":"7"}}'],
		['the word of the choice itself', '{"type":"other","income":{"id":"7"}}'],
	])('%s is any other event', async (_, body) => {
		expectIgnored(await deliver(body));
		const json = started(await deliver(body, { parameters: { events: ['other'] } }));
		expect(json).toMatchObject({ income: { id: '7' } });
		expect(json).not.toHaveProperty('outcome');
	});

	test.each([
		['succeeded', { status: 'accepted' }, { status: 'succeeded' }],
		[
			'failed',
			{ status: 'accepted' },
			{ status: 'failed', error: { code: 'x', description: 'y' } },
		],
		['unknown', { status: 'error' }, { status: 'failed' }],
		['cancelled', { status: 'cancelled' }, { status: 'pending' }],
	])('outcome %s is let through, or not', async (outcome, session, payout) => {
		const body = sessionBody('payment_finished', session, payout);
		const chosen = (outcomes: string[]) => deliver(body, { parameters: { options: { outcomes } } });
		expect(started(await chosen([])).outcome).toBe(outcome);
		expect(started(await chosen(['processing', outcome])).outcome).toBe(outcome);
		expectIgnored(await chosen(['processing', 'returned']));
	});

	test('a returned payout is "returned", not "succeeded"', async () => {
		const refunds = [
			{ id: 'rf_1', status: 'accepted', amount_details: { amount: 10000, currency: 'rub' } },
		];
		const session = { status: 'accepted' };
		const body = sessionBody('payment_refunded', session, { status: 'succeeded', refunds });
		expect(started(await deliver(body))).toMatchObject({
			event: 'payment_refunded',
			outcome: 'returned',
			refunds: [{ refundId: 'rf_1', amount: '100.00' }],
		});
		const onlyPaid = { options: { outcomes: ['succeeded'] } };
		expectIgnored(await deliver(body, { parameters: onlyPaid }));
	});

	test('an event without a session is no success', async () => {
		const parameters = { events: EVERYTHING, options: { outcomes: ['succeeded'] } };
		for (const session of [undefined, [{ id: 'ps_1', status: 'accepted' }], 'ps_1']) {
			expectIgnored(
				await deliver(JSON.stringify({ type: 'payment_finished', session }), { parameters }),
			);
		}
	});
});

describe('Answer the Bank', () => {
	test.each<[string, object, string]>([
		['not chosen: at once', {}, 'onReceived'],
		['at once', { answer: 'atOnce' }, 'onReceived'],
		['when the workflow has ended', { answer: 'whenEnded' }, 'lastNode'],
	])('%s', (_name, options, mode) => {
		const parameters = { options: { ...options } };
		const found = responseModeOf({ loader, nodeName: 'bank131Trigger', parameters });
		expect(found.evaluated).toBe(mode);
		if (found.native) expect(found.native).toEqual({ resolved: true, value: mode });
	});

	test('n8n reads an expression as "at once"', () => {
		const parameters = { options: { answer: '={{ "when" + "Ended" }}' } };
		const found = responseModeOf({ loader, nodeName: 'bank131Trigger', parameters });
		expect(found.evaluated).toBe('onReceived');
		if (found.native) expect(found.native).toMatchObject({ value: 'onReceived' });
	});
});

describe('bodies made to hurt', () => {
	test('10,000 levels, signed or not', async () => {
		const body = `{"type":"x","a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
		started(await deliver(body, { parameters: { events: ['other'] } }));
		expectRefused(await deliver(body, { signature: 'AAAA' }));
	});

	test('16 MB, signed or not', async () => {
		const body = sessionBody('payment_finished', { filler: 'x'.repeat(16 * 1024 * 1024) });
		expect(started(await deliver(body)).sessionId).toBe('ps_131');
		expectRefused(await deliver(body, { signature: signed('x', bank) }));
	});

	test('keys that JavaScript knows by other meanings', async () => {
		const poison = '{"polluted":true,"outcome":"succeeded"}';
		const body = `{"type":"payment_finished","__proto__":${poison},"session":{"id":"ps_1","__proto__":${poison},"payout_list":[{"constructor":{"prototype":${poison}}}]}}`;
		const json = started(await deliver(body));
		expect(json.outcome).toBe('processing');
		expect(json.polluted).toBeUndefined();
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

test.each(['checkExists', 'create', 'delete'] as const)(
	'the hook %s has nothing to do at the bank',
	async (hook) => {
		const credentials = { bank131Api: { bankPublicKey: bank.publicPem } };
		const { result, url } = await callHook({
			loader,
			nodeName: 'bank131Trigger',
			hook,
			credentials,
		});
		expect(result).toBe(true);
		expect(url).toBe('http://localhost:5678/webhook/wh1/webhook');
	},
);

describe('with the sandbox', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.stop());

	const credential = () => ({
		environment: 'custom',
		customUrl: sandbox.url,
		project: sandbox.project,
		privateKey: sandbox.partnerPrivateKey,
		apiVersion: 'v2',
		bankPublicKey: sandbox.bankPublicKey,
	});

	async function pay(count: number, more: Record<string, unknown> = {}) {
		const run = await runNode({
			loader,
			nodeName: 'bank131',
			credentials: { bank131Api: credential() },
			parameters: {
				resource: 'payout',
				operation: 'send',
				reference: '={{ $json.reference }}',
				amount: '100.00',
				payoutMethod: 'cardNumber',
				cardNumber: '4242424242424242',
				recipientName: 'Иванов Иван Иванович',
				...(more as Record<string, string>),
			},
			items: Array.from({ length: count }, () => ({ json: { reference: nextReference() } })),
		});
		expect(errorOf(run)).toBeUndefined();
		return outputOf(run).map(({ json }) => json);
	}

	let references = 0;
	const nextReference = () => `T-${++references}`;
	const toBank = (body: string, more: Delivery = {}) =>
		deliver(body, {
			signature: sandbox.signWebhook(body),
			credential: credential(),
			publicKey: sandbox.bankPublicKey,
			...more,
		});

	test('v1 and v2 of the same session are the same item, apart from the event id', async () => {
		const [{ sessionId }] = await pay(1);
		const [v1, v2] = await Promise.all(
			([1, 2] as const).map(async (version) => {
				const body = sandbox.buildWebhook('payment_finished', String(sessionId), version);
				return started(await toBank(body));
			}),
		);
		expect(v1).toMatchObject({ outcome: 'succeeded', sessionId, amount: '100.00' });
		expect({ ...v1, eventId: '' }).toEqual({ ...v2, eventId: '' });
		expect(v1.eventId).not.toBe(v2.eventId);
	});

	test('Check With Bank shows what is true now, and keeps the event', async () => {
		const [{ sessionId }] = await pay(1, { confirmation: 'manual', waitFor: 'ready' });
		const old = sandbox.buildWebhook('ready_to_confirm', String(sessionId));
		sandbox.runAction(String(sessionId), 'confirm');
		await sandbox.idle();

		expect(started(await toBank(old)).outcome).toBe('awaitingConfirmation');
		const parameters = { options: { checkWithBank: true } };
		expect(started(await toBank(old, { parameters }))).toMatchObject({
			event: 'ready_to_confirm',
			outcome: 'succeeded',
			sessionId,
		});
		const waiting = { options: { checkWithBank: true, outcomes: ['awaitingConfirmation'] } };
		expectIgnored(await toBank(old, { parameters: waiting }));
	});

	test('Check With Bank asks for genuine and wanted webhooks only', async () => {
		const body = sessionBody('ready_to_confirm');
		const before = sandbox.requests.length;
		const parameters = { options: { checkWithBank: true } };
		expectRefused(await toBank(body, { parameters, signature: signed(body, stranger) }));
		expectIgnored(
			await toBank(body, { parameters: { ...parameters, events: ['payment_finished'] } }),
		);
		expect(sandbox.requests).toHaveLength(before);
	});

	test.each<[string, () => Record<string, string>]>([
		['the bank is unreachable', () => ({ ...credential(), customUrl: 'http://127.0.0.1:9' })],
		['the address is wrong', () => ({ ...credential(), customUrl: 'ftp://bank' })],
		['the private key is wrong', () => ({ ...credential(), privateKey: 'junk' })],
		['the session is not known there', credential],
	])('Check With Bank, and %s: 503, so that the bank repeats it', async (_, wrong) => {
		const body = sessionBody('payment_finished', { id: 'ps_nowhere', status: 'accepted' });
		const parameters = { options: { checkWithBank: true } };
		expectRefused(await toBank(body, { parameters, credential: wrong() }), 503);
	});

	test('payouts report to the trigger over HTTP, and a forger between them gets nowhere', async () => {
		const received: Array<Record<string, unknown>> = [];
		const statuses: number[] = [];
		const server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', async () => {
				const answer = await deliver(Buffer.concat(chunks), {
					signature: request.headers['x-partner-sign'] as string | undefined,
					publicKey: `${sandbox.bankPublicKey}\n${sandbox.bankPublicKeyNext}`,
				});
				const status = answer.response.ended ? answer.response.statusCode : 200;
				if (answer.items) received.push(answer.items[0].json);
				statuses.push(status);
				response.writeHead(status).end();
			});
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
		try {
			sandbox.set({ webhookUrl: url });
			const paid = await pay(10);
			sandbox.set({ webhookKey: 'next' });
			paid.push(...(await pay(10)));
			await sandbox.idle();
			expect(statuses).toEqual(Array(40).fill(200));

			const finished = received.filter(({ event }) => event === 'payment_finished');
			const ids = (list: Array<Record<string, unknown>>) =>
				list.map(({ sessionId }) => sessionId).sort();
			expect(ids(finished)).toEqual(ids(paid));
			expect(finished.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
			const ready = received.filter(({ event }) => event === 'ready_to_confirm');
			expect(ids(ready)).toEqual(ids(paid));
			expect(ready.every(({ outcome }) => outcome === 'awaitingConfirmation')).toBe(true);

			const body = sandbox.webhooks.at(-1)!.body;
			const post = async (headers: Array<[string, string]>, text = body) =>
				(await fetch(url, { method: 'POST', headers, body: text })).status;
			const genuine = sandbox.signWebhook(body);
			expect(await post([['x-partner-sign', genuine]])).toBe(200);
			expect(await post([])).toBe(401);
			expect(
				await post([
					['x-partner-sign', genuine],
					['x-partner-sign', genuine],
				]),
			).toBe(401);
			expect(await post([['x-partner-sign', genuine]], `${body} `)).toBe(401);
			expect(await post([['x-partner-sign', sandbox.signWebhook(body, 'next')]])).toBe(200);
		} finally {
			sandbox.set({ webhookUrl: undefined, webhookKey: 'current' });
			server.closeAllConnections();
			server.close();
		}
	});
});
