import { setTimeout as sleep } from 'node:timers/promises';
import type { Workflow } from './types.mts';

/** Where the bank would send webhooks for a trigger node of an active workflow. */
export function webhookUrl(base: string, workflow: Workflow, node: string, path: string): string {
	const webhookId = workflow.nodes.find(({ name }) => name === node)?.webhookId;
	return `${base}/webhook/${webhookId}/${path}`;
}

/** Activation is asynchronous: for a moment the address is still unknown. Any answer but 404 means it is there. */
export async function webhookRegistered(url: string, withinMs = 10_000): Promise<void> {
	for (const started = Date.now(); Date.now() - started < withinMs; await sleep(50)) {
		const answer = await fetch(url, { method: 'POST', body: '{}' });
		if (answer.status !== 404) return;
	}
	throw new Error(`nothing answers at ${url}`);
}
