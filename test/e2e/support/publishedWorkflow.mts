import type { Playground } from '../../../playground/host/playground.mts';
import { waitForWebhook, webhookUrl } from '../../../playground/rest/webhooks.mts';
import { isInProgress } from '../../../playground/rest/execution.mts';
import type { Credential, Execution, Workflow } from '../../../playground/rest/types.mts';
import { type ImportOptions, importExample } from '../../../playground/workflows/importExample.mts';
import { until } from './waitFor.mts';

/** The key that a caller must know. */
export async function headerAuth(
	{ rest }: Playground,
	name: string,
	value: string,
): Promise<Credential> {
	return await rest.createCredential('httpHeaderAuth', name, { name: 'x-key', value });
}

/** Imports and publishes an example that has the bank's trigger, and tells the bank the trigger's address. */
export async function publish(
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

/** Calls a Webhook node; answers the HTTP status. */
export async function call(
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

/** All executions so far, newest first, once there are so many and each has ended. */
export async function ended(
	{ rest }: Playground,
	workflow: Workflow,
	atLeast: number,
): Promise<Execution[]> {
	const all = await until(async () => {
		const found = await rest.listExecutions(workflow);
		const open = found.some(({ status }) => isInProgress(status));
		return found.length >= atLeast && !open ? found : undefined;
	}, `${atLeast} ended executions`);
	return await Promise.all(all.map(async ({ id }) => await rest.waitForExecution(id)));
}
