// The sandbox's ledger judges what every execution told: nobody paid twice, nothing lost, nothing misstated.
import { isStart, wasTaken, type Bank } from '../bank/observedBank.mts';
import type { Answer } from '../processes/enginePool.mts';
import type { BatchPlan, Payout } from '../plan/planCampaign.mts';
import type { Received } from '../processes/webhookReceiver.mts';
import { read, type Told } from './reportedOutcomes.mts';

export type Crime = 'double' | 'wrong' | 'lost' | 'misstated' | 'branch';

export interface Violation {
	crime: Crime;
	payout?: Payout;
	execution: string;
	what: string;
}

export interface Execution {
	/** Goes to the bank as the sub-merchant, so that every request can be told from those of other executions. */
	label: string;
	kind: 'pay' | 'confirm' | 'cancel';
	plan: BatchPlan;
	/** What the rows are about. */
	payouts: Payout[];
	/** Rows whose expected amount is wrong on purpose. */
	misexpected?: ReadonlySet<Payout>;
}

interface Statement extends Told {
	execution: Execution;
	payout: Payout;
}

export class Judge {
	readonly violations: Violation[] = [];
	readonly outcomes = new Map<string, number>();
	/** Initiate's answer was lost: no session ID to ask with, as the operation says of itself. */
	unknownWithoutSession = 0;
	/** Started by an execution that was killed or cancelled: found again as a duplicate, or by webhook. */
	orphans = 0;
	webhooks = { received: 0, refused: 0, items: 0 };
	private readonly statements: Statement[] = [];
	/** Executions whose output nobody saw. */
	private readonly unseen = new Set<string>();
	private readonly events: Array<{ payout: Payout; outcome: string; sessionId: string }> = [];

	constructor(
		private readonly banks: readonly Bank[],
		private readonly payouts: ReadonlyMap<string, Payout>,
	) {}

	private accuse(crime: Crime, execution: string, what: string, payout?: Payout): void {
		this.violations.push({ crime, execution, what, payout });
	}

	/** Killed or stopped: whatever it knew is gone. */
	lost({ label }: Execution): void {
		this.unseen.add(label);
	}

	hear(execution: Execution, answer: Answer): Statement[] {
		const { label, payouts, plan } = execution;
		const account = read(answer);
		if (account.strange) this.accuse('lost', label, `unexpected error: ${account.strange}`);
		if (account.nothingSent) {
			this.count('rejected', payouts.length);
			for (const payout of payouts) {
				if (this.requestsOf(payout, label).length > 0)
					this.accuse('misstated', label, '"nothing was sent", but requests came', payout);
			}
			return [];
		}
		const statements: Statement[] = [];
		const seen = new Set<number>();
		for (const told of account.told) {
			const payout = payouts[told.row];
			if (!payout || seen.has(told.row)) {
				this.accuse(
					'lost',
					label,
					`row ${told.row + 1} is told ${payout ? 'twice' : 'but is none'}`,
				);
				continue;
			}
			seen.add(told.row);
			statements.push({ ...told, execution, payout });
		}
		const silent = payouts.filter((_, row) => !seen.has(row));
		if (silent.length !== account.notStarted && !account.strange) {
			const excess = `${silent.length} rows are not told, ${account.notStarted} counted as not started`;
			this.accuse('lost', label, excess, silent[0]);
		}
		this.count('not started', account.notStarted);
		for (const payout of silent) {
			if (this.requestsOf(payout, label).some((seen) => isStart(seen) && wasTaken(seen)))
				this.accuse('misstated', label, 'counted as not started, but it was', payout);
		}
		for (const statement of statements) {
			this.count(statement.outcome, 1);
			this.checkBranch(statement, plan);
			this.checkNow(statement);
		}
		this.statements.push(...statements);
		return statements;
	}

