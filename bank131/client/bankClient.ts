import type { JsonObject } from '../lib/json';
import {
	endpointPath,
	endpoints,
	effectiveVersion,
	type ApiVersion,
	type Endpoint,
	type RetryableEndpoint,
} from '../protocol/endpoints';
import { isCertainRefusal, isTemporary } from '../protocol/errorCodes';
import { referenceIn } from '../session/operation';
import { readSession, referenceOf, type SessionView } from '../session/session';
import { mayBeAltered } from '../values/shownReference';
import type { BankError } from './bankError';
import type { Clock } from './clock';
import type { RequestFailure } from './requestFailure';
import { interpretResponse, type BankResponse, type Transport } from './transport';

/** The bank refused a request. `message` is the bank's own description, or its code. */
export class BankRefusal extends Error {
	/** @param mayHaveActed an earlier attempt, whose response was lost, may have succeeded and caused this refusal */
	constructor(
		readonly error: BankError,
		readonly mayHaveActed = false,
	) {
		super(error.description ?? error.code);
	}

	get code(): string {
		return this.error.code;
	}
}

/** No usable response after all attempts. */
export class BankUnreachable extends Error {
	/** @param mayHaveActed the bank may have done what the request asked for; false for requests that only read */
	constructor(
		readonly reason: RequestFailure,
		readonly mayHaveActed = false,
	) {
		super(reason.code);
	}
}

/** Exponential backoff between attempts. Delays in ms, before jitter. */
export interface RetryPolicy {
	/** Attempts in total, at least 1. */
	tries: number;
	/** Before the second attempt; doubled before each further one, up to `maxDelayMs`. */
	firstDelayMs: number;
	maxDelayMs: number;
}

/** The forms in which a body is known, the most likely one first. */
export type BodyForms = readonly [JsonObject, ...JsonObject[]];

const DEFAULT_RETRY: RetryPolicy = { tries: 4, firstDelayMs: 300, maxDelayMs: 5000 };

/**
 * The bank's methods over a transport. A request that moves no money is retried after a lost response. A request
 * that may move money is sent once (`send`), and the flow decides what follows.
 */
export class BankClient {
	constructor(
		private readonly transport: Transport,
		readonly apiVersion: ApiVersion,
		readonly clock: Clock,
		private readonly retry: RetryPolicy = DEFAULT_RETRY,
	) {}

	/** Sends one request without a retry. A GET has neither body nor idempotency key. */
	async send(endpoint: Endpoint, body: JsonObject, idempotencyKey?: string): Promise<BankResponse> {
		const path = endpointPath(endpoint, this.apiVersion);
		const request =
			endpoint.method === 'GET'
				? { method: endpoint.method, path }
				: { method: 'POST' as const, path, body, idempotencyKey };
		return interpretResponse(await this.transport(request));
	}

	/** Sends a request that moves no money, and retries it with growing pauses while the response is lost. */
	async sendWithRetry(endpoint: RetryableEndpoint, body: JsonObject): Promise<BankResponse> {
		let hasLostResponse = false;
		for (let attempt = 1; ; attempt++) {
			const response = await this.send(endpoint, body);
			const isConclusive =
				response.kind === 'ok' ||
				(response.kind === 'refused' && !isTemporary(response.error.code));
			if (isConclusive || attempt >= this.retry.tries)
				return hasLostResponse && endpoint.effect === 'prepare'
					? afterLostResponse(response)
					: response;
			hasLostResponse ||=
				response.kind === 'refused' || (response.kind === 'unknown' && response.isSent);
			await this.pause(attempt, response);
		}
	}

	/**
	 * `sendWithRetry` for a method whose body is known in several forms. The next one is sent if the bank refuses one as
	 * `invalid_request`.
	 * @returns the response, and the body that it belongs to. If all are refused so, these are the first ones.
	 */
	async sendInAnyForm(
		endpoint: RetryableEndpoint,
		[body, ...otherBodies]: BodyForms,
	): Promise<{ response: BankResponse; body: JsonObject }> {
		const response = await this.sendWithRetry(endpoint, body);
		if (!isInvalidRequest(response)) return { response, body };
		for (const otherBody of otherBodies) {
			const otherResponse = await this.sendWithRetry(endpoint, otherBody);
			if (!isInvalidRequest(otherResponse)) return { response: otherResponse, body: otherBody };
		}
		return { response, body };
	}

