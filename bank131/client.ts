import {
	endpointPath,
	endpoints,
	usedVersion,
	type ApiVersion,
	type Endpoint,
	type HarmlessEndpoint,
} from './endpoints';
import { explain } from './errorCodes';
import type { Clock } from './gate';
import type { JsonObject } from './json';
import { readSession, referenceOf, type SessionView } from './session';
import { interpret, type BankError, type Reply, type Transport } from './transport';
import { referenceIn } from './views';

/** The bank said no. `message` is the bank's own description. */
export class BankRefusal extends Error {
	constructor(readonly error: BankError) {
		super(error.description);
	}

	get code(): string {
		return this.error.code;
	}

	get advice(): string | undefined {
		return explain(this.error.code)?.advice;
	}
}

/** No usable answer after all tries. For a request that moves no money this means: nothing happened, try again. */
export class BankUnreachable extends Error {}

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
		for (let attempt = 1; ; attempt++) {
			const reply = await this.send(endpoint, body);
			const isAnswer =
				reply.kind === 'ok' || (reply.kind === 'refused' && !isTemporary(reply.error.code));
			if (isAnswer || attempt >= this.retry.tries) return reply;
			await this.pause(attempt, reply);
		}
	}

	/**
	 * `repeat`, for when only a yes will do.
	 * @throws BankRefusal, BankUnreachable
	 */
	async ask(endpoint: HarmlessEndpoint, body: JsonObject): Promise<JsonObject> {
		return answerOf(await this.repeat(endpoint, body));
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
				throw new BankUnreachable(`The bank's answer ${what}`);
			}
			await this.pause(attempt);
		}
	}
}

/** @throws BankRefusal, BankUnreachable */
export function answerOf(reply: Reply): JsonObject {
	if (reply.kind === 'ok') return reply.body;
	if (reply.kind === 'refused') throw new BankRefusal(reply.error);
	throw new BankUnreachable(reply.reason);
}

export function reasonOf(reply: Reply): string {
	if (reply.kind === 'ok') return '';
	return reply.kind === 'refused'
		? `${reply.error.code}: ${reply.error.description}`
		: reply.reason;
}

const isTemporary = (code: string): boolean => code === 'internal_error';
