import { setTimeout as sleep } from 'node:timers/promises';
import { HANG_MS } from '../lib/hang.mts';
import type { Workflow } from './types.mts';

/** Production URL of a webhook node. `path` is the webhook path that the node type defines. */
export function webhookUrl(
	baseUrl: string,
	workflow: Workflow,
	node: string,
	path: string,
): string {
	const webhookId = workflow.nodes.find(({ name }) => name === node)?.webhookId;
	return `${baseUrl}/webhook/${webhookId}/${path}`;
}

/**
 * Polls until a webhook URL is registered, which happens shortly after activation. Any status except 404 means
 * registered.
 * @throws after `HANG_MS`
 */
export async function waitForWebhook(url: string): Promise<void> {
	for (const started = Date.now(); Date.now() - started < HANG_MS; await sleep(50)) {
		const response = await fetch(url, { method: 'POST', body: '{}' });
		if (response.status !== 404) return;
	}
	throw new Error(`no webhook is registered at ${url}`);
}
