// Runs each batch: creates sessions, pays, is interrupted, pays again, confirms or cancels.
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Credentials } from '../../support/engine.mts';
import type { ObservedBank } from '../bank/observedBank.mts';
import { SeededRandom } from '../lib/seededRandom.mts';
import { KILLED, type JobResult, type EnginePool } from '../processes/enginePool.mts';
import type { Execution, InvariantChecker } from '../checks/invariantChecker.mts';
import type { BatchPlan, Payout } from '../plan/planCampaign.mts';
import type { FaultInjector } from '../bank/faultInjector.mts';

type Rows = Array<Record<string, unknown>>;

/** Time in which the last requests of a killed process arrive, ms. */
const SETTLE_MS = 400;

const pause = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));

/** Runs the batches of a campaign. */
export class Campaign {
	readonly counts = {
		payoutsDone: 0,
		executions: 0,
		reruns: 0,
		killed: 0,
		cancelled: 0,
		concurrentRuns: 0,
	};

	constructor(
		private readonly seed: string,
		private readonly banks: readonly ObservedBank[],
		private readonly enginePool: EnginePool,
		private readonly checker: InvariantChecker,
		private readonly faultInjector: FaultInjector,
		private readonly plans: readonly BatchPlan[],
	) {}

	/** The batch of a payout. */
	planOf({ batch }: Payout): BatchPlan {
		return this.plans[batch - 1];
	}

	/**
	 * Credentials for a bank.
	 * @param submerchant label of the execution
	 */
	credentials(bank: number, apiVersion: string, submerchant = ''): Credentials {
		const { sandbox } = this.banks[bank];
		return {
			bank131Api: {
				environment: 'custom',
				customUrl: sandbox.url,
				project: sandbox.project,
				privateKey: sandbox.partnerPrivateKey,
				bankPublicKey: sandbox.bankPublicKey,
				apiVersion,
				submerchant,
			},
		};
	}

	/** Runs a batch with its interruptions, reruns and follow-up. */
	async runBatch(plan: BatchPlan): Promise<void> {
		const random = new SeededRandom(this.seed, 'course', plan.id);
		let executions = 0;
		const label = () => `${plan.id}.${++executions}`;
		let rows = await this.createSessions(plan, label);
		let last = await this.runUntilReported(plan, rows, label, plan.cancelAfterMs, plan.isRunTwice);
		// A stopped execution leaves rows unpaid: the user runs it again, sometimes with another On Error setting.
		for (let attempt = 0; attempt < 3 && last.length < rows.length; attempt++) {
			const onError = random.pick(['continueRegularOutput', 'continueErrorOutput'] as const);
			const node = attempt === 0 && random.chance(0.4) ? plan.node : { ...plan.node, onError };
			this.counts.reruns++;
			last = await this.runUntilReported({ ...plan, node }, rows, label);
		}
		for (let attempt = 0; attempt < plan.reruns; attempt++) {
			// Restarted from the first node, or from the failed node.
			if (random.chance(0.5)) rows = await this.createSessions(plan, label);
			const tries = random.pick([undefined, 2, 3, 5]);
			const node = { ...plan.node, retryOnFail: tries !== undefined, maxTries: tries ?? 3 };
			this.counts.reruns++;
			last = await this.runUntilReported({ ...plan, node }, rows, label);
		}
		if (plan.followUp) await this.followUp(plan, plan.followUp, last, random, label);
		this.counts.payoutsDone += plan.payouts.length;
	}

	/** Runs the list until an execution ends with a report. */
	private async runUntilReported(
		plan: BatchPlan,
		rows: Rows,
		label: () => string,
		cancelAfterMs?: number,
		isRunTwice = false,
	): Promise<ReturnType<InvariantChecker['checkExecution']>> {
		const pay = (ms?: number) => {
			const { payouts, parameters } = plan;
			const execution: Execution = { label: label(), kind: 'pay', plan, payouts };
			return this.execute(execution, rows, parameters, plan.node, ms);
		};
		if (isRunTwice) {
			this.counts.concurrentRuns++;
			const reports = await Promise.all([pay(), pay()]);
			const report = reports.find((one) => one !== undefined);
			if (report) return report;
			this.counts.reruns++;
		}
		for (let ms = cancelAfterMs; ; ms = undefined) {
			const reports = await pay(ms);
			if (reports) return reports;
			await pause(SETTLE_MS);
			this.counts.reruns++;
		}
	}

