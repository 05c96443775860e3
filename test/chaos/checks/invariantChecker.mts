// Checks the reports of all executions against the sandbox ledger: no double payout, no lost payout, no misstated
// outcome.
import { isStart, type ObservedBank } from '../bank/observedBank.mts';
import type { JobResult } from '../processes/enginePool.mts';
import type { BatchPlan, Payout } from '../plan/planCampaign.mts';
import type { ReceivedWebhook } from '../processes/webhookReceiver.mts';
import { ProfileExpectations } from './profileExpectations.mts';
import { readExecutionReport, type ReportedOutcome } from './reportedOutcomes.mts';

/**
 * `double`: paid twice. `wrong`: wrong amount or recipient. `lost`: a started payout is not reported. `misstated`: a
 * report contradicts the bank. `branch`: an item on the wrong output, or without its identifying fields.
 */
export type ViolationKind = 'double' | 'wrong' | 'lost' | 'misstated' | 'branch';

/** A violated invariant. */
export interface Violation {
	kind: ViolationKind;
	payout?: Payout;
	/** Label of the execution, or `ledger`, `bank`, `trigger`, `Session: Get`. */
	execution: string;
	/** Description of the violation. */
	description: string;
}

/** One execution of the node under test. */
export interface Execution {
	/** Sent to the bank as the sub-merchant, so that each request can be assigned to its execution. */
	label: string;
	kind: 'pay' | 'confirm' | 'cancel';
	plan: BatchPlan;
	/** The payout of each row. */
	payouts: Payout[];
	/** Payouts with a wrong Expected Amount on purpose. */
	wrongExpectations?: ReadonlySet<Payout>;
}

interface PayoutReport extends ReportedOutcome {
	execution: Execution;
	payout: Payout;
}

/** Said of a failed payout by events and reads. */
const WITHOUT_TRACE =
	'times `succeeded` of a failed payout, in a closed session that shows no operation';
const UNSEEN_TRANSFER =
	'FPS payouts from a settlement account, with an amount that only the event showed';

/** Collects violations while the campaign runs (`checkExecution`, `checkWebhook`) and at its end (`checkFinal`). */
export class InvariantChecker {
	readonly violations: Violation[] = [];
	/** Number of reports by outcome. */
	readonly outcomes = new Map<string, number>();
	/** Outcomes `unknown` of Payout: Send in One Request without a session ID, because its response was lost. */
	unknownWithoutSession = 0;
	/** Payouts started by killed or cancelled executions, so their outcome was not reported. */
	startedByInterrupted = 0;
	/** Harm that docs/money-safety.md names, by its description. */
	readonly namedHarm = new Map<string, number>();
	webhooks = { received: 0, refused: 0, items: 0 };
	private readonly expectations: ProfileExpectations[];
	private readonly payoutReports: PayoutReport[] = [];
	/** Labels of executions without output. */
	private readonly interrupted = new Set<string>();
	private readonly events: Array<{ payout: Payout; outcome: string; sessionId: string }> = [];

	constructor(
		private readonly banks: readonly ObservedBank[],
		private readonly payouts: ReadonlyMap<string, Payout>,
	) {
		this.expectations = banks.map(({ sandbox }) => new ProfileExpectations(sandbox.settings));
	}

	private addViolation(
		kind: ViolationKind,
		execution: string,
		description: string,
		payout?: Payout,
	): void {
		this.violations.push({ kind, execution, description, payout });
	}

	/** Registers a killed or cancelled execution: it reports nothing. */
	markInterrupted({ label }: Execution): void {
		this.interrupted.add(label);
	}

