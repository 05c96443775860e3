import { generateKeyPairSync, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import { waitForWebhook, webhookUrl } from '../../playground/rest/webhooks.mts';
import type { Workflow, WorkflowNode } from '../../playground/rest/types.mts';

const TRIGGER = 'Bank 131 Trigger';

/** Unusual spacing on purpose: parsing and serialising it again gives other bytes. */
const body = `{ "type":"payment_finished",  "session": {"id":"ps_131","status":"accepted","created_at":"2026-11-21T10:00:00.000000Z",
"updated_at":"2026-11-21T10:00:01.000000Z", "payout_list":[{"id":"po_131","status":"succeeded","created_at":"2026-11-21T10:00:00.000000Z",
"payout_details":{"type":"card","card":{"last4":"4242","brand":"visa"}},"amount_details":{"amount":150050,"currency":"rub"},
"metadata":{"reference":"PAY-131","кому":"Иванов\u2028Иван 👩‍💻"}}]}}`;

const signed = (text: string, privateKey: string) =>
	sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64');

let playground: Playground;

beforeAll(async () => {
	playground = await openPlayground({ log: (text) => process.stderr.write(`${text}\n`) });
});

afterAll(async () => await playground?.close());

/** Publishes a workflow of the trigger and the given nodes in sequence. */
async function publish(
	webhookId: string,
	parameters: Record<string, unknown>,
	following: WorkflowNode[] = [],
): Promise<{ workflow: Workflow; url: string }> {
	const { rest, webhookBaseUrl, credential } = playground;
	const trigger = {
		id: '1',
		name: TRIGGER,
		type: 'n8n-nodes-bank131.bank131Trigger',
		typeVersion: 1.1,
		position: [0, 0],
		parameters,
		webhookId,
		credentials: { bank131Api: { id: credential.id, name: credential.name } },
	};
	const nodes = [trigger, ...following];
	const links = following.map(({ name }, at) => [
		nodes[at].name,
		{ main: [[{ node: name, type: 'main', index: 0 }]] },
	]);
	const connections = Object.fromEntries(links) as Workflow['connections'];
	const workflow = await rest.createWorkflow({ name: webhookId, nodes, connections });
	await rest.activate(workflow);
	const url = webhookUrl(webhookBaseUrl, workflow, TRIGGER, 'webhook');
	await waitForWebhook(url);
	return { workflow, url };
}

async function postTo(
	url: string,
	text: string | Uint8Array<ArrayBuffer>,
	signature?: string,
	contentType = 'application/json',
): Promise<number> {
	const headers: Record<string, string> = { 'content-type': contentType };
	if (signature !== undefined) headers['x-partner-sign'] = signature;
	const response = await fetch(url, { method: 'POST', headers, body: text });
	await response.text();
	return response.status;
}

describe("the trigger's production URL", () => {
	let workflow: Workflow;
	let url: string;

	beforeAll(async () => {
		({ workflow, url } = await publish('e2e-131', { events: ['payment_finished'] }));
	});

	const post = async (text: string | Uint8Array<ArrayBuffer>, signature?: string, type?: string) =>
		await postTo(url, text, signature, type);

	/** Stored executions, after a pause in which n8n can store a new one. */
	async function executions() {
		await sleep(700);
		return await playground.rest.listExecutions(workflow);
	}

	test.each([['current'], ['next']] as const)(
		"webhook signed with the bank's %s key: the workflow starts",
		async (key) => {
			const before = await executions();
			expect(await post(body, playground.sandbox.signWebhook(body, key))).toBe(200);

			const after = await executions();
			expect(after).toHaveLength(before.length + 1);
			const newest = after.find(({ id }) => before.every((old) => old.id !== id));
			const execution = await playground.rest.waitForExecution(newest?.id ?? '');
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

	const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
		type: 'pkcs8',
		format: 'pem',
	}) as string;
	const validSignature = (text = body) => playground.sandbox.signWebhook(text);
	const flipped = () => {
		const bytes = new TextEncoder().encode(body);
		bytes[bytes.indexOf('4'.charCodeAt(0))] ^= 1; // another digit: still valid JSON
		return bytes;
	};

	test.each([
		['one flipped bit', () => post(flipped(), validSignature())],
		['no signature', () => post(body)],
		['an empty signature', () => post(body, '')],
		['a signature of another key', () => post(body, signed(body, otherKey))],
		[
			"the partner's own signature",
			() => post(body, signed(body, playground.sandbox.partnerPrivateKey)),
		],
		['a re-serialised body', () => post(JSON.stringify(JSON.parse(body)), validSignature())],
		['a signature of something else', () => post(body, validSignature('{}'))],
	])('%s: 401 and no execution', async (_, send) => {
		const before = await executions();
		expect(await send()).toBe(401);
		expect(await executions()).toHaveLength(before.length);
	});

	test.each(['text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded'])(
		'content type %s: a valid webhook starts the workflow, a forged one gets 401',
		async (contentType) => {
			const before = await executions();
			expect(await post(body, validSignature('{}'), contentType)).toBe(401);
			expect(await post(body, validSignature(), contentType)).toBe(200);
			expect(await executions()).toHaveLength(before.length + 1);
		},
	);

	test('event that is not selected: 200 and no execution', async () => {
		const other = body.replace('payment_finished', 'ready_to_confirm');
		const before = await executions();
		expect(await post(other, validSignature(other))).toBe(200);
		expect(await executions()).toHaveLength(before.length);
	});
});

describe('Answer the Bank = When the Workflow Has Ended', () => {
	let workflow: Workflow;
	let url: string;

	beforeAll(async () => {
		const parameters = { events: ['payment_finished'], options: { answer: 'whenEnded' } };
		const node = (name: string, type: string, own: Record<string, unknown>): WorkflowNode => ({
			id: name,
			name,
			type: `n8n-nodes-base.${type}`,
			typeVersion: type === 'code' ? 2 : 1.1,
			position: [0, 0],
			parameters: own,
		});
		const jsCode =
			"if ($input.first().json.reference === 'PAY-132') throw new Error('no'); return $input.all();";
		({ workflow, url } = await publish('e2e-132', parameters, [
			node('Wait', 'wait', { amount: 1, unit: 'seconds' }),
			node('Check', 'code', { jsCode }),
		]));
	});

	const send = async (text: string) =>
		await postTo(url, text, playground.sandbox.signWebhook(text));
	const statuses = async () =>
		(await playground.rest.listExecutions(workflow)).map(({ status }) => status);

	test('workflow succeeds: the bank receives 200 after its end', async () => {
		expect(await send(body)).toBe(200);
		expect(await statuses()).toEqual(['success']);
	});

	test('workflow fails: the bank receives 500, so that it sends the event again', async () => {
		expect(await send(body.replace('PAY-131', 'PAY-132'))).toBe(500);
		expect(await statuses()).toEqual(['error', 'success']);
	});

	test('events that start no workflow: immediate response', async () => {
		const other = body.replace('payment_finished', 'ready_to_confirm');
		expect(await send(other)).toBe(200);
		expect(await postTo(url, body)).toBe(401);
		expect(await statuses()).toHaveLength(2);
	});
});
