import path from 'node:path';

import { openPlayground, type Playground } from '../../playground/playground.mts';
import { webhookRegistered, webhookUrl } from '../../playground/rest.mts';
import type { WorkflowNode } from '../../playground/rest/types.mts';
import { createPartnerClient, payoutBody } from '../support/partnerClient.mts';
import { PASS_HEADER, type SignedWebhook } from './webhookLoad.mts';

/** `bound`: the empty trigger, but with the credential of ours chosen in it. `guarded`: n8n's Webhook node with Header Auth. */
export type TriggerName = 'ours' | 'empty' | 'bound' | 'webhook' | 'guarded';

export interface TriggerServer {
	/** The production URL of each trigger, all of them active in one server. */
	urls: Record<TriggerName, string>;
	/** Of n8n's process. */
	pid: number;
	/** What the sandbox bank sends when payouts are finished, ready to be posted. */
	webhooks: SignedWebhook[];
	close(): Promise<void>;
}

interface Trigger {
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
}

const triggers: Record<TriggerName, Trigger> = {
	ours: { type: 'n8n-nodes-bank131.bank131Trigger', typeVersion: 1.1, parameters: {} },
	empty: { type: 'CUSTOM.emptyTrigger', typeVersion: 1.1, parameters: {} },
	bound: { type: 'CUSTOM.emptyTrigger', typeVersion: 1.1, parameters: {} },
	webhook: {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path: 'bench-webhook', options: {} },
	},
	guarded: {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: {
			httpMethod: 'POST',
			path: 'bench-guarded',
			authentication: 'headerAuth',
			options: {},
		},
	},
};

export async function openTriggerServer(env: Record<string, string>): Promise<TriggerServer> {
	const playground = await openPlayground({
		say: () => {},
		env: { N8N_CUSTOM_EXTENSIONS: path.join(import.meta.dirname, 'emptyTrigger'), ...env },
	});
	try {
		const urls = {
			ours: await activate(playground, 'ours'),
			empty: await activate(playground, 'empty'),
			bound: await activate(playground, 'bound'),
			webhook: await activate(playground, 'webhook'),
			guarded: await activate(playground, 'guarded'),
		};
		const webhooks = await genuine(playground, 50);
		return { urls, pid: playground.server.pid, webhooks, close: playground.close };
	} catch (error) {
		await playground.close();
		throw error;
	}
}

async function activate(playground: Playground, name: TriggerName): Promise<string> {
	const { rest, server, credential } = playground;
	const node: WorkflowNode = {
		id: name,
		name,
		position: [0, 0],
		webhookId: `bench-${name}`,
		...triggers[name],
	};
	if (name === 'ours' || name === 'bound') {
		node.credentials = { bank131Api: { id: credential.id, name: credential.name } };
	}
	if (name === 'guarded') {
		const pass = await rest.createCredential('httpHeaderAuth', 'Pass', PASS_HEADER);
		node.credentials = { httpHeaderAuth: { id: pass.id, name: pass.name } };
	}
	const workflow = await rest.createWorkflow({ name, nodes: [node], connections: {} });
	await rest.activate(workflow);
	const url =
		name === 'webhook' || name === 'guarded'
			? `${server.base}/webhook/bench-${name}`
			: webhookUrl(server.base, workflow, name, 'webhook');
	await webhookRegistered(url);
	return url;
}

async function genuine({ sandbox }: Playground, count: number): Promise<SignedWebhook[]> {
	const partner = createPartnerClient(sandbox);
	const webhooks: SignedWebhook[] = [];
	for (let n = 0; n < count; n++) {
		const { json } = await partner('v2/session/init/payout', payoutBody(), { key: `bench-${n}` });
		const body = sandbox.buildWebhook('payment_finished', json.session.id);
		webhooks.push({ body, signature: sandbox.signWebhook(body) });
	}
	return webhooks;
}