	/**
	 * `sendWithRetry` for callers that need a successful response.
	 * @returns the body of the response
	 * @throws BankRefusal, BankUnreachable
	 */
	async request(endpoint: RetryableEndpoint, body: JsonObject): Promise<JsonObject> {
		return successfulBody(await this.sendWithRetry(endpoint, body), endpoint);
	}

	/** The pause before attempt `attempt + 1`: exponential backoff with jitter, at least the bank's `Retry-After`. */
	async pause(attempt: number, response?: BankResponse): Promise<void> {
		const retryAfterMs = response?.kind === 'busy' ? response.retryAfterMs : undefined;
		const backoff = Math.min(this.retry.firstDelayMs * 2 ** (attempt - 1), this.retry.maxDelayMs);
		await this.clock.sleep(Math.max(retryAfterMs ?? 0, backoff * (0.5 + this.clock.random() / 2)));
	}

	/** Attempts in total, for flows that repeat a request themselves. */
	get maxTries(): number {
		return this.retry.tries;
	}

	/** The API version under which an endpoint is called; it decides the field names in the body. */
	versionOf(endpoint: Endpoint): ApiVersion {
		return effectiveVersion(endpoint, this.apiVersion);
	}

	/**
	 * Opens a session; moves no money. After a lost response an empty session remains, which does no harm.
	 * @throws BankRefusal, BankUnreachable
	 */
	async createSession(
		body: JsonObject = {},
		endpoint: RetryableEndpoint = endpoints.sessionCreate,
	): Promise<SessionView> {
		return await this.requestSession(endpoint, body);
	}

	/**
	 * Reads the current state of a session.
	 * @throws BankRefusal, BankUnreachable
	 */
	async readSession(sessionId: string): Promise<SessionView> {
		return await this.requestSession(endpoints.sessionStatus, { session_id: sessionId }, sessionId);
	}

	/**
	 * A response without a session, or with another session than requested, counts as lost: the request is retried.
	 * @throws BankRefusal, BankUnreachable
	 */
	private async requestSession(
		endpoint: RetryableEndpoint,
		body: JsonObject,
		expectedId?: string,
	): Promise<SessionView> {
		const reference = referenceIn(body.metadata);
		for (let attempt = 1; ; attempt++) {
			const view = readSession(await this.request(endpoint, body));
			if (view && isExpected(view, expectedId, reference)) return view;
			if (attempt >= this.retry.tries) {
				const reason: RequestFailure = view
					? { code: 'otherSession', sessionId: view.sessionId }
					: { code: 'responseIncomplete', missing: 'session' };
				throw new BankUnreachable(reason, endpoint.effect === 'prepare');
			}
			await this.pause(attempt);
		}
	}
}

const isInvalidRequest = (response: BankResponse): boolean =>
	response.kind === 'refused' && response.error.code === 'invalid_request';

/**
 * The body of a successful response.
 * @throws BankRefusal, BankUnreachable
 */
export function successfulBody(response: BankResponse, { effect }: RetryableEndpoint): JsonObject {
	if (response.kind === 'ok') return response.body;
	if (response.kind === 'refused') throw new BankRefusal(response.error, response.mayHaveActed);
	const mayHaveActed = effect === 'prepare' && response.kind === 'unknown' && response.isSent;
	throw new BankUnreachable(response.reason, mayHaveActed);
}

/** Why a response is not a success; undefined for a success. */
export function failureOf(response: BankResponse): RequestFailure | undefined {
	if (response.kind === 'ok') return undefined;
	if (response.kind !== 'refused') return response.reason;
	const { error } = response;
	return { code: isCertainRefusal(error.code) ? 'refused' : 'uncertainRefusal', error };
}

/** The last response, marked with the possibility that an earlier attempt with a lost response has succeeded. */
function afterLostResponse(response: BankResponse): BankResponse {
	if (response.kind === 'ok') return response;
	return response.kind === 'refused'
		? { ...response, mayHaveActed: true }
		: { kind: 'unknown', reason: response.reason, isSent: true };
}

/** The session has the expected ID and does not show the reference of another order. */
function isExpected(view: SessionView, id: string | undefined, reference?: string): boolean {
	const actual = referenceOf(view);
	const hasOtherReference =
		reference !== undefined && actual !== undefined && !mayBeAltered(actual, reference);
	return view.sessionId === (id ?? view.sessionId) && !hasOtherReference;
}