	private count(outcome: string, times: number): void {
		if (times > 0) this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + times);
	}

	private requestsOf(payout: Payout, label: string) {
		return this.banks[payout.bank].history(payout).filter(({ execution }) => execution === label);
	}

	/** Failures on the error branch and nothing else there; who and which session is always said. */
	private checkBranch(told: Statement, { node, operation }: BatchPlan): void {
		const { execution, payout, outcome, isError, where } = told;
		const accuse = (what: string) => this.accuse('branch', execution.label, what, payout);
		if (where !== 'stop error') {
			const wanted = isError && node.onError === 'continueErrorOutput' ? 'error output' : 'output';
			if (where !== wanted) accuse(`${outcome} left on the ${where}`);
			if ((outcome === 'rejected' || outcome === 'unknown') && !isError)
				accuse(`${outcome} left like a result`);
			if (outcome === 'succeeded' && isError) accuse('succeeded left like a failure');
		}
		const isPay = execution.kind === 'pay';
		if (isPay && told.reference !== payout.reference)
			accuse(`reference ${told.reference} instead of ${payout.reference}`);
		if (told.minorUnits !== undefined && told.minorUnits !== payout.minorUnits)
			accuse(`amount ${told.minorUnits} instead of ${payout.minorUnits}`);
		const mayLack =
			outcome === 'rejected' ||
			outcome === 'duplicate' ||
			(outcome === 'unknown' && operation === 'initiate' && isPay);
		if (told.sessionId === undefined && !mayLack) accuse(`${outcome} without a session ID`);
		if (outcome === 'unknown' && told.sessionId === undefined && isPay)
			this.unknownWithoutSession++;
	}

	/** What can be held against the ledger at once. */
	private checkNow({ execution, payout, outcome, sessionId }: Statement): void {
		if (outcome !== 'succeeded' && outcome !== 'returned') return;
		const entries = this.banks[payout.bank].ledgerOf(payout);
		const kind = outcome === 'succeeded' ? 'payout' : 'return';
		if (!entries.some((entry) => entry.kind === kind && entry.sessionId === sessionId))
			this.accuse('misstated', execution.label, `${outcome}, but not in the ledger`, payout);
	}

	hearWebhook({ bank, status, items }: Received): void {
		this.webhooks.received++;
		if (status !== 200) this.webhooks.refused++;
		for (const item of items) {
			this.webhooks.items++;
			const { outcome, reference, sessionId, amountMinorUnits } = item;
			const payout = this.payouts.get(String(reference));
			const accuse = (what: string) => this.accuse('misstated', 'trigger', what, payout);
			if (payout?.bank !== bank) {
				accuse(`an event about ${String(reference)}, whom nobody pays at bank ${bank}`);
				continue;
			}
			if (amountMinorUnits !== payout.minorUnits) accuse(`the event says ${amountMinorUnits}`);
			const entries = this.banks[bank].ledgerOf(payout);
			const isPaid = entries.some((e) => e.kind === 'payout' && e.sessionId === sessionId);
			if ((outcome === 'succeeded' || outcome === 'returned') && !isPaid)
				accuse(`an event says ${outcome}, but it is not in the ledger`);
			this.events.push({ payout, outcome: String(outcome), sessionId: String(sessionId) });
		}
	}

	/** When the banks have come to rest. */
	finish(): void {
		this.checkLedger();
		for (const statement of this.statements) {
			if (statement.execution.kind === 'pay') this.checkPayout(statement);
			else this.checkAnswered(statement);
			this.checkAdvice(statement);
		}
		for (const { payout, outcome, sessionId } of this.events) {
			if ((outcome === 'failed' || outcome === 'cancelled') && this.isPaid(payout, sessionId))
				this.accuse('misstated', 'trigger', `an event said ${outcome}, but it was paid`, payout);
		}
		this.checkStarted();
	}

	private isPaid(payout: Payout, sessionId?: string): boolean {
		return this.banks[payout.bank]
			.ledgerOf(payout)
			.some((e) => e.kind === 'payout' && (sessionId === undefined || e.sessionId === sessionId));
	}

	private checkLedger(): void {
		for (const [at, bank] of this.banks.entries()) {
			for (const reference of bank.paidReferences()) {
				const payout = this.payouts.get(reference);
				if (payout?.bank !== at)
					this.accuse('wrong', 'ledger', `paid for ${reference}, which nobody asked for`);
			}
			for (const key of bank.sandbox.ledger.paidTwice())
				this.accuse('double', 'ledger', `key ${key} was paid twice`);
		}
		for (const payout of this.payouts.values()) {
			const paid = this.banks[payout.bank].ledgerOf(payout).filter(({ kind }) => kind === 'payout');
			if (paid.length > 1) this.accuse('double', 'ledger', `paid ${paid.length} times`, payout);
			for (const { amount, currency, fingerprint, recipientName } of paid) {
				if (amount !== payout.minorUnits || currency !== 'rub')
					this.accuse('wrong', 'ledger', `${amount} ${currency} were paid`, payout);
				if (fingerprint !== payout.fingerprint)
					this.accuse('wrong', 'ledger', 'paid to another destination', payout);
				if (recipientName !== undefined && recipientName !== payout.name)
					this.accuse('wrong', 'ledger', `paid to ${recipientName}`, payout);
				if (payout.spoilt !== undefined)
					this.accuse('wrong', 'ledger', 'the row was not valid, yet it was paid', payout);
			}
		}
	}

	private checkPayout({ execution, payout, outcome, sessionId }: Statement): void {
		const { label } = execution;
		const bank = this.banks[payout.bank];
		const accuse = (what: string) => this.accuse('misstated', label, what, payout);
		const starts = bank.history(payout).filter((seen) => isStart(seen) && wasTaken(seen));
		const own = starts.filter((seen) => seen.execution === label);
		const session = sessionId === undefined ? undefined : bank.sandbox.sessions.find(sessionId);
		if (sessionId !== undefined && !session) accuse(`there is no session ${sessionId}`);
		const holdsIt = session?.payouts.some(
			({ metadata }) => (metadata as { reference?: unknown }).reference === payout.reference,
		);
		switch (outcome) {
			case 'succeeded':
			case 'returned':
			case 'unknown':
				return;
			case 'failed':
			case 'cancelled':
				if (this.isPaid(payout, sessionId)) accuse(`${outcome}, but it was paid`);
				if (session?.status === 'error') accuse(`${outcome}, but the bank does not know`);
				if (!holdsIt) accuse(`${outcome}, but the session holds no such payout`);
				return;
			case 'processing':
			case 'awaitingConfirmation':
				if (!holdsIt) accuse(`${outcome}, but the session holds no such payout`);
				return;
			case 'rejected':
				if (own.length > 0) accuse('rejected, but the bank took it');
				return;
			case 'duplicate':
				if (own.length > 0) accuse('duplicate, but it is this execution that started it');
				else if (starts.length === 0) accuse('duplicate, but the bank never took it');
				return;
			default:
				accuse(`outcome ${outcome}`);
		}
	}

	private checkAnswered({ execution, payout, outcome, sessionId }: Statement): void {
		const { label, kind, misexpected } = execution;
		const accuse = (what: string) => this.accuse('misstated', label, what, payout);
		const acts = this.requestsOf(payout, label).filter(
			(seen) => seen.method === `session/${kind}` && wasTaken(seen),
		);
		if (misexpected?.has(payout) && acts.length > 0) accuse('confirmed with a wrong amount');
		if (outcome === 'rejected' && acts.length > 0)
			accuse(`${kind} "rejected", but the bank took it`);
		if (outcome === 'failed' || outcome === 'cancelled') {
			if (this.isPaid(payout, sessionId)) accuse(`${outcome}, but it was paid`);
		}
	}

	/** To pay again under a new reference is right only when nothing was or will be paid under this one. */
	private checkAdvice({ execution, payout, outcome, text }: Statement): void {
		if (!/a new Reference/i.test(text) || outcome === 'returned') return;
		const { sessions } = this.banks[payout.bank].sandbox;
		const alive = this.banks[payout.bank]
			.history(payout)
			.filter((seen) => isStart(seen) && wasTaken(seen))
			.map(({ sessionId }) => sessions.find(sessionId ?? ''))
			.filter((session) => session && session.status !== 'cancelled');
		if (alive.length > 0 || this.isPaid(payout))
			this.accuse(
				'misstated',
				execution.label,
				`${outcome} with the advice to pay again under a new Reference, but the bank has it`,
				payout,
			);
	}

	/** Every payout that an execution started is named by it, with its session. */
	private checkStarted(): void {
		const said = new Map<string, Statement>();
		for (const statement of this.statements)
			said.set(`${statement.execution.label}|${statement.payout.reference}`, statement);
		for (const payout of this.payouts.values()) {
			const holders = new Set<string>();
			for (const seen of this.banks[payout.bank].history(payout)) {
				if (!isStart(seen) || !wasTaken(seen)) continue;
				holders.add(seen.sessionId ?? '');
				if (this.unseen.has(seen.execution)) {
					this.orphans++;
					continue;
				}
				const statement = said.get(`${seen.execution}|${payout.reference}`);
				if (!statement) this.accuse('lost', seen.execution, 'started and never told', payout);
				else if (statement.sessionId !== seen.sessionId && !isLostInit(statement))
					this.accuse(
						'lost',
						seen.execution,
						`started in ${seen.sessionId}, told as ${statement.outcome} of ${statement.sessionId}`,
						payout,
					);
			}
			if (holders.size > 1)
				this.accuse('double', 'bank', `started in ${[...holders].join(' and ')}`, payout);
		}
	}

	/** For the report: what was told about a payout. */
	statementsOf(payout: Payout): Statement[] {
		return this.statements.filter((statement) => statement.payout === payout);
	}

	/** Sessions whose outcome was told as unknown, with their payouts. */
	unknownSessions(): Array<{ payout: Payout; sessionId: string }> {
		const found = new Map<string, { payout: Payout; sessionId: string }>();
		for (const { outcome, sessionId, payout } of this.statements) {
			if (outcome === 'unknown' && sessionId !== undefined)
				found.set(`${payout.bank} ${sessionId}`, { payout, sessionId });
		}
		return [...found.values()];
	}

	accuseOfUnresolved(payout: Payout, what: string): void {
		this.accuse('misstated', 'Session: Get', what, payout);
	}
}

const isLostInit = ({ execution, outcome, sessionId }: Statement): boolean =>
	execution.plan.operation === 'initiate' && outcome === 'unknown' && sessionId === undefined;