	/** Runs one execution; undefined if it was killed or cancelled. */
	private async execute(
		execution: Execution,
		rows: Rows,
		parameters: INodeParameters,
		node: Partial<INode>,
		cancelAfterMs?: number,
	): Promise<ReturnType<InvariantChecker['checkExecution']> | undefined> {
		const { label, plan, payouts } = execution;
		this.counts.executions++;
		this.faultInjector.beginExecution(payouts);
		const result = await this.enginePool.run(
			{
				parameters,
				rows,
				node,
				credentials: this.credentials(plan.bank, plan.apiVersion, label),
				executionId: label,
				cancelAfterMs,
			},
			plan.parallel,
		);
		if (result !== KILLED && result.status !== 'canceled')
			return this.checker.checkExecution(execution, result);
		if (result === KILLED) this.counts.killed++;
		else this.counts.cancelled++;
		this.checker.markInterrupted(execution);
		return undefined;
	}

	/** Creates the sessions for Payout: Start with Session: Create. */
	private async createSessions(plan: BatchPlan, label: () => string): Promise<Rows> {
		if (plan.operation !== 'start') return plan.rows;
		const { sandbox } = this.banks[plan.bank];
		const rows = plan.rows.map((row) => ({ ...row }));
		const open: Array<{ row: Record<string, unknown>; payout: Payout }> = rows.map(
			(row, index) => ({
				row,
				payout: plan.payouts[index],
			}),
		);
		const result = await this.enginePool.run(
			{
				parameters: {
					resource: 'session',
					operation: 'create',
					sessionMetadata: '={{ { reference: $json.ref } }}',
					options: { parallelRequests: plan.parallel, requestTimeout: 2 },
				},
				rows,
				node: { onError: 'continueErrorOutput' },
				credentials: this.credentials(plan.bank, plan.apiVersion, label()),
				executionId: 'create',
			},
			plan.parallel,
		);
		const sessionIdByItem = new Map<number, string>();
		if (result !== KILLED) {
			for (const { json, pairedItem } of result.outputs[0]) {
				const { item } = pairedItem as { item: number };
				sessionIdByItem.set(item, String(json.sessionId));
			}
		}
		for (const [index, { row, payout }] of open.entries()) {
			const version = plan.apiVersion === 'v1' ? 1 : 2;
			row.session =
				sessionIdByItem.get(index) ?? sandbox.sessions.create(version, 'collateral', false, {}).id;
			if (payout.sharesSessionOf !== undefined) row.session = rows[payout.sharesSessionOf].session;
			else this.banks[plan.bank].registerSession(String(row.session), payout);
		}
		return rows;
	}

	/** Confirms or cancels the payouts that wait for it. */
	private async followUp(
		plan: BatchPlan,
		kind: 'confirm' | 'cancel',
		last: ReturnType<InvariantChecker['checkExecution']>,
		random: SeededRandom,
		label: () => string,
	): Promise<void> {
		// In a session that two rows share, the payout can belong to either row.
		const shared = new Set(
			plan.payouts.flatMap(({ row, sharesSessionOf }) =>
				sharesSessionOf === undefined ? [] : [row, sharesSessionOf],
			),
		);
		const waiting = last.filter(
			({ outcome, sessionId, payout }) =>
				sessionId !== undefined &&
				!shared.has(payout.row) &&
				['awaitingConfirmation', 'processing', 'unknown'].includes(outcome),
		);
		if (waiting.length === 0) return;
		const wrongExpectations = new Set<Payout>();
		const rows = waiting.map(({ payout, sessionId }) => {
			const wrong = kind === 'confirm' && random.chance(0.05);
			if (wrong) wrongExpectations.add(payout);
			return { sessionId, amount: payout.minorUnits + (wrong ? 1 : 0) };
		});
		const payouts = waiting.map(({ payout }) => payout);
		const tries = random.pick([undefined, 2, 5]);
		const onError = random.pick(['continueRegularOutput', 'continueErrorOutput'] as const);
		const node = {
			onError,
			waitBetweenTries: 1,
			retryOnFail: tries !== undefined,
			maxTries: tries,
		};
		const execution: Execution = {
			label: label(),
			kind,
			plan: { ...plan, node },
			payouts,
			wrongExpectations,
		};
		const parameters: INodeParameters = {
			resource: 'session',
			operation: kind,
			sessionId: '={{ $json.sessionId }}',
			...(kind === 'confirm' && { expectedAmount: '={{ $json.amount }}' }),
			options: {
				parallelRequests: plan.parallel,
				requestTimeout: 1,
				...(kind === 'confirm' && { amountUnit: 'minor' }),
			},
		};
		await this.execute(execution, rows, parameters, node);
	}

	/** Reads these sessions with Session: Get, without faults. */
	async readSessions(bank: number, sessionIds: string[]): Promise<JobResult> {
		const result = await this.enginePool.run(
			{
				parameters: {
					resource: 'session',
					operation: 'get',
					sessionId: '={{ $json.id }}',
					options: { parallelRequests: 20 },
				},
				rows: sessionIds.map((id) => ({ id })),
				node: { onError: 'continueErrorOutput' },
				credentials: this.credentials(bank, 'v2', 'final'),
				executionId: 'final',
			},
			20,
		);
		if (result === KILLED) throw new Error('killed while reading sessions');
		return result;
	}
}
