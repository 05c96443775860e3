import { pollSession, tryReadSession } from '../client/sessionReader';
import { asConfirmable, isClosed, withOperationOf, type SessionView } from '../session/session';
import type { SessionRequest } from '../requests/order';
import {
	amountMismatch,
	isDebitedAmountShown,
	isTransferShown,
	transferMismatch,
} from './requestMatch';
import type { FlowContext } from './context';
import { confirmSession } from './confirm';
import { resultOfRequest, unreadableResult, type SessionResult } from './sessionResult';

/** Who confirms an operation, and how long to wait for which state. */
export interface CompletionPlan {
	confirm: 'automatic' | 'manual';
	/**
	 * `started`: the bank has accepted it. `ready`: it can be confirmed. `confirmed`: the confirmation was accepted.
	 * `action`: the payer can act. `final`: it has ended.
	 */
	waitFor: 'started' | 'ready' | 'confirmed' | 'action' | 'final';
	/** How long to wait for `waitFor`, ms. Reaching the limit is not a failure. */
	timeLimitMs: number;
}

/**
 * Waits for an accepted operation, and confirms it if the plan says so, until the plan is met or the time limit is
 * reached.
 */
export async function confirmAndWait(
	first: SessionView,
	request: Pick<SessionRequest, 'kind' | 'amount' | 'account' | 'needsConfirmInformation'>,
	plan: CompletionPlan,
	{ bank, progressStore }: FlowContext,
): Promise<SessionResult> {
	const { kind, amount: expected } = request;
	const deadline = bank.clock.now() + plan.timeLimitMs;
	const ownView = (view: SessionView) => asProcessing(withOperationOf(kind, view));
	const resultOf = (view: SessionView) => resultOfRequest(view, request);
	const hasLeftProcessing = (view: SessionView) => ownView(view).outcome !== 'processing';
	const isTransferHidden = (one: SessionView) =>
		request.needsConfirmInformation === true && !isTransferShown(one.confirmInformation);
	let view = ownView(first);
	if (plan.waitFor === 'started' && plan.confirm === 'manual') return resultOf(view);

	// Whether a payout without `next_action` that is `pending` may be confirmed: not after the bank has refused that, and
	// not before it shows the transfer.
	let isPendingConfirmable = true;
	const readyView = (one: SessionView) =>
		isPendingConfirmable && !isTransferHidden(one) ? asConfirmable(ownView(one)) : ownView(one);
	const hasLeftChecking = (one: SessionView) => readyView(one).outcome !== 'processing';

	for (;;) {
		if (view.outcome === 'processing') {
			const reading = await pollSession(view, bank, deadline, hasLeftChecking);
			if ('reason' in reading) return unreadableResult(view, reading.reason);
			view = readyView(reading.view);
			if (view.outcome === 'processing' && plan.confirm === 'automatic') {
				return { ...resultOf(view), advice: { code: 'confirmLater' } };
			}
		}
		if (view.outcome !== 'awaitingConfirmation' || plan.confirm !== 'automatic') break;
		if (isTransferHidden(view)) {
			// The response to the start need not show what the session shows.
			const reading = await tryReadSession(bank, view.sessionId);
			if ('view' in reading) view = readyView(reading.view);
			if (view.outcome !== 'awaitingConfirmation') continue;
			if (isTransferHidden(view))
				return { ...resultOf(view), advice: { code: 'confirmFromEvent' } };
		}
		const mismatch =
			(isDebitedAmountShown(view, expected) ? undefined : amountMismatch(view, expected)) ??
			transferMismatch(view.confirmInformation, request);
		if (mismatch) return { ...resultOf(view), reason: mismatch };
		progressStore.save({ sessionId: view.sessionId, step: 'confirming' });
		const confirmed = await confirmSession(view.sessionId, view.confirmInformation, bank);
		const isTooEarly =
			view.nextAction === undefined && confirmed.error?.code === 'session_wrong_state';
		if (isTooEarly && isPendingConfirmable && confirmed.view) {
			isPendingConfirmable = false;
			view = ownView(confirmed.view);
			continue;
		}
		if (confirmed.reason || !confirmed.view) return confirmed;
		view = ownView(confirmed.view);
		if (plan.waitFor === 'confirmed') return resultOf(view);
		break;
	}
	const isDone =
		plan.waitFor === 'action' ? hasLeftProcessing : (one: SessionView) => isClosed(ownView(one));
	const waitsOn = plan.waitFor === 'final' || plan.waitFor === 'action';
	if (!waitsOn || isDone(view)) return resultOf(view);
	const reading = await pollSession(view, bank, deadline, isDone);
	return 'reason' in reading
		? unreadableResult(view, reading.reason)
		: resultOf(ownView(reading.view));
}

/**
 * The bank has already accepted this operation, so a session that still shows `created` is stale; treat it as
 * processing.
 */
const asProcessing = (view: SessionView): SessionView =>
	view.outcome === 'created' ? { ...view, outcome: 'processing' } : view;
