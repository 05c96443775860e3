import { renamed } from './endpoints';
import { cancelCodes, explain } from './errorCodes';
import {
	compact,
	field,
	isObject,
	listAt,
	objectAt,
	textAt,
	type Json,
	type JsonObject,
} from './json';
import { formatAmount } from './money';

/**
 * Where the money stands. `created`: nothing started yet. `rejected`: not accepted, no money moved. `failed`: accepted,
 * then declined. `returned`: paid, then sent back by the recipient's bank. `unknown`: nobody knows yet.
 */
export type Outcome =
	| 'created'
	| 'processing'
	| 'awaitingConfirmation'
	| 'succeeded'
	| 'returned'
	| 'failed'
	| 'cancelled'
	| 'duplicate'
	| 'rejected'
	| 'unknown';

/** A session of the bank (page "Objects", PaymentSession), the same whether v1 or v2 spoke. Amounts in minor units. */
export interface SessionView {
	outcome: Outcome;
	sessionId: string;
	sessionStatus: string;
	nextAction?: string;
	createdAt?: string;
	updatedAt?: string;
	/** The payout, or the first of several; absent while nothing was started. */
	payout?: PayoutView;
	errorCode?: string;
	errorDescription?: string;
	/** To be sent back untouched with the confirmation (escrow and settlement payouts). */
	confirmInformation?: JsonObject;
	/** The session as the bank sent it. */
	raw: JsonObject;
}

export interface PayoutView {
	payoutId: string;
	payoutStatus: string;
	amount?: { minorUnits: number; currency: string };
	fee?: { minorUnits: number; currency: string };
	method?: string;
	card?: { brand?: string; last4?: string; bin?: string };
	finishedAt?: string;
	receipt?: { id?: string; link?: string };
	rrn?: string;
	authCode?: string;
	fpsMessageId?: string;
	metadata?: Json;
	refunds: RefundView[];
	errorCode?: string;
	errorDescription?: string;
}

export interface RefundView {
	refundId: string;
	status: string;
	amount?: { minorUnits: number; currency: string };
	createdAt?: string;
}

/**
 * Reads an answer or a webhook body that carries `session`, in v1 or v2 spelling, even mixed (the PHP SDK's fixtures mix
 * them). Unknown fields stay in `raw`.
 * @returns undefined when there is no session with an id in it
 */
export function readSession(body: JsonObject): SessionView | undefined {
	const session = objectAt(body, 'session');
	const sessionId = textAt(session, 'id');
	if (!session || sessionId === undefined) return undefined;

	const payouts = eitherList(session, renamed.payouts).map(readPayout);
	const payout = payouts[0];
	const error = objectAt(session, 'error');
	const sessionStatus = textAt(session, 'status') ?? '';
	const nextAction = textAt(session, 'next_action');
	const errorCode = payout?.errorCode ?? textAt(error, 'code');
	const confirmInformation = objectAt(body, 'confirm_information');
	return compactView({
		outcome: outcomeOf(sessionStatus, nextAction, payout, errorCode),
		sessionId,
		sessionStatus,
		nextAction,
		createdAt: textAt(session, 'created_at'),
		updatedAt: textAt(session, 'updated_at'),
		payout,
		errorCode,
		errorDescription: payout?.errorDescription ?? textAt(error, 'description'),
		confirmInformation,
		raw: session,
	});
}

/** The reference that `payoutBody` put into the metadata; also understood when the bank echoes metadata as JSON text. */
export function referenceOf(view: SessionView): string | undefined {
	const metadata = view.payout?.metadata ?? field(view.raw, 'metadata');
	if (typeof metadata !== 'string') return textAt(metadata, 'reference');
	if (!metadata.startsWith('{')) return undefined;
	try {
		return textAt(JSON.parse(metadata), 'reference');
	} catch {
		return undefined;
	}
}

export const isFinal = (view: SessionView): boolean =>
	view.outcome === 'succeeded' ||
	view.outcome === 'returned' ||
	view.outcome === 'failed' ||
	view.outcome === 'cancelled' ||
	view.sessionStatus === 'error';

/** What to do next, in words for a payouts manager; undefined when there is nothing to say. */
export function adviceFor(
	view: Pick<SessionView, 'outcome' | 'sessionId' | 'errorCode' | 'sessionStatus'>,
): string | undefined {
	const explained = explain(view.errorCode)?.advice;
	switch (view.outcome) {
		case 'failed':
		case 'cancelled':
		case 'rejected':
			return explained ?? 'To pay again, use a new Reference.';
		case 'returned':
			return "The recipient's bank sent the money back. Check the recipient's details; to pay again, use a new Reference.";
		case 'awaitingConfirmation':
			return 'Check the amount and the recipient, then use Session: Confirm or Session: Cancel. Unconfirmed payouts are cancelled by the bank after a few hours.';
		case 'processing':
			return 'The bank is still working on it. Use Session: Wait, Session: Get or the Bank 131 Trigger to learn the result. Do not pay again.';
		case 'unknown':
			return view.sessionStatus === 'error'
				? `The bank itself does not know the result yet. Do not pay again; contact the bank's support with session ${view.sessionId}.`
				: `Do not pay again under another Reference. Read the session with Session: Get (${view.sessionId}) to learn what happened, or run again with the same Reference: it can't be paid twice.`;
		default:
			return undefined;
	}
}

/**
 * Statuses: bank's page "Objects" and "Statuses". `next_action` decides over the payout's status, since the documented
 * samples show both `pending` and `in_progress` while the bank waits for a confirmation. A failed payout in a session
 * with status `error` is documented as not final.
 */
