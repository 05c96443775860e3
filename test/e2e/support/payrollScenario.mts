import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishConfirmingWorkflow } from '../../../playground/demo/runDemo.mts';
import type { Playground } from '../../../playground/host/playground.mts';
import { isInProgress } from '../../../playground/rest/execution.mts';
import type { Workflow } from '../../../playground/rest/types.mts';
import type { SandboxOptions } from '../../../sandbox/sandbox.mts';
import { payroll, payrollFile } from './payroll.mts';
import { until } from './waitFor.mts';

/** The machine may be slow, and n8n itself takes a minute to notice that a worker is gone. */
export const PATIENCE_MS = 8 * 60_000;

/**
 * Slow enough for a crash to come in the middle of the list. The bank offers its webhooks again and again, but a test
 * cannot wait for the long intervals at the end of the usual ones.
 */
export const slowBank: SandboxOptions = {
	latencyMs: 50,
	webhookRetryMs: 1000,
	webhookRetryFactor: 1,
	webhookAttempts: 600,
	webhookParallel: 20,
};

/** The payroll in production, and beside it the example that confirms what a crash has left waiting. */
export class Payday {
	/** Executions since the bank forgot everything. */
	private begun: string[] = [];

	private constructor(
		private readonly playground: Playground,
		readonly paying: Workflow,
		/** `examples/confirm-when-ready.json` */
		readonly confirming: Workflow,
	) {}

	static async publish(playground: Playground): Promise<Payday> {
		const { rest, credential } = playground;
		const confirming = await publishConfirming(playground);
		const paying = await rest.createWorkflow(payrollFile(credential));
		await rest.activate(paying);
		return new Payday(playground, paying, confirming);
	}

	/** A bank that has not paid anybody yet, and no record of anything. */
	async startOver(): Promise<void> {
		this.playground.sandbox.reset();
		this.begun = [];
		await rm(join(this.playground.filesFolder, 'finished.csv'), { force: true });
	}

	/** Starts the payroll once and answers the id of the execution. */
	async begin(): Promise<string> {
		const { rest, webhookBaseUrl } = this.playground;
		const before = new Set((await rest.listExecutions(this.paying)).map(({ id }) => id));
		const url = `${webhookBaseUrl}/webhook/payroll`;
		const isBegun = async () => (await fetch(url, { method: 'POST' })).ok || undefined;
		await until(isBegun, `workflow at ${url}`);
		const begun = async () =>
			(await rest.listExecutions(this.paying)).find(({ id }) => !before.has(id))?.id;
		const id = await until(begun, 'execution of the payroll');
		this.begun.push(id);
		return id;
	}

	/** How many people have their money. */
	get paid(): number {
		return this.playground.sandbox.ledger.find({ kind: 'payout' }).length;
	}

	async paidAtLeast(count: number): Promise<void> {
		await until(() => this.paid >= count || undefined, `${count} paid people`, PATIENCE_MS);
	}

	/** Begins runs until so many people are paid: Redis may hand the next one to the worker that does not answer. */
	async beginUntilPaid(count: number): Promise<void> {
		const isPaid = () => this.paid >= count || undefined;
		for (let runs = 1; runs < 4; runs++) {
			await this.begin();
			const enough = await until(isPaid, 'effect of a run', 40_000).catch(() => false);
			if (enough) return;
		}
		await this.begin();
		await this.paidAtLeast(count);
	}

	/** What n8n says of every execution that was begun, once it says that none is under way. */
	async settled(): Promise<Map<string, string>> {
		const look = async () => {
			const found = await this.playground.rest.listExecutions(this.paying);
			const all = found.filter(({ id }) => this.begun.includes(id));
			const isOver = all.every(({ status }) => !isInProgress(status));
			return isOver ? new Map(all.map(({ id, status }) => [id, status])) : undefined;
		};
		return await until(look, 'end of the payroll', PATIENCE_MS);
	}

	/**
	 * The confirming workflow answers the bank when it has ended, so the bank sends again what died with n8n. When the bank
	 * has no more to send, everything was worked on.
	 */
	async allDelivered(): Promise<void> {
		await this.playground.sandbox.idle(PATIENCE_MS);
		const failed = this.playground.sandbox.webhooks.filter(({ state }) => state === 'failed');
		if (failed.length > 0) throw new Error(`${failed.length} webhooks were given up`);
	}
}

async function publishConfirming(playground: Playground): Promise<Workflow> {
	const orders = payroll.map(({ reference, amount }) => `${reference},${amount}`);
	await writeFile(
		join(playground.filesFolder, 'orders.csv'),
		['reference,amount', ...orders, ''].join('\n'),
	);
	return await publishConfirmingWorkflow(playground);
}
