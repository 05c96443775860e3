import type { BankClient } from '../client/bankClient';
import { compact, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { spellConfirmInformation } from '../requests/confirmInformation';
import type { OperationView } from '../session/operation';
import type { Outcome } from '../session/outcomes';
import { asConfirmable, isCancelledEmpty, isClosed, type SessionView } from '../session/session';
import type { Money } from '../values/money';
import type { FlowContext } from './context';
import type { ResultReason } from './reasons';
import {
	amountMismatch,
	isTransferExpected,
	isTransferShown,
	transferMismatch,
} from './requestMatch';
import { requestSessionAction } from './sessionActions';
import {
	ownResultOf,
	readSessionBeforeActing,
	rejectedResult,
	resultOf,
	type SessionResult,
} from './sessionResult';

/**
 * Confirms a session that awaits it. A retry does no harm, because the bank accepts one confirmation. After every
 * response that is not a clear success the session is read. `confirm_information` is echoed unchanged, as the bank's
 * pages on escrow and settlement accounts require.
 */
export async function confirmSession(
	sessionId: string,
	confirmInformation: JsonObject | undefined,
	bank: BankClient,
): Promise<SessionResult> {
	const body = compact({ session_id: sessionId, confirm_information: confirmInformation });
	const result = await requestSessionAction(
		{ endpoint: endpoints.sessionConfirm, body, sessionId },
		bank,
		(view) => !awaitsConfirmation(view),
	);
	return keepShownState(result);
}

/**
 * The session has shown that it awaits the confirmation, so a reading that still shows `created` is from the past. If
 * the bank has refused the confirmation, the session still awaits it, also if it cannot be read: its operation is not
 * `rejected`.
 */
function keepShownState(result: SessionResult): SessionResult {
	const { view, error, reason } = result;
	if (!view && result.outcome === 'rejected') return { ...result, outcome: 'awaitingConfirmation' };
	if (view?.outcome !== 'created') return result;
	const outcome = error || reason ? 'awaitingConfirmation' : 'processing';
	return {
		...result,
		outcome: result.outcome === 'created' ? outcome : result.outcome,
		view: { ...view, outcome },
	};
}

/** The session does not show the effect of a confirmation. */
function awaitsConfirmation(view: SessionView): boolean {
	const { outcome } = asConfirmable(view);
	return outcome === 'awaitingConfirmation' || outcome === 'created';
}

/** What the user wants to confirm. */
export interface Confirmation {
	sessionId: string;
	/** The session must show this amount; absent: any. */
	expected?: Money;
	/** `confirm_information` for a session that does not show its own; in the field names of either version. */
	information?: JsonObject;
}

/**
 * Confirms a session after reading it: it must await a confirmation and show the expected amount, of a payout from a
 * settlement or escrow account also in `confirm_information`. The account in it must be that of the payout. A session
 * that awaits none is reported as it is.
 */
export async function confirmChecked(
	{ sessionId, expected, information }: Confirmation,
	{ bank, progressStore }: FlowContext,
): Promise<SessionResult> {
	const isSent = progressStore.load()?.step === 'confirming';
	const reading = await readSessionBeforeActing(sessionId, bank, { action: 'confirm', isSent });
	if ('result' in reading) return reading.result;
	const view = isSent ? reading.view : asConfirmable(reading.view);
	if (view.outcome !== 'awaitingConfirmation')
		return resultWithoutConfirming(view, expected, isSent);
	const own = view.confirmInformation;
	const shown =
		isTransferShown(own) || !information
			? own
			: spellConfirmInformation(information, bank.versionOf(endpoints.sessionConfirm));
	const mismatch = confirmationMismatch(view, expected, shown);
	if (mismatch) return rejectedResult(view, mismatch);
	progressStore.save({ sessionId, step: 'confirming' });
	const confirmed = await confirmSession(sessionId, shown, bank);
	// This refusal shows that no confirmation was accepted, so the next attempt may send one.
	const isRefused =
		confirmed.error?.code === 'session_wrong_state' &&
		confirmed.view !== undefined &&
		awaitsConfirmation(confirmed.view);
	if (isRefused && !isSent) progressStore.save({ sessionId, step: 'created' });
	return withExpectedOperation(confirmed, view.operation?.kind);
}

/** The last checks. An expected amount must be that of the transfer too, where there is one. */
function confirmationMismatch(
	view: SessionView,
	expected: Money | undefined,
	information: JsonObject | undefined,
): ResultReason | undefined {
	const amounts = expected && amountMismatch(view, expected);
	if (amounts) return amounts;
	if (expected && isTransferExpected(view) && !isTransferShown(information))
		return { code: 'transferNotShown' };
	return transferMismatch(information, { amount: expected, account: view.operation?.account });
}

/** States in which a session cannot have been confirmed. */
const BEFORE_CONFIRMATION: ReadonlySet<Outcome> = new Set<Outcome>(['created', 'actionRequired']);

/**
 * The result of a session that awaits no confirmation: nothing is sent. Another run may have confirmed it, so the
 * outcome is that of its operation.
 */
function resultWithoutConfirming(
	view: SessionView,
	expected: Money | undefined,
	isSent: boolean,
): SessionResult {
	if (!isSent && (BEFORE_CONFIRMATION.has(view.outcome) || isCancelledEmpty(view))) {
		return rejectedResult(view, { code: 'notConfirmable', sessionStatus: view.sessionStatus });
	}
	const result = withExpectedOperation(resultOf(view), view.operation?.kind);
	const mismatch = expected && view.operation?.amount && amountMismatch(view, expected);
	if (mismatch?.code === 'amountMismatch') {
		return { ...result, reason: { ...mismatch, code: 'confirmedBefore' } };
	}
	return isSent || view.outcome !== 'processing'
		? result
		: { ...result, reason: { code: 'notAwaitingConfirmation' } };
}

/**
 * The result for a session that held an operation to confirm: of this kind, if one was seen. A closed session must
 * still show it.
 */
const withExpectedOperation = (
	result: SessionResult,
	kind: OperationView['kind'] = 'payout',
): SessionResult =>
	result.view && !result.reason && isClosed(result.view)
		? { ...result, ...ownResultOf(result.view, kind) }
		: result;
