import { seededRandom } from '../lib/seededRandom.mts';

export type ApiFaultKind =
	| 'delay'
	| 'resetBefore'
	| 'resetAfter'
	| 'errorBefore'
	| 'errorAfter'
	| 'garbage'
	| 'halfBody'
	| 'timeoutBefore'
	| 'timeoutAfter';

export type WebhookFaultKind =
	| 'webhookDrop'
	| 'webhookDuplicate'
	| 'webhookDelay'
	| 'webhookReorder';

export interface FaultMatch {
	/** End of the path (`start/payout`), or a pattern. */
	path?: string | RegExp;
	/** Only the nth request (or webhook) that fits the rest; the first is 1. */
	nth?: number;
	/** The idempotency key, `customer.reference`, or `metadata` (itself or its `reference`). */
	reference?: string;
	idempotencyKey?: string;
	sessionId?: string;
	/** 0 to 1, drawn from the sandbox's seed. */
	probability?: number;
	/** Webhook faults: the webhook's type. */
	type?: string;
}

/**
 * "Before" = the bank booked nothing. "After" = the bank did what was asked and the answer is lost
 * or replaced; `garbage` and `halfBody` are "after" too.
 */
export interface Fault {
	match?: FaultMatch;
	kind: ApiFaultKind | WebhookFaultKind;
	/** How often it strikes: once, unless `probability` is given (then without end). */
	times?: number;
	/** delay, webhookDelay: how long. timeout…: when the answer comes after all (default: never). */
	ms?: number;
	/** error…: HTTP status (default 502) and answer (default: a proxy's HTML page). garbage: body. */
	status?: number;
	headers?: Record<string, string>;
	body?: string;
}

export interface ArmedFault extends Fault {
	id: string;
	/** Requests or webhooks that fitted. */
	seen: number;
	/** How often it struck. */
	hits: number;
	left: number;
}

export interface FaultTarget {
	path?: string;
	sessionId?: string;
	idempotencyKey?: string;
	references?: unknown[];
	type?: string;
}

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

export class FaultRegistry {
	private armed: ArmedFault[] = [];
	private lastId = 0;
	private random: () => number;

	constructor(private readonly seed: number) {
		this.random = seededRandom(seed);
	}

	add(fault: Fault): ArmedFault {
		const isUnlimited = fault.match?.probability !== undefined;
		this.lastId += 1;
		const left = fault.times ?? (isUnlimited ? Infinity : 1);
		const armed = { ...fault, id: `fault-${this.lastId}`, seen: 0, hits: 0, left };
		this.armed.push(armed);
		return armed;
	}

	list(): readonly ArmedFault[] {
		return this.armed;
	}

	remove(id: string): boolean {
		const countBefore = this.armed.length;
		this.armed = this.armed.filter((fault) => fault.id !== id);
		return this.armed.length < countBefore;
	}

	/** Disarms everything and starts the same sequence of chances again. */
	clear(): void {
		this.armed = [];
		this.random = seededRandom(this.seed);
	}

	/** The fault that strikes this request, if any. A spent fault stays in the list, with its hits. */
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
