import { seededRandom } from '../lib/seededRandom.mts';

/** Faults of API requests; the table is in sandbox/README.md. */
export type ApiFaultKind =
	| 'delay'
	| 'resetBefore'
	| 'resetAfter'
	| 'errorBefore'
	| 'errorAfter'
	| 'garbage'
	| 'halfBody'
	| 'slowBody'
	| 'timeoutBefore'
	| 'timeoutAfter';

/** Faults of webhook deliveries. */
export type WebhookFaultKind =
	| 'webhookDrop'
	| 'webhookDuplicate'
	| 'webhookDelay'
	| 'webhookReorder';

/** Conditions of a fault; all of them must match. An empty object matches everything. */
export interface FaultMatch {
	/** End of the path (`start/payout`), or a pattern for the path. */
	path?: string | RegExp;
	/** Only the nth request (or webhook) that matches the other conditions; the first is 1. */
	nth?: number;
	/** The idempotency key, `customer.reference`, or `metadata` (itself or its `reference`). */
	reference?: string;
	idempotencyKey?: string;
	sessionId?: string;
	/** 0 to 1; random numbers come from the seed of the sandbox. */
	probability?: number;
	/** Webhook faults only: the type of the webhook. */
	type?: string;
}

/**
 * One fault to inject. `…Before`: the bank has not processed the request. `…After`, `garbage`,
 * `halfBody`, `slowBody`: the bank has processed the request, and its response is lost or replaced.
 */
export interface Fault {
	match?: FaultMatch;
	kind: ApiFaultKind | WebhookFaultKind;
	/** How many times the fault fires. Default: once; with `probability`: without limit. */
	times?: number;
	/**
	 * delay, webhookDelay: duration, ms. timeout…: time until a late response, ms (default: no
	 * response). slowBody: pause after each byte, ms (default: 1000).
	 */
	ms?: number;
	/** error…: HTTP status (default 502). garbage: HTTP status (default: that of the response). */
	status?: number;
	/** error…, garbage: additional response headers. */
	headers?: Record<string, string>;
	/** error…: response body (default: the HTML page of a proxy). garbage: response body. */
	body?: string;
}

/** A registered fault with its counters. */
export interface ArmedFault extends Fault {
	id: string;
	/** Number of requests or webhooks that matched, before `nth` and `probability` were applied. */
	seen: number;
	/** How many times it fired. */
	hits: number;
	/** How many times it can still fire; `Infinity` without limit. */
	left: number;
}

/** What a fault is matched against: a request or a webhook. */
export interface FaultTarget {
	path?: string;
	sessionId?: string;
	idempotencyKey?: string;
	references?: unknown[];
	type?: string;
}

/** True if the fault applies to webhook deliveries, not to API requests. */
export const isWebhookFault = (kind: Fault['kind']): kind is WebhookFaultKind =>
	kind.startsWith('webhook');

function matches(match: FaultMatch, target: FaultTarget): boolean {
	const { path, reference, idempotencyKey, sessionId, type } = match;
	if (path !== undefined) {
		const requestPath = target.path ?? '';
		if (!(typeof path === 'string' ? requestPath.endsWith(path) : path.test(requestPath)))
			return false;
	}
	if (reference !== undefined && !(target.references ?? []).includes(reference)) return false;
	if (idempotencyKey !== undefined && target.idempotencyKey !== idempotencyKey) return false;
	if (sessionId !== undefined && target.sessionId !== sessionId) return false;
	return type === undefined || target.type === type;
}

/** The registered faults, in the order in which they were added. */
export class FaultRegistry {
	private armed: ArmedFault[] = [];
	private lastId = 0;
	private random: () => number;

	constructor(private readonly seed: number) {
		this.random = seededRandom(seed);
	}

	/** Registers a fault and returns its entry; the entry is updated in place. */
	add(fault: Fault): ArmedFault {
		const isUnlimited = fault.match?.probability !== undefined;
		this.lastId += 1;
		const left = fault.times ?? (isUnlimited ? Infinity : 1);
		const armed = { ...fault, id: `fault-${this.lastId}`, seen: 0, hits: 0, left };
		this.armed.push(armed);
		return armed;
	}

	/** All faults, including those that cannot fire any more. */
	list(): readonly ArmedFault[] {
		return this.armed;
	}

	/** Removes a fault; `false` if the id is unknown. */
	remove(id: string): boolean {
		const countBefore = this.armed.length;
		this.armed = this.armed.filter((fault) => fault.id !== id);
		return this.armed.length < countBefore;
	}

	/** Removes all faults and restarts the random sequence from the seed. */
	clear(): void {
		this.armed = [];
		this.random = seededRandom(this.seed);
	}

	/**
	 * Returns the first matching fault that can still fire, and counts the hit. `undefined` if there is
	 * none.
	 */
	fireMatching(target: FaultTarget, isWebhook: boolean): ArmedFault | undefined {
		for (const fault of this.armed) {
			if (fault.left <= 0 || isWebhookFault(fault.kind) !== isWebhook) continue;
			const match = fault.match ?? {};
			if (!matches(match, target)) continue;
			fault.seen += 1;
			if (match.nth !== undefined && fault.seen < match.nth) continue;
			if (match.probability !== undefined && this.random() >= match.probability) continue;
			fault.hits += 1;
			fault.left -= 1;
			return fault;
		}
		return undefined;
	}
}
