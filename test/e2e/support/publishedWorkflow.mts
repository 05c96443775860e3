import type { Playground } from '../../../playground/host/playground.mts';
import { waitForWebhook, webhookUrl } from '../../../playground/rest/webhooks.mts';
import { isInProgress } from '../../../playground/rest/execution.mts';
import type { Credential, Execution, Workflow } from '../../../playground/rest/types.mts';
import { type ImportOptions, importExample } from '../../../playground/workflows/importExample.mts';
import { waitFor } from './waitFor.mts';

/** Creates a Header Auth credential for the header `x-key`. */
export async function createHeaderAuth(
	{ rest }: Playground,
	name: string,
	value: string,
): Promise<Credential> {
	return await rest.createCredential('httpHeaderAuth', name, { name: 'x-key', value });
}

/**
 * Imports and publishes an example with the bank's trigger, and sets the trigger's URL as webhook URL of the sandbox.
 */
export async function publishExample(
	playground: Playground,
	file: string,
	adaptation: ImportOptions,
): Promise<Workflow> {
	const { rest, sandbox, webhookBaseUrl } = playground;
	const workflow = await importExample(playground, file, adaptation);
	await rest.activate(workflow);
	const webhook = webhookUrl(webhookBaseUrl, workflow, 'Bank 131 Trigger', 'webhook');
	await waitForWebhook(webhook);
	sandbox.set({ webhookUrl: webhook });
	return workflow;
}

/** Posts JSON to the production URL of a Webhook node; resolves to the HTTP status. */
export async function callWebhook(
	{ webhookBaseUrl }: Playground,
	path: string,
	body: object,
	key: string,
): Promise<number> {
	const response = await fetch(`${webhookBaseUrl}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-key': key },
		body: JSON.stringify(body),
	});
	await response.text();
	return response.status;
}

/** Waits until at least `atLeast` executions exist and all have ended; resolves to all, newest first. */
export async function waitForEndedExecutions(
	{ rest }: Playground,
	workflow: Workflow,
	atLeast: number,
): Promise<Execution[]> {
	const all = await waitFor(async () => {
		const executions = await rest.listExecutions(workflow);
		const open = executions.some(({ status }) => isInProgress(status));
		return executions.length >= atLeast && !open ? executions : undefined;
	}, `${atLeast} ended executions`);
	return await Promise.all(all.map(async ({ id }) => await rest.waitForExecution(id)));
}
