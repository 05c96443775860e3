import { failureOf } from '../../client/bankClient';
import { tryReadSession } from '../../client/sessionReader';
import { isNotProcessed, type BankResponse } from '../../client/transport';
import { compact, type JsonObject } from '../../lib/json';
import { endpoints } from '../../protocol/endpoints';
import { isCertainRefusal } from '../../protocol/errorCodes';
import { idempotencyKeyOf } from '../../requests/idempotencyKey';
import { amountDetails } from '../../requests/order';
import type { RefundView } from '../../session/operation';
import { readSession, type SessionView } from '../../session/session';
import type { Money } from '../../values/money';
import type { FlowContext } from '../context';
import { refusedCodeOf } from '../progress';
import {
	findByReference,
	findOwnRefund,
	findSimilarRefund,
	idOf,
	refundCurrency,
	refundsOf,
	type RefundQuery,
} from './findRefund';
import type { RefundClaims } from './refundClaims';
import {
	alreadyRefunded,
	refundResult,
	unknownRefund,
	unreadableRefund,
	type RefundResult,
} from './refundResult';
import {
	keyUsedUpResult,
	readSessionBeforeActing,
	refusedResult,
	rejectedResult,
} from '../sessionResult';

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

/** The flow context, and the refunds of the other orders of this run. */
export interface RefundContext extends FlowContext {
	claims: RefundClaims;
}

/** Reads of the session after a lost response before the outcome is `unknown`. */
const MAX_READS = 4;

/**
 * Refunds a payment (bank's page "Refunds"). More than what can still be refunded is rejected. The request is sent
 * once: after a lost response the session's list of refunds shows whether it arrived. Refunds of one session are made
 * one after the other.
 */
export async function createRefund(
	order: RefundOrder,
	context: RefundContext,
): Promise<RefundResult> {
	const { sessionId } = order;
	const earlier = context.progressStore.load();
	const isSent = earlier?.step === 'starting';
	const read = async () =>
		await readSessionBeforeActing(sessionId, context.bank, { action: 'refund', isSent });
	const first = await read();
	if ('result' in first) return unreadableRefund(first.result, isSent);
	return await context.claims.inTurn(sessionId, async (hasWaited) => {
		const reading = hasWaited ? await read() : first;
		if ('result' in reading) return unreadableRefund(reading.result, isSent);
		const { view } = reading;
		if (!isSent) return await refundOnce(order, view, context);

		const { before = [], refundId } = earlier;
		const refund = takeOwnRefund(view, queryOf(order, before, refundId), context);
		return refund ? refundResult(view, refund) : unknownRefund(sessionId, true, undefined, view);
	});
}

/** Sends the refund, unless the session shows that an earlier execution may have made it. */
async function refundOnce(
	order: RefundOrder,
	view: SessionView,
	context: RefundContext,
): Promise<RefundResult> {
	const { sessionId } = view;
	const existing = findByReference(refundsOf(view), order.reference);
	if (existing) {
		context.claims.add(sessionId, existing.refundId);
		return alreadyRefunded(view, existing, order.amount);
	}
	if (view.hasUnreadableOperations) {
		const reason = { code: 'refundsUnreadable', sessionId } as const;
		return { outcome: 'unknown', sessionId, view, reason };
	}
	const similar = findSimilarRefund(view, order, context.claims);
	if (similar) {
		const { reference = '', amount } = similar;
		const reason = { code: 'similarRefund', reference, amount } as const;
		return { outcome: 'unknown', sessionId, view, reason };
	}
	return await sendRefund(order, view, context);
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

	const before = refundsOf(view).map(idOf);
	const query = queryOf(order, before);
	const firstCode = progressStore.load()?.refusedCode;
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
		const { error } = response;
		const refusedCode = firstCode ?? refusedCodeOf(error);
		progressStore.save({ sessionId, step: 'created', refusedCode });
		return refusedResult(error, { sessionId, view });
	}
	if (response.kind === 'busy') {
		// The bank should not have acted before it answered 429, and the session shows if it has.
		const reading = await tryReadSession(bank, sessionId);
		if ('reason' in reading) return unknownRefund(sessionId, false, reading.reason);
		const refund = takeOwnRefund(reading.view, query, context);
		if (refund) return refundResult(reading.view, refund);
	}
	if (isNotProcessed(response)) {
		progressStore.save({ sessionId, step: 'created', refusedCode: firstCode });
		return rejectedResult(view, { code: 'refundNotSent', cause: failureOf(response) });
	}
	const result = await pollForRefund(query, response, sessionId, context);
	if (firstCode === undefined || !isUsedUp(response, result, before)) return result;
	progressStore.save({ sessionId, step: 'created', refusedCode: firstCode });
	return keyUsedUpResult({ code: firstCode }, { sessionId, view: result.view });
}

/** The key is used, but not by a refund that the session shows: the bank keeps the key of one that it refused. */
const isUsedUp = (response: BankResponse, { view }: RefundResult, before: string[]): boolean =>
	response.kind === 'refused' &&
	response.error.code === 'idempotency_key_already_exists' &&
	view?.hasUnreadableOperations === false &&
	refundsOf(view).length === before.length;

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

/** Finds the refund of this order, claims it and saves its ID. A refund without an ID cannot be claimed. */
function takeOwnRefund(
	view: SessionView,
	query: RefundQuery,
	context: RefundContext,
): RefundView | undefined {
	const { claims, progressStore } = context;
	const refund = findOwnRefund(view, query, claims);
	if (!refund || refund.refundId === '') return refund;
	const { sessionId } = view;
	const { refundId } = refund;
	claims.add(sessionId, refundId);
	progressStore.save({ sessionId, step: 'starting', before: query.before, refundId });
	return refund;
}

const queryOf = (
	{ reference, amount }: RefundOrder,
	before: string[],
	refundId?: string,
): RefundQuery => ({ reference, amount, before, refundId });

const bodyOf = (order: RefundOrder, currency: string): JsonObject =>
	compact({
		session_id: order.sessionId,
		amount_details: order.amount && amountDetails({ ...order.amount, currency }),
		metadata: { ...order.metadata, reference: order.reference },
		revenue_split_info: order.revenueSplit,
	});