function outcomeOf(
	sessionStatus: string,
	nextAction: string | undefined,
	payout: PayoutView | undefined,
	errorCode: string | undefined,
): Outcome {
	if (payout?.payoutStatus === 'succeeded') {
		return payout.refunds.some((refund) => refund.status === 'accepted') ? 'returned' : 'succeeded';
	}
	switch (sessionStatus) {
		case 'created':
			return payout ? 'processing' : 'created';
		case 'cancelled':
		case 'canceled': // spelt so in one text of a sister platform
			return payout?.payoutStatus === 'failed' &&
				!(errorCode !== undefined && cancelCodes.has(errorCode))
				? 'failed'
				: 'cancelled';
		case 'accepted':
			if (payout?.payoutStatus === 'failed') return 'failed';
			return payout ? 'processing' : 'succeeded';
		case 'error':
			return 'unknown';
		default:
			return nextAction === 'confirm' ? 'awaitingConfirmation' : 'processing';
	}
}

function readPayout(payout: JsonObject): PayoutView {
	const details =
		objectAt(payout, renamed.payoutDetails.v2) ?? objectAt(payout, renamed.payoutDetails.v1);
	const card = objectAt(details, 'card');
	const taxpayer = objectAt(
		objectAt(payout, 'fiscalization_details'),
		'professional_income_taxpayer',
	);
	const receipt = objectAt(taxpayer, 'receipt');
	const info = objectAt(payout, 'transaction_info');
	const error = objectAt(payout, 'error');
	return compactView({
		payoutId: textAt(payout, 'id') ?? '',
		payoutStatus: textAt(payout, 'status') ?? '',
		amount: readAmount(objectAt(payout, 'amount_details')),
		fee: readAmount(objectAt(objectAt(objectAt(payout, 'amounts'), 'fee'), 'merchant_fee')),
		method: textAt(details, 'type'),
		card:
			card &&
			compactView({
				brand: textAt(card, 'brand'),
				last4: textAt(card, 'last4'),
				bin: textAt(card, 'bin'),
			}),
		finishedAt: textAt(payout, 'finished_at'),
		receipt: receipt && compactView({ id: textAt(receipt, 'id'), link: textAt(receipt, 'link') }),
		rrn: textAt(info, 'rrn'),
		authCode: textAt(info, 'auth_code'),
		fpsMessageId: textAt(info, 'fp_message_id'),
		metadata: field(payout, 'metadata'),
		refunds: listAt(payout, 'refunds').map(readRefund),
		errorCode: textAt(error, 'code'),
		errorDescription: textAt(error, 'description'),
	});
}

function readRefund(refund: JsonObject): RefundView {
	return compactView({
		refundId: textAt(refund, 'id') ?? '',
		status: textAt(refund, 'status') ?? '',
		amount: readAmount(objectAt(refund, 'amount_details')),
		createdAt: textAt(refund, 'created_at'),
	});
}

/** AmountDetails, the currency in lower case as the bank writes it; an amount that is not an integer is left out rather than guessed at. */
export function readAmount(
	amount: JsonObject | undefined,
): { minorUnits: number; currency: string } | undefined {
	const minorUnits = field(amount, 'amount');
	if (typeof minorUnits !== 'number' || !Number.isSafeInteger(minorUnits)) return undefined;
	return { minorUnits, currency: (textAt(amount, 'currency') ?? 'rub').toLowerCase() };
}

function eitherList(session: JsonObject, names: { v1: string; v2: string }): JsonObject[] {
	const v2 = listAt(session, names.v2);
	return v2.length > 0 ? v2 : listAt(session, names.v1);
}

function compactView<T extends object>(view: T): T {
	return compact(view as unknown as JsonObject) as unknown as T;
}

/** The flat form both nodes output: ids and outcome first, amounts as decimal text and in minor units. */
export function describeSession(view: SessionView): JsonObject {
	const { payout } = view;
	const { payoutId, payoutStatus, amount, fee, card, refunds, metadata } = payout ?? {};
	return compact({
		outcome: view.outcome,
		reference: referenceOf(view),
		sessionId: view.sessionId,
		sessionStatus: view.sessionStatus,
		nextAction: view.nextAction,
		payoutId,
		payoutStatus,
		amount: amount && formatAmount(amount.minorUnits, amount.currency),
		amountMinorUnits: amount?.minorUnits,
		currency: amount?.currency.toUpperCase(),
		fee: fee && formatAmount(fee.minorUnits, fee.currency),
		feeMinorUnits: fee?.minorUnits,
		method: payout?.method,
		cardBrand: card?.brand,
		cardLast4: card?.last4,
		receiptId: payout?.receipt?.id,
		receiptLink: payout?.receipt?.link,
		rrn: payout?.rrn,
		authCode: payout?.authCode,
		fpsMessageId: payout?.fpsMessageId,
		refunds: refunds?.length ? refunds.map(describeRefund) : undefined,
		errorCode: view.errorCode,
		errorDescription: view.errorDescription,
		advice: adviceFor(view),
		createdAt: view.createdAt,
		updatedAt: view.updatedAt,
		finishedAt: payout?.finishedAt,
		confirmInformation: view.confirmInformation,
		metadata:
			isObject(metadata) && Object.keys(metadata).join() === 'reference' ? undefined : metadata,
	});
}

function describeRefund({ refundId, status, amount, createdAt }: RefundView): JsonObject {
	return compact({
		refundId,
		status,
		amount: amount && formatAmount(amount.minorUnits, amount.currency),
		amountMinorUnits: amount?.minorUnits,
		currency: amount?.currency.toUpperCase(),
		createdAt,
	});
}
