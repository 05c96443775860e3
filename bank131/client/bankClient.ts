import type { JsonObject } from '../lib/json';
import {
	endpointPath,
	endpoints,
	usedVersion,
	type ApiVersion,
	type Endpoint,
	type HarmlessEndpoint,
} from '../protocol/endpoints';
import { isOutcomeUncertain, isTemporary } from '../protocol/errorCodes';
import { referenceIn } from '../session/operation';
import { readSession, referenceOf, type SessionView } from '../session/session';
import type { BankError } from './bankError';
import type { Clock } from './clock';
import type { RequestFailure } from './requestFailure';
import { interpret, type Reply, type Transport } from './transport';

/** The bank refused a request. `message` is the bank's own description, or its code. */
export class BankRefusal extends Error {
	/** @param inDoubt the response to an earlier attempt was lost; that attempt may have caused the refusal */
	constructor(
		readonly error: BankError,
		readonly inDoubt = false,
	) {
		super(error.description ?? error.code);
	}

	get code(): string {
		return this.error.code;
	}
}

/** No usable response after all attempts. */
export class BankUnreachable extends Error {
	/** @param inDoubt the bank may have done what the request asked for; false for requests that only read */
	constructor(
		readonly reason: RequestFailure,
		readonly inDoubt = false,
	) {
		super(reason.code);
	}
}

export interface RetryPolicy {
	/** Attempts in total, at least 1. */
	tries: number;
	firstDelayMs: number;
	maxDelayMs: number;
}

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

	/** Sends one request without a retry. */
	async send(endpoint: Endpoint, body: JsonObject, idempotencyKey?: string): Promise<Reply> {
		const path = endpointPath(endpoint, this.apiVersion);
		const request =
			endpoint.method === 'GET'
				? { method: endpoint.method, path }
				: { method: 'POST' as const, path, body, idempotencyKey };
		return interpret(await this.transport(request));
	}

	/** Sends a request that moves no money, and retries it with growing pauses while the response is lost. */
	async repeat(endpoint: HarmlessEndpoint, body: JsonObject): Promise<Reply> {
		let hasLostResponse = false;
		for (let attempt = 1; ; attempt++) {
			const reply = await this.send(endpoint, body);
			const isAnswer =
				reply.kind === 'ok' || (reply.kind === 'refused' && !isTemporary(reply.error.code));
			if (isAnswer || attempt >= this.retry.tries)
				return hasLostResponse && endpoint.effect === 'prepare' ? inDoubt(reply) : reply;
			hasLostResponse ||= reply.kind === 'refused' || (reply.kind === 'unknown' && reply.sent);
			await this.pause(attempt, reply);
		}
	}

	/**
	 * `repeat` for callers that need a successful response.
	 * @throws BankRefusal, BankUnreachable
	 */
	async ask(endpoint: HarmlessEndpoint, body: JsonObject): Promise<JsonObject> {
		return answerOf(await this.repeat(endpoint, body), endpoint);
	}

	/** The pause before attempt `attempt + 1`: exponential backoff with jitter, at least the bank's `Retry-After`. */
	async pause(attempt: number, reply?: Reply): Promise<void> {
		const retryAfterMs = reply?.kind === 'busy' ? reply.retryAfterMs : undefined;
		const backoff = Math.min(this.retry.firstDelayMs * 2 ** (attempt - 1), this.retry.maxDelayMs);
		await this.clock.sleep(Math.max(retryAfterMs ?? 0, backoff * (0.5 + this.clock.random() / 2)));
	}

	get maxTries(): number {
		return this.retry.tries;
	}

	/** The API version under which an endpoint is called; it decides the field names in the body. */
	versionOf(endpoint: Endpoint): ApiVersion {
		return usedVersion(endpoint, this.apiVersion);
	}

	/**
	 * Opens a session; moves no money. After a lost response an empty session remains, which does no harm.
	 * @throws BankRefusal, BankUnreachable
	 */
	async createSession(
		body: JsonObject = {},
		endpoint: HarmlessEndpoint = endpoints.sessionCreate,
	): Promise<SessionView> {
		return await this.askSession(endpoint, body);
	}

	/** @throws BankRefusal, BankUnreachable */
	async readSession(sessionId: string): Promise<SessionView> {
		return await this.askSession(endpoints.sessionStatus, { session_id: sessionId }, sessionId);
	}

	/**
	 * A response without a session, or with another session than requested, counts as lost: the request is retried.
	 * @throws BankRefusal, BankUnreachable
	 */
	private async askSession(
		endpoint: HarmlessEndpoint,
		body: JsonObject,
		expectedId?: string,
	): Promise<SessionView> {
		const reference = referenceIn(body.metadata);
		for (let attempt = 1; ; attempt++) {
			const view = readSession(await this.ask(endpoint, body));
			if (view && isExpected(view, expectedId, reference)) return view;
			if (attempt >= this.retry.tries) {
				const reason: RequestFailure = view
					? { code: 'otherSession', sessionId: view.sessionId }
					: { code: 'answerIncomplete', missing: 'session' };
				throw new BankUnreachable(reason, endpoint.effect === 'prepare');
			}
			await this.pause(attempt);
		}
	}
}

/** The session has the expected ID and shows no other reference than the expected one. */
function isExpected(view: SessionView, id: string | undefined, reference?: string): boolean {
	const shown = referenceOf(view);
	const hasOtherReference = reference !== undefined && shown !== undefined && shown !== reference;
	return view.sessionId === (id ?? view.sessionId) && !hasOtherReference;
}

/**
 * The body of a successful reply.
 * @throws BankRefusal, BankUnreachable
 */
export function answerOf(reply: Reply, { effect }: HarmlessEndpoint): JsonObject {
	if (reply.kind === 'ok') return reply.body;
	if (reply.kind === 'refused') throw new BankRefusal(reply.error, reply.inDoubt);
	const mayBeDone = effect === 'prepare' && reply.kind === 'unknown' && reply.sent;
	throw new BankUnreachable(reply.reason, mayBeDone);
}

/** The reply to the last attempt after the response to an earlier one was lost. */
function inDoubt(reply: Reply): Reply {
	if (reply.kind === 'ok') return reply;
	return reply.kind === 'refused'
		? { ...reply, inDoubt: true }
		: { kind: 'unknown', reason: reply.reason, sent: true };
}

/** Why a reply is not a success; undefined for a success. */
export function failureOf(reply: Reply): RequestFailure | undefined {
	if (reply.kind === 'ok') return undefined;
	if (reply.kind !== 'refused') return reply.reason;
	const { error } = reply;
	return { code: isOutcomeUncertain(error.code) ? 'uncertainRefusal' : 'refused', error };
}
