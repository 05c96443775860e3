import { explain } from '../protocol/errorCodes';
import { field, isObject, objectAt, parseObject, textAt, type JsonObject } from '../lib/json';

/** One request as `bank131/` sees it; signing and sockets are on the other side of the port. */
export interface BankRequest {
	method: 'GET' | 'POST';
	/** e.g. `/api/v2/session/create` */
	path: string;
	body?: JsonObject;
	/** `X-PARTNER-IDEMPOTENCY-KEY` */
	idempotencyKey?: string;
}

/** What came back over the wire, not yet interpreted. */
export type WireAnswer =
	| { httpStatus: number; text: string; retryAfter?: string }
	/** `lost`: anything may have happened. `notSent` (no connection), `cancelled` (before it went out): the bank can't have acted. */
	| { failure: 'notSent' | 'lost' | 'cancelled'; message: string };

/** The port that n8n's HTTP helper implements in `nodes/` and a test in three lines. Never rejects. */
export type Transport = (request: BankRequest) => Promise<WireAnswer>;

/** Error object of the bank: `code` and `description` as documented, `rejectReasons` known from the PHP SDK. */
export interface BankError {
	code: string;
	description: string;
	rejectReasons?: JsonObject[];
}

export type Reply =
	| { kind: 'ok'; body: JsonObject }
	/** The bank said no, in its own JSON. `inDoubt`: perhaps because an earlier try, whose answer was lost, did it. */
	| { kind: 'refused'; error: BankError; inDoubt?: true }
	/** The bank asked to come back later; it has not acted. Assumption: a 429 is answered before processing. */
	| { kind: 'busy'; retryAfterMs?: number; reason: string }
	/** Nobody knows whether the bank acted (unless `sent` is false). */
	| { kind: 'unknown'; reason: string; sent: boolean };

/**
 * Reads an answer of the bank. A failure is HTTP >= 400 **or** `status: "error"` (the docs show both); an answer that is
 * not the bank's JSON (a proxy's page, half a body) or a 5xx says nothing about what the bank did, so it is `unknown`.
 */
export function interpret(answer: WireAnswer): Reply {
	if ('failure' in answer) {
		return { kind: 'unknown', reason: answer.message, sent: answer.failure === 'lost' };
	}
	const { httpStatus } = answer;
	if (httpStatus === 429) {
		return {
			kind: 'busy',
			retryAfterMs: retryAfterMs(answer.retryAfter),
			reason: 'The bank asked to slow down (HTTP 429)',
		};
	}
	const body = parseObject(answer.text);
	const error = body && bankError(body);
	if (httpStatus >= 500) {
		const said = error ? `: ${error.code} ${error.description}` : '';
		return { kind: 'unknown', reason: `The bank answered HTTP ${httpStatus}${said}`, sent: true };
	}
	if (!body) {
		return {
			kind: 'unknown',
			reason: `The answer (HTTP ${httpStatus}) did not come from the bank's API`,
			sent: true,
		};
	}
	if (error) return { kind: 'refused', error };
	if (httpStatus >= 300 || !looksLikeBank(body)) {
		return {
			kind: 'unknown',
			reason: `The answer (HTTP ${httpStatus}) did not come from the bank's API`,
			sent: true,
		};
	}
	return { kind: 'ok', body };
}

/** Every documented answer carries `status`; `session` alone is accepted too, as the PHP SDK does. */
function looksLikeBank(body: JsonObject): boolean {
	return typeof field(body, 'status') === 'string' || isObject(field(body, 'session'));
}

function bankError(body: JsonObject): BankError | undefined {
	const error = objectAt(body, 'error');
	if (!error && field(body, 'status') !== 'error') return undefined;
	// Gateways have an `error` too, of another shape: theirs says nothing about what the bank did.
	const isForeign = textAt(body, 'status') === undefined && !textAt(error, 'description');
	if (isForeign) return undefined;
	const code = textAt(error, 'code') ?? 'unknown_error';
	const rejectReasons = field(error, 'reject_reasons');
	return {
		code,
		description:
			textAt(error, 'description') ?? explain(code)?.meaning ?? 'The bank gave no description',
		...(Array.isArray(rejectReasons) && { rejectReasons: rejectReasons.filter(isObject) }),
	};
}

/** `Retry-After` in seconds, at most two minutes; dates are not worth a parser here. */
function retryAfterMs(header: string | undefined): number | undefined {
	const seconds = Number(header);
	return header !== undefined && Number.isFinite(seconds) && seconds >= 0
		? Math.min(seconds, 120) * 1000
		: undefined;
}
