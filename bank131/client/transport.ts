import { field, isObject, objectAt, parseObject, textAt, type JsonObject } from '../lib/json';
import type { BankError } from './bankError';
import type { RequestFailure } from './requestFailure';

/** One request to the bank, unsigned. The implementation of `Transport` signs and sends it. */
export interface BankRequest {
	method: 'GET' | 'POST';
	/** Absolute path, e.g. `/api/v2/session/create`. */
	path: string;
	body?: JsonObject;
	/** Value of the header `X-PARTNER-IDEMPOTENCY-KEY`. */
	idempotencyKey?: string;
}

/** The HTTP response as it arrived, or why there is none. */
export type TransportResult =
	| { httpStatus: number; text: string; retryAfter?: string }
	/**
	 * `lost`: the bank may have acted. `notSent` (no connection) and `cancelled` (before the request went out): it
	 * has not. `message` is for people and passed through unchanged.
	 */
	| { failure: 'notSent' | 'lost' | 'cancelled'; message: string };

/** Sends one request over the network. The nodes and the tests implement it. Never rejects. */
export type Transport = (request: BankRequest) => Promise<TransportResult>;

/** What the response says about the request: `interpretResponse` makes it from the result of the transport. */
export type BankResponse =
	| { kind: 'ok'; body: JsonObject }
	/**
	 * The bank refused, in its own JSON. `mayHaveActed`: an earlier attempt, whose response was lost, may have succeeded
	 * and caused this refusal.
	 */
	| { kind: 'refused'; error: BankError; mayHaveActed?: true }
	/** The bank asked for a pause (HTTP 429) and has not acted. Assumption: a 429 is sent before processing. */
	| { kind: 'busy'; retryAfterMs?: number; reason: RequestFailure }
	/** It is not known whether the bank acted. If `isSent` is false, it did not. */
	| { kind: 'unknown'; reason: RequestFailure; isSent: boolean };

/**
 * Classifies the result of the transport. A refusal has the bank's error object or `status: "error"`, with any HTTP
 * status below 500 except 429 (the docs show both 200 and 4xx). A response that is not the bank's JSON (a proxy's page,
 * half a body) or a 5xx does not say what the bank did, so it is `unknown`.
 */
export function interpretResponse(raw: TransportResult): BankResponse {
	if ('failure' in raw) {
		const reason = { code: 'noResponse', message: raw.message } as const;
		return { kind: 'unknown', reason, isSent: raw.failure === 'lost' };
	}
	const { httpStatus } = raw;
	if (httpStatus === 429) {
		return {
			kind: 'busy',
			retryAfterMs: parseRetryAfterMs(raw.retryAfter),
			reason: { code: 'tooManyRequests' },
		};
	}
	const body = parseObject(raw.text);
	const error = body && parseBankError(body);
	if (httpStatus >= 500) {
		return { kind: 'unknown', reason: { code: 'serverError', httpStatus, error }, isSent: true };
	}
	if (error) return { kind: 'refused', error };
	if (!body || httpStatus >= 300 || !hasBankShape(body)) {
		return { kind: 'unknown', reason: { code: 'notFromBank', httpStatus }, isSent: true };
	}
	return { kind: 'ok', body };
}

/**
 * Whether it is certain that the bank has not processed the request: it asked for a pause, or the request was not sent.
 * A refusal does not count, because its code decides.
 */
export const isNotProcessed = (response: BankResponse): boolean =>
	response.kind === 'busy' || (response.kind === 'unknown' && !response.isSent);

/** Every documented response carries `status`; `session` alone is accepted too, as in the PHP SDK. */
function hasBankShape(body: JsonObject): boolean {
	return typeof field(body, 'status') === 'string' || isObject(field(body, 'session'));
}

function parseBankError(body: JsonObject): BankError | undefined {
	const error = objectAt(body, 'error');
	if (!error && field(body, 'status') !== 'error') return undefined;
	// A gateway's `error` has another shape and does not say what the bank did.
	const isForeign = textAt(body, 'status') === undefined && !textAt(error, 'description');
	if (isForeign) return undefined;
	const statedCode = textAt(error, 'code');
	// An empty error object beside `status: "ok"` is how PHP writes that there is none.
	const isEmpty = statedCode === undefined && textAt(error, 'description') === undefined;
	if (isEmpty && field(body, 'status') !== 'error') return undefined;
	const code = statedCode ?? 'unknown_error';
	const rejectReasons = field(error, 'reject_reasons');
	return {
		code,
		description: textAt(error, 'description'),
		...(Array.isArray(rejectReasons) && { rejectReasons: rejectReasons.filter(isObject) }),
	};
}

/** `Retry-After` in ms, at most two minutes. Only the form in seconds is read, not the HTTP date. */
function parseRetryAfterMs(header: string | undefined): number | undefined {
	const seconds = Number(header);
	return header !== undefined && Number.isFinite(seconds) && seconds >= 0
		? Math.min(seconds, 120) * 1000
		: undefined;
}