	/** Checks the report of a finished execution; returns the reported payouts. */
	checkExecution(execution: Execution, result: JobResult): PayoutReport[] {
		const { label, payouts, plan } = execution;
		const executionReport = readExecutionReport(result);
		if (executionReport.unexpectedError)
			this.addViolation('lost', label, `unexpected error: ${executionReport.unexpectedError}`);
		if (executionReport.nothingSent) {
			this.count('rejected', payouts.length);
			for (const payout of payouts) {
				if (this.requestsOf(payout, label).length > 0)
					this.addViolation(
						'misstated',
						label,
						'"nothing was sent", but the bank received requests',
						payout,
					);
			}
			return [];
		}
		const payoutReports: PayoutReport[] = [];
		const reportedRows = new Set<number>();
		for (const reported of executionReport.outcomes) {
			const payout = payouts[reported.row];
			if (!payout || reportedRows.has(reported.row)) {
				this.addViolation(
					'lost',
					label,
					`row ${reported.row + 1} is reported ${payout ? 'twice' : 'but does not exist'}`,
				);
				continue;
			}
			reportedRows.add(reported.row);
			payoutReports.push({ ...reported, execution, payout });
		}
		const missing = payouts.filter((_, row) => !reportedRows.has(row));
		if (missing.length !== executionReport.notStarted && !executionReport.unexpectedError) {
			const message = `${missing.length} rows are not reported, ${executionReport.notStarted} counted as not started`;
			this.addViolation('lost', label, message, missing[0]);
		}
		this.count('not started', executionReport.notStarted);
		for (const payout of missing) {
			if (this.requestsOf(payout, label).some((request) => isStart(request) && request.isAccepted))
				this.addViolation('misstated', label, 'counted as not started, but it was', payout);
		}
		for (const payoutReport of payoutReports) {
			this.count(payoutReport.outcome, 1);
			this.checkBranch(payoutReport, plan);
			this.checkImmediately(payoutReport);
		}
		this.payoutReports.push(...payoutReports);
		return payoutReports;
	}

