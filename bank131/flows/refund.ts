import { failureOf } from '../client/bankClient';
import { tryReadSession } from '../client/sessionReader';
import { isNotProcessed, type BankResponse } from '../client/transport';
import { compact, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { isCertainRefusal } from '../protocol/errorCodes';
import { idempotencyKeyOf } from '../requests/idempotencyKey';
import { amountDetails } from '../requests/order';
import type { RefundView } from '../session/operation';
import { readSession, type SessionView } from '../session/session';
import type { Money } from '../values/money';
import type { FlowContext } from './context';
import {
	claimKey,
	findByReference,
	findOwnRefund,
	findRefundablePayment,
	refundableMinorUnits,
	refundsOf,
	type RefundQuery,
} from './findRefund';
import type { ResultReason } from './reasons';
import {
	readSessionBeforeActing,
	refusedResult,
	rejectedResult,
	type SessionResult,
} from './sessionResult';

/** One refund of a payment. */
export interface RefundOrder {
	sessionId: string;
	/** The user's own ID of this refund. */
	reference: string;
	/** Absent: everything that can still be refunded. */
	amount?: Money;
	/** A payment in another currency is rejected. */
	onlyCurrency?: string;
	metadata?: JsonObject;
	revenueSplit?: JsonObject[];
}

/** `outcome` is the refund's: the payment itself stays `succeeded` while its refund is processed or declined. */
export interface RefundResult extends SessionResult {
	refund?: RefundView;
}

/** The flow context, and the refunds that other orders of this run have claimed. */
export interface RefundContext extends FlowContext {
	/**
	 * Keys (`claimKey`) of the refunds that orders of this run have made. Two refunds may look the same, and each
	 * order must get its own.
	 */
	claimed: Set<string>;
}

/** Reads of the session after a lost response before the outcome is `unknown`. */
const MAX_READS = 4;

/**
 * Refunds a payment (bank's page "Refunds"). More than what can still be refunded is rejected. The request is sent once:
 * after a lost response the session's list of refunds shows whether it arrived.
 */
export async function createRefund(
	order: RefundOrder,
	context: RefundContext,
): Promise<RefundResult> {
	const { sessionId } = order;
	const earlier = context.progressStore.load();
	const isSent = earlier?.step === 'starting';
	const reading = await readSessionBeforeActing(sessionId, context.bank, {
		action: 'refund',
		isSent,
	});
	if ('result' in reading) {
		const { result } = reading;
		return isSent ? unknownRefund(sessionId, true, result.reason) : result;
	}
	const { view } = reading;
	const existing = findByReference(refundsOf(view), order.reference);
	if (existing) return alreadyRefunded(view, existing, order);
	if (!isSent && view.hasUnreadableOperations) {
		const reason = { code: 'refundsUnreadable', sessionId } as const;
		return { outcome: 'unknown', sessionId, view, reason };
	}
	if (!isSent) return await sendRefund(order, view, context);

	const { before = [], refundId } = earlier;
	const refund = takeOwnRefund(view, queryOf(order, before, refundId), context);
	return refund ? refundResult(view, refund) : unknownRefund(sessionId, true, undefined, view);
}

async function sendRefund(
	order: RefundOrder,
	view: SessionView,
	context: RefundContext,
): Promise<RefundResult> {
	const { bank, progressStore } = context;
	const { sessionId } = order;
	const checked = refundCurrency(view, order);
	if (typeof checked !== 'string') return rejectedResult(view, checked);

	const before = refundsOf(view).map(({ refundId }) => refundId);
	const query = queryOf(order, before);
	progressStore.save({ sessionId, step: 'starting', before });
	const response = await bank.send(
		endpoints.sessionRefund,
		bodyOf(order, checked),
		idempotencyKeyOf(order.reference, 'refund'),
	);
	if (response.kind === 'ok') {
		const after = readSession(response.body);
		const refund =
			after?.sessionId === sessionId ? takeOwnRefund(after, query, context) : undefined;
		if (after && refund) return refundResult(after, refund);
	}
	if (response.kind === 'refused' && isCertainRefusal(response.error.code)) {
		progressStore.save({ sessionId, step: 'created' });
		return refusedResult(response.error, { sessionId, view });
	}
	if (isNotProcessed(response)) {
		progressStore.save({ sessionId, step: 'created' });
		return rejectedResult(view, { code: 'refundNotSent', cause: failureOf(response) });
	}
	return pollForRefund(query, response, sessionId, context);
}

/** The currency of the payment, in which a part is refunded, or the reason why the order cannot be refunded. */
function refundCurrency(view: SessionView, order: RefundOrder): string | ResultReason {
	const refundable = findRefundablePayment(view);
	if ('reason' in refundable) return refundable.reason;
	const { payment } = refundable;
	const minorUnits = refundableMinorUnits(payment);
	if (minorUnits <= 0) return { code: 'nothingToRefund' };
	const currency = payment.amount?.currency ?? 'rub';
	if (order.onlyCurrency !== undefined && currency !== order.onlyCurrency) {
		return { code: 'otherCurrency', currency };
	}
	return order.amount && order.amount.minorUnits > minorUnits
		? { code: 'moreThanRefundable', refundable: { minorUnits, currency } }
		: currency;
}

async function pollForRefund(
	query: RefundQuery,
	response: BankResponse,
	sessionId: string,
	context: RefundContext,
): Promise<RefundResult> {
	const { bank } = context;
	let view: SessionView | undefined;
	for (let attempt = 1; attempt <= MAX_READS; attempt++) {
		await bank.pause(attempt);
		const reading = await tryReadSession(bank, sessionId);
		if ('reason' in reading) return unknownRefund(sessionId, false, reading.reason);
		view = reading.view;
		const refund = takeOwnRefund(view, query, context);
		if (refund) return refundResult(view, refund);
	}
	return unknownRefund(sessionId, false, failureOf(response), view);
}

/** Finds the refund of this order, and claims it. */
function takeOwnRefund(
	view: SessionView,
	query: RefundQuery,
	context: RefundContext,
): RefundView | undefined {
	const refund = findOwnRefund(view, query, context.claimed);
	if (refund) claimRefund(view.sessionId, refund, query, context);
	return refund;
}

/** Reserves the refund for this order and saves its ID. A refund without an ID cannot be claimed. */
function claimRefund(
	sessionId: string,
	{ refundId }: RefundView,
	{ before }: RefundQuery,
	{ claimed, progressStore }: RefundContext,
): void {
	if (refundId === '') return;
	claimed.add(claimKey(sessionId, refundId));
	progressStore.save({ sessionId, step: 'starting', before, refundId });
}

const queryOf = (
	{ reference, amount }: RefundOrder,
	before: string[],
	refundId?: string,
): RefundQuery => ({ reference, amount, before, refundId });

/**
 * The refund exists already, possibly from another execution. Assumption: the bank may not reject a repeated
 * idempotency key of a refund; it is not documented.
 */
function alreadyRefunded(
	view: SessionView,
	existing: RefundView,
	{ amount }: RefundOrder,
): RefundResult {
	return amount && existing.amount && amount.minorUnits !== existing.amount.minorUnits
		? rejectedResult(view, { code: 'refundedBefore', amount: existing.amount })
		: refundResult(view, existing);
}

const bodyOf = (order: RefundOrder, currency: string): JsonObject =>
	compact({
		session_id: order.sessionId,
		amount_details: order.amount && amountDetails({ ...order.amount, currency }),
		metadata: { ...order.metadata, reference: order.reference },
		revenue_split_info: order.revenueSplit,
	});

const refundResult = (view: SessionView, refund: RefundView): RefundResult => ({
	...outcomeOf(refund),
	sessionId: view.sessionId,
	view,
	refund,
});

/** Refund statuses: bank's page "Objects". */
function outcomeOf({ status }: RefundView): Pick<RefundResult, 'outcome' | 'advice'> {
	switch (status) {
		case 'accepted':
			return { outcome: 'refunded' };
		case 'declined':
		case 'error':
			return { outcome: 'failed', advice: { code: 'askWhyRefundFailed' } };
		default:
			return { outcome: 'processing', advice: { code: 'waitForRefund' } };
	}
}

/** It is not known whether the bank made the refund. `isResponseLost`: an earlier attempt sent it. */
const unknownRefund = (
	sessionId: string,
	isResponseLost: boolean,
	cause?: ResultReason,
	view?: SessionView,
): RefundResult => ({
	outcome: 'unknown',
	sessionId,
	view,
	reason: { code: 'refundUnknown', sessionId, isResponseLost, cause },
});
