import path from 'node:path';

import { openPlayground, type Playground } from '../../../playground/host/playground.mts';
import { waitForWebhook, webhookUrl } from '../../../playground/rest/webhooks.mts';
import type { WorkflowNode } from '../../../playground/rest/types.mts';
import { createPartnerClient, payoutBody } from '../../support/partnerClient.mts';
import { AUTH_HEADER, type SignedWebhook } from './webhookLoad.mts';

/**
 * `ours`: this package's trigger. `empty`: a minimal trigger. `emptyWithCredential`: the minimal trigger with this
 * package's credential. `webhook`: n8n's Webhook node. `webhookWithAuth`: n8n's Webhook node with Header Auth.
 */
export type TriggerName = 'ours' | 'empty' | 'emptyWithCredential' | 'webhook' | 'webhookWithAuth';

/** A running n8n with all triggers. */
export interface TriggerServer {
	/** Production URL of each trigger. All are active in one server. */
	urls: Record<TriggerName, string>;
	/** Process ID of n8n. */
	pid: number;
	/** Signed `payment_finished` webhooks of the sandbox. */
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
	emptyWithCredential: { type: 'CUSTOM.emptyTrigger', typeVersion: 1.1, parameters: {} },
	webhook: {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path: 'bench-webhook', options: {} },
	},
	webhookWithAuth: {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: {
			httpMethod: 'POST',
			path: 'bench-webhook-with-auth',
			authentication: 'headerAuth',
			options: {},
		},
	},
};

/**
 * Starts n8n with one active workflow per trigger.
 * @param env additional environment variables of n8n
 * @param build folder of another build of this package
 */
export async function startTriggerServer(
	env: Record<string, string>,
	build?: string,
): Promise<TriggerServer> {
	const playground = await openPlayground({
		log: () => {},
		build,
		env: { N8N_CUSTOM_EXTENSIONS: path.join(import.meta.dirname, '../emptyTrigger'), ...env },
	});
	try {
		const urls = {
			ours: await activate(playground, 'ours'),
			empty: await activate(playground, 'empty'),
			emptyWithCredential: await activate(playground, 'emptyWithCredential'),
			webhook: await activate(playground, 'webhook'),
			webhookWithAuth: await activate(playground, 'webhookWithAuth'),
		};
		const webhooks = await createSignedWebhooks(playground, 50);
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
	if (name === 'ours' || name === 'emptyWithCredential') {
		node.credentials = { bank131Api: { id: credential.id, name: credential.name } };
	}
	if (name === 'webhookWithAuth') {
		const headerAuth = await rest.createCredential('httpHeaderAuth', 'Header', AUTH_HEADER);
		node.credentials = { httpHeaderAuth: { id: headerAuth.id, name: headerAuth.name } };
	}
	const workflow = await rest.createWorkflow({ name, nodes: [node], connections: {} });
	await rest.activate(workflow);
	const url =
		name === 'webhook' || name === 'webhookWithAuth'
			? `${server.baseUrl}/webhook/${String(triggers[name].parameters.path)}`
			: webhookUrl(server.baseUrl, workflow, name, 'webhook');
	await waitForWebhook(url);
	return url;
}

async function createSignedWebhooks(
	{ sandbox }: Playground,
	count: number,
): Promise<SignedWebhook[]> {
	const partner = createPartnerClient(sandbox);
	const webhooks: SignedWebhook[] = [];
	for (let n = 0; n < count; n++) {
		const { json } = await partner('v2/session/init/payout', payoutBody(), { key: `bench-${n}` });
		const body = sandbox.buildWebhook('payment_finished', json.session.id);
		webhooks.push({ body, signature: sandbox.signWebhook(body) });
	}
	return webhooks;
}