	private count(outcome: string, times: number): void {
		if (times > 0) this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + times);
	}

	private countHarm(description: string): void {
		this.namedHarm.set(description, (this.namedHarm.get(description) ?? 0) + 1);
	}

	private requestsOf(payout: Payout, label: string) {
		return this.banks[payout.bank]
			.requestsFor(payout)
			.filter(({ execution }) => execution === label);
	}

	/** Failures are on the error output and nothing else is; reference and session ID are always reported. */
	private checkBranch(reported: PayoutReport, { node, operation }: BatchPlan): void {
		const { execution, payout, outcome, isError, location } = reported;
		const addViolation = (description: string) =>
			this.addViolation('branch', execution.label, description, payout);
		if (location !== 'stop error') {
			const expected =
				isError && node.onError === 'continueErrorOutput' ? 'error output' : 'output';
			if (location !== expected) addViolation(`${outcome} is on the ${location}`);
			if ((outcome === 'rejected' || outcome === 'unknown') && !isError)
				addViolation(`${outcome} is not an error item`);
			if (outcome === 'succeeded' && isError && !this.isOtherAmountTold(reported, operation))
				addViolation('succeeded is an error item');
		}
		const isPay = execution.kind === 'pay';
		if (isPay && reported.reference !== payout.reference)
			addViolation(`reference ${reported.reference} instead of ${payout.reference}`);
		const expectations = this.expectations[payout.bank];
		if (
			reported.minorUnits !== undefined &&
			!expectations.isShownAmount(reported.minorUnits, payout)
		)
			addViolation(`amount ${reported.minorUnits} instead of ${payout.minorUnits}`);
		const isSessionIdOptional =
			outcome === 'rejected' ||
			outcome === 'duplicate' ||
			(outcome === 'unknown' && operation === 'initiate' && isPay);
		if (reported.sessionId === undefined && !isSessionIdOptional)
			addViolation(`${outcome} without a session ID`);
		if (outcome === 'unknown' && reported.sessionId === undefined && isPay)
			this.unknownWithoutSession++;
	}

	/** Payout: Start ends with an error if its session has another amount under the Reference (money-safety 5). */
	private isOtherAmountTold({ payout, text }: PayoutReport, operation: string): boolean {
		const isOther = this.expectations[payout.bank].paidAmount(payout) !== payout.minorUnits;
		return isOther && operation === 'start' && text.includes('was asked for');
	}

	/** Checks that do not depend on later events. */
	private checkImmediately(report: PayoutReport): void {
		const { execution, payout, outcome, sessionId, minorUnits } = report;
		if (outcome !== 'succeeded' && outcome !== 'returned') return;
		const entries = this.banks[payout.bank].ledgerOf(payout);
		const kind = outcome === 'succeeded' ? 'payout' : 'return';
		const entry = entries.find((one) => one.kind === kind && one.sessionId === sessionId);
		const addViolation = (description: string) =>
			this.addViolation('misstated', execution.label, description, payout);
		const isUnseen = this.expectations[payout.bank].isTransferUnseen(payout);
		const shownAmount = isUnseen ? payout.minorUnits : entry?.amount;
		if (!entry) addViolation(`${outcome}, but not in the ledger`);
		else if (minorUnits !== undefined && minorUnits !== shownAmount)
			addViolation(`${outcome} with ${minorUnits}, but the ledger has ${entry.amount}`);
	}

	/** Checks a webhook and the items with which it started the workflow. The session tells whose it is. */
	checkWebhook({ bank, status, type, sessionId, items }: ReceivedWebhook): void {
		this.webhooks.received++;
		if (status !== 200) this.webhooks.refused++;
		const payout = this.banks[bank].payoutIn(sessionId);
		const expectations = this.expectations[bank];
		const addViolation = (description: string, kind: ViolationKind = 'misstated') =>
			this.addViolation(kind, 'trigger', description, payout);
		if (status === 200 && items.length === 0 && type !== 'ready_to_confirm')
			addViolation(`${type} was answered with 200, but started no workflow`, 'lost');
		for (const item of items) {
			this.webhooks.items++;
			const { outcome, amountMinorUnits } = item;
			if (!payout || item.sessionId !== sessionId) {
				addViolation(`an event about ${String(item.sessionId)}, sent about ${sessionId}`);
				continue;
			}
			const reference = typeof item.reference === 'string' ? item.reference : undefined;
			if (!expectations.isShownReference(reference, payout))
				addViolation(`the event has the reference ${reference}`);
			if (amountMinorUnits !== undefined && !expectations.isShownAmount(amountMinorUnits, payout))
				addViolation(`the event has the amount ${String(amountMinorUnits)}`);
			const entries = this.banks[bank].ledgerOf(payout);
			const isPaid = entries.some((e) => e.kind === 'payout' && e.sessionId === sessionId);
			if ((outcome === 'succeeded' || outcome === 'returned') && !isPaid) {
				if (expectations.closesWithoutTrace && outcome === 'succeeded')
					this.countHarm(WITHOUT_TRACE);
				else addViolation(`an event reports ${outcome}, but it is not in the ledger`);
			}
			this.events.push({ payout, outcome: String(outcome), sessionId });
		}
	}

	/** Final checks. Call it when the banks are idle and `resolveUnknown` has ended. */
	checkFinal(): void {
		this.checkLedger();
		for (const payoutReport of this.payoutReports) {
			if (payoutReport.execution.kind === 'pay') this.checkPayout(payoutReport);
			else this.checkFollowUp(payoutReport);
			this.checkAdvice(payoutReport);
		}
		for (const { payout, outcome, sessionId } of this.events) {
			if ((outcome === 'failed' || outcome === 'cancelled') && this.isPaid(payout, sessionId))
				this.addViolation(
					'misstated',
					'trigger',
					`an event reported ${outcome}, but it was paid`,
					payout,
				);
		}
		this.checkStarted();
	}

	private isPaid(payout: Payout, sessionId?: string): boolean {
		return this.banks[payout.bank]
			.ledgerOf(payout)
			.some((e) => e.kind === 'payout' && (sessionId === undefined || e.sessionId === sessionId));
	}

	private checkLedger(): void {
		for (const [bankIndex, bank] of this.banks.entries()) {
			for (const reference of bank.ledgerReferences()) {
				const payout = this.payouts.get(reference);
				if (payout?.bank !== bankIndex)
					this.addViolation(
						'wrong',
						'ledger',
						`paid for ${reference}, which is not in the campaign`,
					);
			}
			for (const key of bank.sandbox.ledger.paidTwice())
				this.addViolation('double', 'ledger', `key ${key} was paid twice`);
		}
		for (const payout of this.payouts.values()) {
			const paid = this.banks[payout.bank].ledgerOf(payout).filter(({ kind }) => kind === 'payout');
			if (paid.length > 1)
				this.addViolation('double', 'ledger', `paid ${paid.length} times`, payout);
			for (const { amount, currency, fingerprint, recipientName } of paid) {
				if (amount !== this.expectations[payout.bank].paidAmount(payout) || currency !== 'rub')
					this.addViolation('wrong', 'ledger', `${amount} ${currency} were paid`, payout);
				if (fingerprint !== payout.fingerprint)
					this.addViolation('wrong', 'ledger', 'paid to another destination', payout);
				if (recipientName !== undefined && recipientName !== payout.name)
					this.addViolation('wrong', 'ledger', `paid to ${recipientName}`, payout);
				if (this.expectations[payout.bank].isTransferUnseen(payout))
					this.countHarm(UNSEEN_TRANSFER);
				if (payout.invalidAmount !== undefined)
					this.addViolation('wrong', 'ledger', 'the row was not valid, but it was paid', payout);
			}
		}
	}

	private checkPayout({ execution, payout, outcome, sessionId }: PayoutReport): void {
		const { label } = execution;
		const bank = this.banks[payout.bank];
		const addViolation = (description: string) =>
			this.addViolation('misstated', label, description, payout);
		const starts = bank
			.requestsFor(payout)
			.filter((request) => isStart(request) && request.isAccepted);
		const ownStarts = starts.filter((request) => request.execution === label);
		const session = sessionId === undefined ? undefined : bank.sandbox.sessions.find(sessionId);
		if (sessionId !== undefined && !session) addViolation(`there is no session ${sessionId}`);
		const containsPayout = session?.payouts.some(
			({ metadata }) => (metadata as { reference?: unknown }).reference === payout.reference,
		);
		switch (outcome) {
			case 'succeeded':
			case 'returned':
			case 'unknown':
				return;
			case 'failed':
			case 'cancelled':
				if (this.isPaid(payout, sessionId)) addViolation(`${outcome}, but it was paid`);
				if (session?.status === 'error')
					addViolation(`${outcome}, but the outcome at the bank is unknown`);
				if (!containsPayout) addViolation(`${outcome}, but the session has no such payout`);
				return;
			case 'processing':
			case 'awaitingConfirmation':
				if (!containsPayout) addViolation(`${outcome}, but the session has no such payout`);
				return;
			case 'rejected':
				if (ownStarts.length > 0) addViolation('rejected, but the bank accepted it');
				return;
			case 'duplicate':
				if (ownStarts.length > 0) addViolation('duplicate, but this execution started it');
				else if (starts.length === 0 && !this.isKeyUsedUp(payout, label))
					addViolation('duplicate, but the bank never accepted it');
				return;
			default:
				addViolation(`outcome ${outcome}`);
		}
	}

	/** Whether a refused start of another execution may have used up the key of the payout. */
	private isKeyUsedUp(payout: Payout, label: string): boolean {
		return this.banks[payout.bank]
			.requestsFor(payout)
			.some(
				(request) =>
					isStart(request) &&
					request.execution !== label &&
					this.expectations[payout.bank].mayUseUpKey(request),
			);
	}

	private checkFollowUp({ execution, payout, outcome, sessionId }: PayoutReport): void {
		const { label, kind, wrongExpectations } = execution;
		const addViolation = (description: string) =>
			this.addViolation('misstated', label, description, payout);
		const acceptedActions = this.requestsOf(payout, label).filter(
			(request) => request.method === `session/${kind}` && request.isAccepted,
		);
		if (wrongExpectations?.has(payout) && acceptedActions.length > 0)
			addViolation('confirmed with a wrong amount');
		if (outcome === 'rejected' && acceptedActions.length > 0)
			addViolation(`${kind} "rejected", but the bank accepted it`);
		if (outcome === 'failed' || outcome === 'cancelled') {
			if (this.isPaid(payout, sessionId)) addViolation(`${outcome}, but it was paid`);
		}
	}

	/**
	 * The advice to use a new Reference is correct only if nothing was or will be paid under this one. Where another
	 * execution may have used the key, the advice asks for a look into the report first.
	 */
	private checkAdvice({ execution, payout, outcome, text }: PayoutReport): void {
		if (!/a new Reference/i.test(text) || outcome === 'returned') return;
		if (/the key may be used up/i.test(text) && /the report/i.test(text)) return;
		const { sessions } = this.banks[payout.bank].sandbox;
		const activeSessions = this.banks[payout.bank]
			.requestsFor(payout)
			.filter((request) => isStart(request) && request.isAccepted)
			.map(({ sessionId }) => sessions.find(sessionId ?? ''))
			.filter((session) => session && session.status !== 'cancelled');
		if (activeSessions.length > 0 || this.isPaid(payout))
			this.addViolation(
				'misstated',
				execution.label,
				`${outcome} with the advice to pay again under a new Reference, but the bank accepted it`,
				payout,
			);
	}

	/** Every payout that an execution started must be in its report, with its session ID. */
	private checkStarted(): void {
		const reportByKey = new Map<string, PayoutReport>();
		for (const payoutReport of this.payoutReports)
			reportByKey.set(
				`${payoutReport.execution.label}|${payoutReport.payout.reference}`,
				payoutReport,
			);
		for (const payout of this.payouts.values()) {
			const sessionIds = new Set<string>();
			for (const request of this.banks[payout.bank].requestsFor(payout)) {
				if (!isStart(request) || !request.isAccepted) continue;
				sessionIds.add(request.sessionId ?? '');
				if (this.interrupted.has(request.execution)) {
					this.startedByInterrupted++;
					continue;
				}
				const payoutReport = reportByKey.get(`${request.execution}|${payout.reference}`);
				if (!payoutReport)
					this.addViolation('lost', request.execution, 'started, but not reported', payout);
				else if (
					payoutReport.sessionId !== request.sessionId &&
					!isInitiateWithoutSession(payoutReport)
				)
					this.addViolation(
						'lost',
						request.execution,
						`started in ${request.sessionId}, reported as ${payoutReport.outcome} in ${payoutReport.sessionId}`,
						payout,
					);
			}
			if (sessionIds.size > 1)
				this.addViolation('double', 'bank', `started in ${[...sessionIds].join(' and ')}`, payout);
		}
	}

	/** All reports about a payout. */
	reportsOf(payout: Payout): PayoutReport[] {
		return this.payoutReports.filter((payoutReport) => payoutReport.payout === payout);
	}

	/** Sessions with a reported outcome `unknown`, with their payouts. */
	unknownSessions(): Array<{ payout: Payout; sessionId: string }> {
		const matched = new Map<string, { payout: Payout; sessionId: string }>();
		for (const { outcome, sessionId, payout } of this.payoutReports) {
			if (outcome === 'unknown' && sessionId !== undefined)
				matched.set(`${payout.bank} ${sessionId}`, { payout, sessionId });
		}
		return [...matched.values()];
	}

	/** Checks what Session: Get says of a session whose outcome was unknown. */
	checkRead(payout: Payout, outcome: string | undefined, expected: readonly string[]): void {
		if (outcome !== undefined && expected.includes(outcome)) return;
		const { hidesOperations, hidesConfirmations, closesWithoutTrace } =
			this.expectations[payout.bank];
		if (hidesOperations && outcome === 'unknown') return;
		if (hidesConfirmations && expected.includes('awaitingConfirmation') && outcome === 'processing')
			return;
		if (closesWithoutTrace && outcome === 'succeeded') {
			this.countHarm(WITHOUT_TRACE);
			return;
		}
		const description = `${outcome ?? 'no item'}, but it is ${expected.join('/')}`;
		this.addViolation('misstated', 'Session: Get', description, payout);
	}
}

const isInitiateWithoutSession = ({ execution, outcome, sessionId }: PayoutReport): boolean =>
	execution.plan.operation === 'initiate' && outcome === 'unknown' && sessionId === undefined;
