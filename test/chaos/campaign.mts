// The course of every batch: opened, paid, killed, paid again, confirmed.
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Credentials } from '../support/engine.mts';
import type { Bank } from './banks.mts';
import { Dice } from './dice.mts';
import { KILLED, type Answer, type Engines } from './engines.mts';
import type { Execution, Judge } from './judge.mts';
import type { BatchPlan, Payout } from './plan.mts';
import type { Sky } from './weather.mts';

type Rows = Array<Record<string, unknown>>;

/** Time for the last requests of a dead process to arrive. */
const SETTLE_MS = 400;

const pause = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));

export class Campaign {
	readonly counts = { payoutsDone: 0, executions: 0, again: 0, killed: 0, cancelled: 0, twins: 0 };

	constructor(
		private readonly seed: string,
		private readonly banks: readonly Bank[],
		private readonly engines: Engines,
		private readonly judge: Judge,
		private readonly sky: Sky,
		private readonly plans: readonly BatchPlan[],
	) {}

	planOf({ batch }: Payout): BatchPlan {
		return this.plans[batch - 1];
	}

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

	async play(plan: BatchPlan): Promise<void> {
		const dice = new Dice(this.seed, 'course', plan.id);
		let executions = 0;
		const label = () => `${plan.id}.${++executions}`;
		let rows = await this.withSessions(plan, label);
		let last = await this.untilSeen(plan, rows, label, plan.cancelAfterMs, plan.twin);
		// A stopped run left rows behind: somebody presses the button again, with another On Error sometimes.
		for (let again = 0; again < 3 && last.length < rows.length; again++) {
			const onError = dice.pick(['continueRegularOutput', 'continueErrorOutput'] as const);
			const node = again === 0 && dice.chance(0.4) ? plan.node : { ...plan.node, onError };
			this.counts.again++;
			last = await this.untilSeen({ ...plan, node }, rows, label);
		}
		for (let again = 0; again < plan.reruns; again++) {
			// Started again from the first node, or from the one that failed.
			if (dice.chance(0.5)) rows = await this.withSessions(plan, label);
			const tries = dice.pick([undefined, 2, 3, 5]);
			const node = { ...plan.node, retryOnFail: tries !== undefined, maxTries: tries ?? 3 };
			this.counts.again++;
			last = await this.untilSeen({ ...plan, node }, rows, label);
		}
		if (plan.followUp) await this.followUp(plan, plan.followUp, last, dice, label);
		this.counts.payoutsDone += plan.payouts.length;
	}

	/** Runs the list until an execution lives to tell about it. */
	private async untilSeen(
		plan: BatchPlan,
		rows: Rows,
		label: () => string,
		cancelAfterMs?: number,
		twin = false,
	): Promise<ReturnType<Judge['hear']>> {
		const pay = (ms?: number) => {
			const { payouts, parameters } = plan;
			const execution: Execution = { label: label(), kind: 'pay', plan, payouts };
			return this.execute(execution, rows, parameters, plan.node, ms);
		};
		if (twin) {
			this.counts.twins++;
			const told = await Promise.all([pay(), pay()]);
			const seen = told.find((one) => one !== undefined);
			if (seen) return seen;
			this.counts.again++;
		}
		for (let ms = cancelAfterMs; ; ms = undefined) {
			const told = await pay(ms);
			if (told) return told;
			await pause(SETTLE_MS);
			this.counts.again++;
		}
	}

	/** Undefined when nobody saw how it ended. */
	private async execute(
		execution: Execution,
		rows: Rows,
		parameters: INodeParameters,
		node: Partial<INode>,
		cancelAfterMs?: number,
	): Promise<ReturnType<Judge['hear']> | undefined> {
		const { label, plan, payouts } = execution;
		this.counts.executions++;
		this.sky.beginExecution(payouts);
		const answer = await this.engines.run(
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
		if (answer !== KILLED && answer.status !== 'canceled')
			return this.judge.hear(execution, answer);
		if (answer === KILLED) this.counts.killed++;
		else this.counts.cancelled++;
		this.judge.lost(execution);
		return undefined;
	}

	/** Payout: Start takes sessions that Session: Create opened. */
	private async withSessions(plan: BatchPlan, label: () => string): Promise<Rows> {
		if (plan.operation !== 'start') return plan.rows;
		const { sandbox } = this.banks[plan.bank];
		const rows = plan.rows.map((row) => ({ ...row }));
		const open: Array<{ row: Record<string, unknown>; payout: Payout }> = rows.map(
			(row, index) => ({
				row,
				payout: plan.payouts[index],
			}),
		);
		const answer = await this.engines.run(
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
		const made = new Map<number, string>();
		if (answer !== KILLED) {
			for (const { json, pairedItem } of answer.outputs[0]) {
				const { item } = pairedItem as { item: number };
				made.set(item, String(json.sessionId));
			}
		}
		for (const [index, { row, payout }] of open.entries()) {
			const version = plan.apiVersion === 'v1' ? 1 : 2;
			row.session = made.get(index) ?? sandbox.sessions.create(version, 'collateral', false, {}).id;
			if (payout.sharesSessionOf !== undefined) row.session = rows[payout.sharesSessionOf].session;
			else this.banks[plan.bank].noteSession(String(row.session), payout);
		}
		return rows;
	}

	/** Somebody looks at what waits and confirms it, or not. */
	private async followUp(
		plan: BatchPlan,
		kind: 'confirm' | 'cancel',
		last: ReturnType<Judge['hear']>,
		dice: Dice,
		label: () => string,
	): Promise<void> {
		// What stands in a session that two rows were started in may be of either.
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
		const misexpected = new Set<Payout>();
		const rows = waiting.map(({ payout, sessionId }) => {
			const wrong = kind === 'confirm' && dice.chance(0.05);
			if (wrong) misexpected.add(payout);
			return { sessionId, amount: payout.minorUnits + (wrong ? 1 : 0) };
		});
		const payouts = waiting.map(({ payout }) => payout);
		const tries = dice.pick([undefined, 2, 5]);
		const onError = dice.pick(['continueRegularOutput', 'continueErrorOutput'] as const);
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
			misexpected,
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

	/** Asks the node how these sessions stand, in fair weather. */
	async ask(bank: number, sessionIds: string[]): Promise<Answer> {
		const answer = await this.engines.run(
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
		if (answer === KILLED) throw new Error('killed while asking');
		return answer;
	}
}
