import { field, isObject, objectAt, parseObject, textAt, type JsonObject } from '../lib/json';
import type { BankError } from './bankError';
import type { RequestFailure } from './requestFailure';

/** One request to the bank, unsigned. The implementation of `Transport` signs and sends it. */
export interface BankRequest {
	method: 'GET' | 'POST';
	/** e.g. `/api/v2/session/create` */
	path: string;
	body?: JsonObject;
	/** `X-PARTNER-IDEMPOTENCY-KEY` */
	idempotencyKey?: string;
}

/** The raw response, or why there is none. */
export type WireAnswer =
	| { httpStatus: number; text: string; retryAfter?: string }
	/**
	 * `lost`: the bank may have acted. `notSent` (no connection) and `cancelled` (before the request went out): it
	 * has not. `message` is for people and passed through unchanged.
	 */
	| { failure: 'notSent' | 'lost' | 'cancelled'; message: string };

/** The port to the network: the nodes and the tests implement it. Never rejects. */
export type Transport = (request: BankRequest) => Promise<WireAnswer>;

/** A response of the bank after interpretation. */
export type Reply =
	| { kind: 'ok'; body: JsonObject }
	/**
	 * The bank refused, in its own JSON. `inDoubt`: an earlier attempt with a lost response may have caused the
	 * refusal.
	 */
	| { kind: 'refused'; error: BankError; inDoubt?: true }
	/** The bank asked for a pause; it has not acted. Assumption: a 429 is sent before processing. */
	| { kind: 'busy'; retryAfterMs?: number; reason: RequestFailure }
	/** It is not known whether the bank acted. If `sent` is false, it did not. */
	| { kind: 'unknown'; reason: RequestFailure; sent: boolean };

/**
 * Interprets a response of the bank. A refusal is HTTP >= 400 **or** `status: "error"` (the docs show both). A
 * response that is not the bank's JSON (a proxy's page, half a body) or a 5xx does not say what the bank did, so it
 * is `unknown`.
 */
export function interpret(answer: WireAnswer): Reply {
	if ('failure' in answer) {
		const reason = { code: 'noAnswer', message: answer.message } as const;
		return { kind: 'unknown', reason, sent: answer.failure === 'lost' };
	}
	const { httpStatus } = answer;
	if (httpStatus === 429) {
		return {
			kind: 'busy',
			retryAfterMs: retryAfterMs(answer.retryAfter),
			reason: { code: 'tooManyRequests' },
		};
	}
	const body = parseObject(answer.text);
	const error = body && bankError(body);
	if (httpStatus >= 500) {
		return { kind: 'unknown', reason: { code: 'serverError', httpStatus, error }, sent: true };
	}
	if (error) return { kind: 'refused', error };
	if (!body || httpStatus >= 300 || !looksLikeBank(body)) {
		return { kind: 'unknown', reason: { code: 'notFromBank', httpStatus }, sent: true };
	}
	return { kind: 'ok', body };
}

/** Every documented response carries `status`; `session` alone is accepted too, as in the PHP SDK. */
function looksLikeBank(body: JsonObject): boolean {
	return typeof field(body, 'status') === 'string' || isObject(field(body, 'session'));
}

function bankError(body: JsonObject): BankError | undefined {
	const error = objectAt(body, 'error');
	if (!error && field(body, 'status') !== 'error') return undefined;
	// A gateway's `error` has another shape and does not say what the bank did.
	const isForeign = textAt(body, 'status') === undefined && !textAt(error, 'description');
	if (isForeign) return undefined;
	const code = textAt(error, 'code') ?? 'unknown_error';
	const rejectReasons = field(error, 'reject_reasons');
	return {
		code,
		description: textAt(error, 'description'),
		...(Array.isArray(rejectReasons) && { rejectReasons: rejectReasons.filter(isObject) }),
	};
}

/** `Retry-After` in ms, at most two minutes. Only the form in seconds is read, not the HTTP date. */
function retryAfterMs(header: string | undefined): number | undefined {
	const seconds = Number(header);
	return header !== undefined && Number.isFinite(seconds) && seconds >= 0
		? Math.min(seconds, 120) * 1000
		: undefined;
}
