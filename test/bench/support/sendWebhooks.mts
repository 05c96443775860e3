import { setTimeout as sleep } from 'node:timers/promises';

import { cpuMs } from './cpuTime.mts';
import type { TriggerName, TriggerServer } from './triggerServer.mts';
import { webhooksPerSecond } from './webhookLoad.mts';

/** The executions of a batch end before anything else is measured. */
const SETTLE_MS = 500;

/** What a batch of webhooks takes. */
export interface WebhookCost {
	perSecond: number;
	/** CPU time of n8n per webhook, including its execution, ms; NaN without /proc. */
	cpuMs: number;
}

/** Sends a batch of `count` webhooks to one trigger of a server. */
export async function sendWebhooks(
	{ urls, pid, webhooks }: TriggerServer,
	name: TriggerName,
	count: number,
): Promise<WebhookCost> {
	const batch = Array.from({ length: count }, (_, n) => webhooks[n % webhooks.length]);
	const before = cpuMs(pid);
	const perSecond = await webhooksPerSecond(urls[name], batch);
	await sleep(SETTLE_MS);
	return { perSecond, cpuMs: (cpuMs(pid) - before) / count };
}
