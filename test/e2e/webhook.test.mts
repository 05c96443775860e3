import { generateKeyPairSync, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPlayground, type Playground } from '../../playground/playground.mts';
import { outputOf, webhookRegistered, webhookUrl } from '../../playground/rest.mts';
import type { Workflow } from '../../playground/rest/types.mts';

const TRIGGER = 'Bank 131 Trigger';

/** Odd spacing on purpose: whoever parses and writes it again gets other bytes. */
const body = `{ "type":"payment_finished",  "session": {"id":"ps_131","status":"accepted","created_at":"2026-11-21T10:00:00.000000Z",
"updated_at":"2026-11-21T10:00:01.000000Z", "payout_list":[{"id":"po_131","status":"succeeded","created_at":"2026-11-21T10:00:00.000000Z",
"payout_details":{"type":"card","card":{"last4":"4242","brand":"visa"}},"amount_details":{"amount":150050,"currency":"rub"},
"metadata":{"reference":"PAY-131","кому":"Иванов\u2028Иван 👩‍💻"}}]}}`;

const signed = (text: string, privateKey: string) =>
	sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64');

describe("the trigger's production URL", () => {
	let playground: Playground;
	let workflow: Workflow;
	let url: string;

	beforeAll(async () => {
		playground = await openPlayground({ say: (text) => process.stderr.write(`${text}\n`) });
		const { rest, webhookBase, credential } = playground;
		workflow = await rest.createWorkflow({
			name: 'Webhook',
			nodes: [
				{
					id: '1',
					name: TRIGGER,
					type: 'n8n-nodes-bank131.bank131Trigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: { events: ['payment_finished'] },
					webhookId: 'e2e-131',
					credentials: { bank131Api: { id: credential.id, name: credential.name } },
				},
			],
			connections: {},
		});
		await rest.activate(workflow);
		url = webhookUrl(webhookBase, workflow, TRIGGER, 'webhook');
		await webhookRegistered(url);
	});

	afterAll(async () => await playground?.close());

	async function post(text: string | Uint8Array<ArrayBuffer>, signature?: string): Promise<number> {
		const headers: Record<string, string> = { 'content-type': 'application/json' };
		if (signature !== undefined) headers['x-partner-sign'] = signature;
		const answer = await fetch(url, { method: 'POST', headers, body: text });
		await answer.text();
		return answer.status;
	}

	/** Stored executions, after n8n had the time to store one. */
	async function executions() {
		await sleep(700);
		return await playground.rest.executions(workflow);
	}

	test.each([['current'], ['next']] as const)(
		"a webhook signed with the bank's %s key starts the workflow",
		async (key) => {
			const before = await executions();
			expect(await post(body, playground.sandbox.signWebhook(body, key))).toBe(200);

			const after = await executions();
			expect(after).toHaveLength(before.length + 1);
			const newest = after.find(({ id }) => before.every((old) => old.id !== id));
			const execution = await playground.rest.finished(newest?.id ?? '');
			expect(execution.mode).toBe('webhook');
			expect(outputOf(execution, TRIGGER)).toMatchObject([
				{
					event: 'payment_finished',
					outcome: 'succeeded',
					sessionId: 'ps_131',
					reference: 'PAY-131',
					amount: '1500.50',
				},
			]);
		},
	);

	const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
		type: 'pkcs8',
		format: 'pem',
	}) as string;
	const genuine = (text = body) => playground.sandbox.signWebhook(text);
	const flipped = () => {
		const bytes = new TextEncoder().encode(body);
		bytes[bytes.indexOf('4'.charCodeAt(0))] ^= 1; // another digit: still JSON, still readable
		return bytes;
	};

	test.each([
		['one flipped bit', () => post(flipped(), genuine())],
		['no signature', () => post(body)],
		['an empty signature', () => post(body, '')],
		['a signature of another key', () => post(body, signed(body, stranger))],
		[
			"the partner's own signature",
			() => post(body, signed(body, playground.sandbox.partnerPrivateKey)),
		],
		['a re-serialised body', () => post(JSON.stringify(JSON.parse(body)), genuine())],
		['a signature of something else', () => post(body, genuine('{}'))],
	])('%s is refused with 401, and no execution is stored', async (_, send) => {
		const before = await executions();
		expect(await send()).toBe(401);
		expect(await executions()).toHaveLength(before.length);
	});

	test('an event that was not chosen is acknowledged and starts nothing', async () => {
		const other = body.replace('payment_finished', 'ready_to_confirm');
		const before = await executions();
		expect(await post(other, genuine(other))).toBe(200);
		expect(await executions()).toHaveLength(before.length);
	});
});
