import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishConfirmingWorkflow } from '../../../playground/demo/serverDemo.mts';
import type { Playground } from '../../../playground/host/playground.mts';
import { isInProgress } from '../../../playground/rest/execution.mts';
import type { Workflow } from '../../../playground/rest/types.mts';
import type { SandboxOptions } from '../../../sandbox/sandbox.mts';
import { payroll, payrollWorkflow } from './payroll.mts';
import { waitFor } from './waitFor.mts';

/**
 * Slow enough for a crash in the middle of the list. Webhooks are retried at a fixed interval, because the default
 * intervals grow too long for a test.
 */
export const slowSandbox: SandboxOptions = {
	latencyMs: 50,
	webhookRetryMs: 1000,
	webhookRetryFactor: 1,
	webhookAttempts: 600,
	webhookParallel: 20,
};

/** A published payroll workflow, and the example workflow that confirms payouts left unconfirmed by a crash. */
export class PayrollScenario {
	/** IDs of the executions started since the last `reset`. */
	private executionIds: string[] = [];

	private constructor(
		private readonly playground: Playground,
		readonly paying: Workflow,
		/** `examples/confirm-when-ready.json` */
		readonly confirming: Workflow,
	) {}

	/** Publishes both workflows. */
	static async publish(playground: Playground): Promise<PayrollScenario> {
		const { rest, credential } = playground;
		const confirming = await publishConfirming(playground);
		const paying = await rest.createWorkflow(payrollWorkflow(credential));
		await rest.activate(paying);
		return new PayrollScenario(playground, paying, confirming);
	}

	/** Clears the sandbox and the records of the confirming workflow. */
	async reset(): Promise<void> {
		this.playground.sandbox.reset();
		this.executionIds = [];
		for (const file of ['finished.csv', 'confirmed.txt', 'left-alone.csv']) {
			await rm(join(this.playground.filesFolder, file), { force: true });
		}
	}

	/** Starts the payroll once and resolves to the execution ID. */
	async start(): Promise<string> {
		const { rest, webhookBaseUrl } = this.playground;
		const before = new Set((await rest.listExecutions(this.paying)).map(({ id }) => id));
		const url = `${webhookBaseUrl}/webhook/payroll`;
		const isStarted = async () => (await fetch(url, { method: 'POST' })).ok || undefined;
		await waitFor(isStarted, `workflow at ${url}`);
		const newExecutionId = async () =>
			(await rest.listExecutions(this.paying)).find(({ id }) => !before.has(id))?.id;
		const id = await waitFor(newExecutionId, 'execution of the payroll');
		this.executionIds.push(id);
		return id;
	}

	/** Number of payouts in the ledger. */
	get paidCount(): number {
		return this.playground.sandbox.ledger.find({ kind: 'payout' }).length;
	}

	/** @throws if fewer payouts are booked after `HANG_MS` */
	async waitForPaidCount(count: number): Promise<void> {
		await waitFor(() => this.paidCount >= count || undefined, `${count} payouts`);
	}

	/** Starts executions until `count` payouts are booked: Redis may assign an execution to the paused worker. */
	async startUntilPaid(count: number): Promise<void> {
		const isPaid = () => this.paidCount >= count || undefined;
		for (let runs = 1; runs < 4; runs++) {
			await this.start();
			const enough = await waitFor(isPaid, 'progress of an execution', 40_000).catch(() => false);
			if (enough) return;
		}
		await this.start();
		await this.waitForPaidCount(count);
	}

	/** Waits until every started execution has ended; resolves to the status by execution ID. */
	async waitForExecutions(): Promise<Map<string, string>> {
		const poll = async () => {
			const found = await this.playground.rest.listExecutions(this.paying);
			const all = found.filter(({ id }) => this.executionIds.includes(id));
			const isOver = all.every(({ status }) => !isInProgress(status));
			return isOver ? new Map(all.map(({ id, status }) => [id, status])) : undefined;
		};
		return await waitFor(poll, 'end of the payroll');
	}

	/**
	 * Waits until the bank has delivered all webhooks. The confirming workflow responds when it has ended, so the bank
	 * sends again every event that was interrupted.
	 * @throws if the bank gave up a webhook
	 */
	async waitForDeliveries(): Promise<void> {
		await this.playground.sandbox.idle();
		const failed = this.playground.sandbox.webhooks.filter(({ state }) => state === 'failed');
		if (failed.length > 0) throw new Error(`${failed.length} webhooks were given up`);
	}
}

async function publishConfirming(playground: Playground): Promise<Workflow> {
	const token = 'a'.repeat(64);
	const orders = payroll.map((one) => `${one.reference},${one.amount},${one.name},${token}`);
	await writeFile(
		join(playground.filesFolder, 'orders.csv'),
		['reference,amount,recipient,card token', ...orders, ''].join('\n'),
	);
	return await publishConfirmingWorkflow(playground);
}
