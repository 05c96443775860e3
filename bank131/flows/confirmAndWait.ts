import type { BankClient } from '../client/bankClient';
import { pollSession } from '../client/sessionReader';
import { isFinal, type SessionView } from '../session/session';
import type { Money } from '../values/money';
import { amountMismatch, showsDebitedRubles } from './amountMatch';
import type { ProgressStore } from './progress';
import { confirmSession } from './sessionActions';
import { resultOf, unreadableResult, type SessionResult } from './sessionResult';

export interface CompletionPlan {
	confirm: 'automatic' | 'manual';
	/** `started`: as soon as the bank has it. `ready`: it can be confirmed. `confirmed`: the confirmation went through. `action`: the payer can act. */
	waitFor: 'started' | 'ready' | 'confirmed' | 'action' | 'final';
	/** How long to wait for `waitFor`, ms. Not reaching it is a result, not a failure. */
	timeLimitMs: number;
}

const NOT_READY =
	'The time limit came before the bank was ready, so the node has not confirmed it. Unless your project confirms by itself, use Session: Wait (Ready to Confirm) and Session: Confirm. Do not pay again.';

/** Whoever follows has seen the bank take it: a session that shows nothing yet is a stale answer. */
const asProcessing = (view: SessionView): SessionView =>
	view.outcome === 'created' ? { ...view, outcome: 'processing' } : view;

/** Follows a payout that is at the bank until the plan is met or the time is up. */
export async function confirmAndWait(
	first: SessionView,
	expected: Money,
	plan: CompletionPlan,
	bank: BankClient,
	progressStore: ProgressStore,
): Promise<SessionResult> {
	const deadline = bank.clock.now() + plan.timeLimitMs;
	let view = asProcessing(first);
	if (plan.waitFor === 'started' && plan.confirm === 'manual') return resultOf(view);

	if (view.outcome === 'processing') {
		const seen = await pollSession(
			view,
			bank,
			deadline,
			(v) => asProcessing(v).outcome !== 'processing',
		);
		if ('reason' in seen) return unreadableResult(view, seen.reason);
		view = asProcessing(seen.view);
		if (view.outcome === 'processing' && plan.confirm === 'automatic')
			return { ...resultOf(view), advice: NOT_READY };
	}
	if (view.outcome === 'awaitingConfirmation' && plan.confirm === 'automatic') {
		const mismatch = showsDebitedRubles(view, expected)
			? undefined
			: amountMismatch(view, expected);
		if (mismatch !== undefined) return { ...resultOf(view), reason: mismatch, advice: mismatch };
		progressStore.save({ sessionId: view.sessionId, step: 'confirming' });
		const confirmed = await confirmSession(view.sessionId, view.confirmInformation, bank);
		if (confirmed.reason !== undefined || !confirmed.view) return confirmed;
		view = asProcessing(confirmed.view);
		if (plan.waitFor === 'confirmed') return resultOf(view);
	}
	const done =
		plan.waitFor === 'action'
			? (v: SessionView) => asProcessing(v).outcome !== 'processing'
			: isFinal;
	if ((plan.waitFor !== 'final' && plan.waitFor !== 'action') || done(view)) return resultOf(view);
	const seen = await pollSession(view, bank, deadline, done);
	return 'reason' in seen ? unreadableResult(view, seen.reason) : resultOf(asProcessing(seen.view));
}
