import {
	booleanAt,
	field,
	listAt,
	objectAt,
	parseObject,
	textAt,
	type Json,
	type JsonObject,
} from '../lib/json';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';
import type { Money } from '../values/money';

/**
 * A payout or a payment inside a session (bank's page "Objects": Payment, AcquiringPayment). Dates are texts as the
 * bank sent them. Fields that the bank did not send are absent.
 */
export interface OperationView {
	kind: 'payout' | 'payment';
	/** The bank's ID; empty if there is none. */
	operationId: string;
	/** The bank's word, such as `in_progress`; empty if there is none. */
	status: string;
	amount?: Money;
	/** The bank's fee (`merchant_fee`). */
	fee?: Money;
	net?: Money;
	gross?: Money;
	/** `card`, `bank_account`, `wallet`, … */
	method?: string;
	/** The recipient's Russian account as the bank shows it, perhaps masked. For comparison only. */
	account?: string;
	/** Of a payout that names the settlement or escrow account it is paid from. */
	needsConfirmInformation?: true;
	card?: { brand?: string; last4?: string; bin?: string; country?: string; cardId?: string };
	createdAt?: string;
	finishedAt?: string;
	receipt?: { id?: string; link?: string };
	interaction?: InteractionView;
	/** Present after a payment that requested a token for recurring payments. */
	recurringToken?: string;
	recurringIsActive?: boolean;
	subscriptionId?: string;
	rrn?: string;
	authCode?: string;
	arn?: string;
	fpsMessageId?: string;
	accountToken?: string;
	customerReference?: string;
	metadata?: Json;
	refunds: RefundView[];
	errorCode?: string;
	errorDescription?: string;
	/** Rules of the antifraud (PHP SDK). */
	rejectReasons?: JsonObject[];
}

/** What the payer has to do: follow a link or scan a QR code (bank's object CustomerInteraction). */
export interface InteractionView {
	redirectUrl?: string;
	redirectBaseUrl?: string;
	redirectMethod?: string;
	redirectQuery?: JsonObject;
	redirectParams?: JsonObject;
	/** The link inside the QR code; opens the payer's bank on a phone. */
	qrContent?: string;
	/** The QR code as an image; its encoding is not documented. */
	qrImage?: string;
}

/** A refund of a payment or the return of a payout (bank's page "Objects": Refund). */
export interface RefundView {
	refundId: string;
	status: string;
	amount?: Money;
	createdAt?: string;
	finishedAt?: string;
	isChargeback?: boolean;
	/** From the metadata of the refund (PHP SDK; not documented), as the bank shows it. */
	reference?: string;
	metadata?: Json;
}

/** The operations of a session in v1 or v2 spelling, even mixed. Payouts come first. */
export function readOperations(session: JsonObject): OperationView[] {
	return [
		...listInEitherVersion(session, FIELD_NAMES_BY_VERSION.payouts).map((one) =>
			readOperation('payout', one),
		),
		...listInEitherVersion(session, FIELD_NAMES_BY_VERSION.payments).map((one) =>
			readOperation('payment', one),
		),
	];
}

/**
 * Reads AmountDetails; the currency becomes lower case. The amount may be a text of plain digits, because the PHP SDK
 * casts it. Undefined when the amount is not a whole number.
 */
export function readAmount(amount: JsonObject | undefined): Money | undefined {
	const shown = field(amount, 'amount');
	const isPlainText = typeof shown === 'string' && /^(?:0|[1-9]\d*)$/.test(shown);
	const minorUnits = isPlainText ? Number(shown) : shown;
	if (typeof minorUnits !== 'number' || !Number.isSafeInteger(minorUnits)) return undefined;
	return { minorUnits, currency: (textAt(amount, 'currency') ?? 'rub').toLowerCase() };
}

/** The reference in metadata, which the bank may echo as an object or as JSON text. */
export const referenceIn = (metadata: Json | undefined): string | undefined =>
	textAt(typeof metadata === 'string' ? parseObject(metadata) : metadata, 'reference');

/** Sum of the accepted refunds (of a payout: returns), in minor units. */
export const refundedMinorUnits = ({ refunds }: OperationView): number =>
	refunds
		.filter(({ status }) => status === 'accepted')
		.reduce((sum, { amount }) => sum + (amount?.minorUnits ?? 0), 0);

/** The Russian account in payout details. The PHP SDK also shows the account itself, without `bank_account`. */
export function accountIn(details: JsonObject | undefined): string | undefined {
	const account = objectAt(details, 'bank_account') ?? details;
	return textAt(objectAt(account, 'ru') ?? account, 'account');
}

