import { compact } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { amountDetails } from '../requests/order';
import {
	paymentsIn,
	withOperationOf,
	withPaymentAsMain,
	type SessionView,
} from '../session/session';
import type { Money } from '../values/money';
import type { FlowContext } from './context';
import type { ResultReason } from './reasons';
import { requestSessionAction } from './sessionActions';
import { readSessionBeforeActing, rejectedResult, type SessionResult } from './sessionResult';

/** How much of the held money to capture. */
export interface CaptureAmount {
	/** A part, in the currency of the payment; absent: all of it. */
	minorUnits?: number;
	/** A payment in another currency is rejected. */
	onlyCurrency?: string;
}

/**
 * Captures held money, all of it or a part (PHP SDK). A part above the held amount is rejected before the request.
 */
export async function captureSession(
	sessionId: string,
	{ minorUnits, onlyCurrency }: CaptureAmount,
	{ bank, progressStore }: FlowContext,
): Promise<SessionResult> {
	let part: Money | undefined;
	if (minorUnits !== undefined) {
		const isSent = progressStore.load()?.step === 'starting';
		const reading = await readSessionBeforeActing(sessionId, bank, { action: 'capture', isSent });
		if ('result' in reading) return reading.result;
		const { view } = reading;
		const currency = capturableCurrency(view, { minorUnits, onlyCurrency, isSent });
		if (typeof currency !== 'string') return rejectedResult(view, currency);
		part = { minorUnits, currency };
	}
	const body = compact({ session_id: sessionId, amount_details: part && amountDetails(part) });
	progressStore.save({ sessionId, step: 'starting' });
	const result = await requestSessionAction(
		{ endpoint: endpoints.sessionCapture, body, sessionId },
		bank,
		isCaptured,
		// A succeeded payout in the same session does not show whether the held money was captured.
		(view) => withOperationOf('payment', withPaymentAsMain(view)),
	);
	return result.view && !result.reason && isCaptureHidden(result.view)
		? { ...result, reason: { code: 'operationNotShown', kind: 'payment', sessionId } }
		: result;
}

/** The currency in which a part can be captured, or the reason why no part can be captured. */
function capturableCurrency(
	view: SessionView,
	part: { minorUnits: number; onlyCurrency?: string; isSent: boolean },
): string | ResultReason {
	const payments = paymentsIn(view);
	const held = payments.at(0)?.amount;
	if (!held) return { code: 'noPayment' };
	if (payments.length > 1) return { code: 'severalPaymentsHeld', count: payments.length };
	const { currency } = held;
	if (part.onlyCurrency !== undefined && currency !== part.onlyCurrency) {
		return { code: 'otherCurrency', currency };
	}
	if (part.minorUnits > held.minorUnits) return { code: 'moreThanHeld', held };
	const isOtherAmount = part.minorUnits !== held.minorUnits;
	return isCaptured(withPaymentAsMain(view)) && isOtherAmount && !part.isSent
		? { code: 'capturedBefore', actual: held }
		: currency;
}

const isCaptureHidden = ({ outcome, sessionStatus }: SessionView): boolean =>
	outcome === 'unknown' && sessionStatus === 'accepted';

const isCaptured = ({ outcome }: SessionView): boolean =>
	outcome === 'succeeded' || outcome === 'refunded';
