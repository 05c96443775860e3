import type { JsonObject } from '../lib/json';
import {
	endpointPath,
	endpoints,
	usedVersion,
	type ApiVersion,
	type Endpoint,
	type HarmlessEndpoint,
} from '../protocol/endpoints';
import { explain } from '../protocol/errorCodes';
import { referenceIn } from '../session/operation';
import { readSession, referenceOf, type SessionView } from '../session/session';
import type { Clock } from './clock';
import { interpret, type BankError, type Reply, type Transport } from './transport';

/** The bank said no. `message` is the bank's own description. */
export class BankRefusal extends Error {
	constructor(
		readonly error: BankError,
		private readonly inDoubt = false,
	) {
		super(error.description);
	}

	get code(): string {
		return this.error.code;
	}

	get advice(): string | undefined {
		const advice = explain(this.error.code)?.advice;
		return this.inDoubt ? `${REFUSED_IN_DOUBT} ${advice ?? ''}`.trim() : advice;
	}
}

const REFUSED_IN_DOUBT =
	'The answer to an earlier try was lost: that one may have done it, and this refusal may be its consequence.';

/** No usable answer after all tries. Read requests have changed nothing; `inDoubt`: what was asked for may be done. */
export class BankUnreachable extends Error {
	constructor(
		message: string,
		private readonly inDoubt = false,
	) {
		super(message);
	}

	get advice(): string {
		return this.inDoubt
			? 'Nobody knows whether the bank did it: the answers were lost. It moves no money by itself. Look where you can, then run it again.'
			: 'The bank was only asked. Try again later.';
	}
}

export interface RetryPolicy {
	/** Tries in all, at least 1. */
	tries: number;
	firstDelayMs: number;
	maxDelayMs: number;
}

const DEFAULT_RETRY: RetryPolicy = { tries: 4, firstDelayMs: 300, maxDelayMs: 5000 };

/**
 * The bank's methods, typed, over a transport. Requests that move no money are repeated on a lost answer; requests that
 * may move money go out once (`send`) and the payout flow decides.
 */
export class BankClient {
	constructor(
		private readonly transport: Transport,
		readonly apiVersion: ApiVersion,
		readonly clock: Clock,
		private readonly retry: RetryPolicy = DEFAULT_RETRY,
	) {}

	/** One request, one answer, no repeat. */
	async send(endpoint: Endpoint, body: JsonObject, idempotencyKey?: string): Promise<Reply> {
		const path = endpointPath(endpoint, this.apiVersion);
		const request =
			endpoint.method === 'GET'
				? { method: endpoint.method, path }
				: { method: 'POST' as const, path, body, idempotencyKey };
		return interpret(await this.transport(request));
	}

	/** A request that moves no money: repeated with growing pauses while the answer is lost. */
	async repeat(endpoint: HarmlessEndpoint, body: JsonObject): Promise<Reply> {
		let isLost = false;
		for (let attempt = 1; ; attempt++) {
			const reply = await this.send(endpoint, body);
			const isAnswer =
				reply.kind === 'ok' || (reply.kind === 'refused' && !isTemporary(reply.error.code));
			if (isAnswer || attempt >= this.retry.tries)
				return isLost && endpoint.effect === 'prepare' ? inDoubt(reply) : reply;
			isLost ||= reply.kind === 'refused' || (reply.kind === 'unknown' && reply.sent);
			await this.pause(attempt, reply);
		}
	}

	/**
	 * `repeat`, for when only a yes will do.
	 * @throws BankRefusal, BankUnreachable
	 */
	async ask(endpoint: HarmlessEndpoint, body: JsonObject): Promise<JsonObject> {
		return answerOf(await this.repeat(endpoint, body), endpoint);
	}

	/** The pause before try `attempt + 1`: doubling, with jitter, or what the bank asked for. */
	async pause(attempt: number, reply?: Reply): Promise<void> {
		const asked = reply?.kind === 'busy' ? reply.retryAfterMs : undefined;
		const backoff = Math.min(this.retry.firstDelayMs * 2 ** (attempt - 1), this.retry.maxDelayMs);
		await this.clock.sleep(Math.max(asked ?? 0, backoff * (0.5 + this.clock.random() / 2)));
	}

	get maxTries(): number {
		return this.retry.tries;
	}

	/** The version under which an endpoint is called, which decides how the objects in its body are spelt. */
	versionOf(endpoint: Endpoint): ApiVersion {
		return usedVersion(endpoint, this.apiVersion);
	}

	/** Opens a session; moves no money. A session whose answer was lost stays behind empty and does no harm. */
	async createSession(
		body: JsonObject = {},
		endpoint: HarmlessEndpoint = endpoints.sessionCreate,
	): Promise<SessionView> {
		return await this.askSession(endpoint, body);
	}

	async readSession(sessionId: string): Promise<SessionView> {
		return await this.askSession(endpoints.sessionStatus, { session_id: sessionId }, sessionId);
	}

	/**
	 * An answer without a session in it, or with another than the one that was asked for or opened, is as good as lost:
	 * asked again.
	 * @throws BankUnreachable when no answer has it
	 */
	private async askSession(
		endpoint: HarmlessEndpoint,
		body: JsonObject,
		wanted?: string,
	): Promise<SessionView> {
		const reference = referenceIn(body.metadata);
		for (let attempt = 1; ; attempt++) {
			const view = readSession(await this.ask(endpoint, body));
			const told = view && referenceOf(view);
			const isOther = reference !== undefined && told !== undefined && told !== reference;
			if (view && view.sessionId === (wanted ?? view.sessionId) && !isOther) return view;
			if (attempt >= this.retry.tries) {
				const what = view ? `is about another session, ${view.sessionId}` : 'has no session in it';
				throw new BankUnreachable(`The bank's answer ${what}`, endpoint.effect === 'prepare');
			}
			await this.pause(attempt);
		}
	}
}

/** @throws BankRefusal, BankUnreachable */
export function answerOf(reply: Reply, { effect }: HarmlessEndpoint): JsonObject {
	if (reply.kind === 'ok') return reply.body;
	if (reply.kind === 'refused') throw new BankRefusal(reply.error, reply.inDoubt);
	const mayBeDone = effect === 'prepare' && reply.kind === 'unknown' && reply.sent;
	throw new BankUnreachable(reply.reason, mayBeDone);
}

/** The answer to the last try when the answer to an earlier one was lost. */
function inDoubt(reply: Reply): Reply {
	if (reply.kind === 'ok') return reply;
	return reply.kind === 'refused'
		? { ...reply, inDoubt: true }
		: { kind: 'unknown', reason: reply.reason, sent: true };
}

export function reasonOf(reply: Reply): string {
	if (reply.kind === 'ok') return '';
	return reply.kind === 'refused'
		? `${reply.error.code}: ${reply.error.description}`
		: reply.reason;
}

const isTemporary = (code: string): boolean => code === 'internal_error';