function readOperation(kind: OperationView['kind'], operation: JsonObject): OperationView {
	const details =
		kind === 'payout'
			? (objectAt(operation, FIELD_NAMES_BY_VERSION.payoutDetails.v2) ??
				objectAt(operation, FIELD_NAMES_BY_VERSION.payoutDetails.v1))
			: objectAt(operation, 'payment_details');
	const amounts = objectAt(operation, 'amounts');
	const info = objectAt(operation, 'transaction_info');
	const recurrent = objectAt(operation, 'recurrent');
	const error = objectAt(operation, 'error');
	const reasons = listAt(error, 'reject_reasons');
	return {
		kind,
		operationId: textAt(operation, 'id') ?? '',
		status: textAt(operation, 'status') ?? '',
		amount: readAmount(objectAt(operation, 'amount_details')),
		fee: readAmount(objectAt(objectAt(amounts, 'fee'), 'merchant_fee')),
		net: readAmount(objectAt(amounts, 'net')),
		gross: readAmount(objectAt(amounts, 'gross')),
		method: textAt(details, 'type'),
		account: accountIn(details),
		needsConfirmInformation:
			kind === 'payout' && namesSource(operation, details) ? true : undefined,
		card: readCard(objectAt(details, 'card')),
		createdAt: textAt(operation, 'created_at'),
		finishedAt: textAt(operation, 'finished_at'),
		receipt: readReceipt(objectAt(operation, 'fiscalization_details')),
		interaction: readInteraction(objectAt(operation, 'customer_interaction')),
		recurringToken: textAt(recurrent, 'token'),
		recurringIsActive: booleanAt(recurrent, 'is_active'),
		subscriptionId: textAt(objectAt(operation, 'subscription'), 'id'),
		rrn: textAt(info, 'rrn'),
		authCode: textAt(info, 'auth_code'),
		arn: textAt(info, 'arn'),
		fpsMessageId: textAt(info, 'fp_message_id'),
		accountToken: textAt(info, 'bank_account_ru_token'),
		customerReference: textAt(objectAt(operation, 'customer'), 'reference'),
		metadata: field(operation, 'metadata'),
		refunds: listAt(operation, 'refunds').map(readRefund),
		errorCode: textAt(error, 'code'),
		errorDescription: textAt(error, 'description'),
		rejectReasons: reasons.length > 0 ? reasons : undefined,
	};
}

/**
 * Whether a payout names the settlement or escrow account it is paid from (bank's pages on payouts from these
 * accounts), so that `confirm_information` shows its transfer. The page of FPS payouts from the settlement account
 * shows none.
 */
function namesSource(payout: JsonObject, details: JsonObject | undefined): boolean {
	const participants = objectAt(payout, 'participant_details');
	const sender = objectAt(participants, 'sender');
	const isFromEscrow = [sender, objectAt(participants, 'recipient')].some(
		(one) => textAt(one, 'beneficiary_id') !== undefined,
	);
	const isFps =
		textAt(objectAt(details, 'bank_account'), 'system_type') === 'faster_payment_system';
	return isFromEscrow || (textAt(sender, 'account') !== undefined && !isFps);
}

function readCard(card: JsonObject | undefined): OperationView['card'] {
	return (
		card && {
			brand: textAt(card, 'brand'),
			last4: textAt(card, 'last4'),
			bin: textAt(card, 'bin'),
			country: textAt(card, 'country_iso3'),
			cardId: textAt(card, 'card_id'),
		}
	);
}

function readReceipt(fiscalization: JsonObject | undefined): OperationView['receipt'] {
	const taxpayer = objectAt(fiscalization, 'professional_income_taxpayer');
	const receipt = objectAt(taxpayer, 'receipt');
	return receipt && { id: textAt(receipt, 'id'), link: textAt(receipt, 'link') };
}

/** One page of the bank names only `redirect`, other pages and the PHP SDK also `inform`: both objects are read. */
function readInteraction(interaction: JsonObject | undefined): InteractionView | undefined {
	const redirect = objectAt(interaction, 'redirect');
	const qr = objectAt(objectAt(interaction, 'inform'), 'qr');
	if (!redirect && !qr) return undefined;
	return {
		redirectUrl: textAt(redirect, 'url'),
		redirectBaseUrl: textAt(redirect, 'base_url'),
		redirectMethod: textAt(redirect, 'method')?.toUpperCase(),
		redirectQuery: objectAt(redirect, 'qs'),
		redirectParams: objectAt(redirect, 'params'),
		qrContent: textAt(qr, 'content'),
		qrImage: textAt(qr, 'img'),
	};
}

function readRefund(refund: JsonObject): RefundView {
	return {
		refundId: textAt(refund, 'id') ?? '',
		status: textAt(refund, 'status') ?? '',
		amount: readAmount(objectAt(refund, 'amount_details')),
		createdAt: textAt(refund, 'created_at'),
		finishedAt: textAt(refund, 'finished_at'),
		isChargeback: booleanAt(refund, 'is_chargeback'),
		reference: refundReferenceIn(field(refund, 'metadata')),
		metadata: field(refund, 'metadata'),
	};
}

/** The reference as a name and a value in JSON text that is escaped, quoted or cut. */
const REFERENCE_IN_TEXT = /\breference[\\"']*\s?[:=]\s?[\\"']*((?:[^"\\]|\\[u/])*)/i;

/** The reference of a refund. Its metadata may also be JSON text that is escaped for HTML or cut. */
function refundReferenceIn(metadata: Json | undefined): string | undefined {
	const reference = referenceIn(metadata);
	if (reference !== undefined || typeof metadata !== 'string') return reference;
	const text = metadata.replace(/&(?:quot|#0{0,3}34);/gi, '"');
	return referenceIn(text) ?? (REFERENCE_IN_TEXT.exec(text)?.[1] || undefined);
}

function listInEitherVersion(session: JsonObject, names: { v1: string; v2: string }): JsonObject[] {
	const v2 = listAt(session, names.v2);
	return v2.length > 0 ? v2 : listAt(session, names.v1);
}
