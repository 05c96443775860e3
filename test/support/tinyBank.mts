/** A minimal bank for the tests of the flows: idempotency keys, session states and lost responses. */
import type { Clock } from '../../bank131/client/clock.ts';
import type { BankRequest, TransportResult } from '../../bank131/client/transport.ts';
import type { ProgressStore, Progress } from '../../bank131/flows/progress.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { endpoints } from '../../bank131/protocol/endpoints.ts';
import type { SessionRequest } from '../../bank131/requests/order.ts';

/** Time passes only while `sleep` runs. */
export class SleepClock implements Clock {
	time = 0;
	isStopped = false;
	now = () => this.time;
	random = () => 0.5;
	isCancelled = () => this.isStopped;
	sleep = async (ms: number) => {
		this.time += ms;
	};
}

/** A progress store in memory that records everything saved. */
export function createProgressStore(progress?: Progress): ProgressStore & { saved: Progress[] } {
	const saved: Progress[] = progress ? [progress] : [];
	return { saved, load: () => saved.at(-1), save: (next) => void saved.push(next) };
}

export const requestOf = (reference: string, minorUnits = 10_000): SessionRequest => ({
	kind: 'payout',
	reference,
	amount: { minorUnits, currency: 'rub' },
	endpoints: {
		create: endpoints.sessionCreate,
		start: endpoints.payoutStart,
		init: endpoints.payoutInit,
	},
	body: () => ({
		amount_details: { amount: minorUnits, currency: 'rub' },
		metadata: { reference },
	}),
});

export const answer = (body: JsonObject, httpStatus = 200): TransportResult => ({
	httpStatus,
	text: JSON.stringify(body),
});

export const refusal = (code: string): TransportResult =>
	answer({ status: 'error', error: { code, description: `said ${code}` } }, 400);

/** What happens to one request. `late`: the response is lost, and the bank acts some requests later. */
export const fates = [
	'ok',
	'lostBefore',
	'lostAfter',
	'late',
	'notSent',
	'busy',
	'page502',
	'garbageAfter',
	'noSession',
	'internalError',
] as const;
export type Fate = (typeof fates)[number];

export interface TinyRules {
	autoConfirm: boolean;
	refusesStarts: boolean;
	/** A session does not refuse a second start; only the key does. */
	takesSeveralStarts?: boolean;
	/** Every confirmation that arrives is carried out, whatever the session's state. */
	paysEachConfirmation?: boolean;
}

interface TinySession {
	id: string;
	status: 'created' | 'waiting' | 'paid';
	reference?: string;
	amount?: unknown;
}

export class TinyBank {
	readonly sessions: TinySession[] = [];
	/** References in the order of their payment. */
	readonly paid: string[] = [];
	readonly booked: string[] = [];
	readonly keys = new Set<string>();
	readonly requests: BankRequest[] = [];
	private readonly later: Array<{ after: number; respond: () => void }> = [];

	constructor(
		private readonly script: Fate[],
		private readonly rules: TinyRules,
	) {}

	readonly transport = async (request: BankRequest): Promise<TransportResult> => {
		this.requests.push(request);
		const fate = this.script.shift() ?? 'ok';
		const result = this.decide(fate, request);
		this.wakeLate();
		return result;
	};

	/** Delivers all late requests. */
	flush(): void {
		for (const { respond } of this.later.splice(0)) respond();
	}

	private decide(fate: Fate, request: BankRequest): TransportResult {
		switch (fate) {
			case 'ok':
				return this.respond(request);
			case 'lostBefore':
				return { failure: 'lost', message: 'reset' };
			case 'lostAfter':
				this.respond(request);
				return { failure: 'lost', message: 'reset' };
			case 'late':
				this.later.push({
					after: 1 + (this.requests.length % 3),
					respond: () => this.respond(request),
				});
				return { failure: 'lost', message: 'time-out' };
			case 'notSent':
				return { failure: 'notSent', message: 'no connection' };
			case 'busy':
				return { httpStatus: 429, text: '' };
			case 'page502':
				return { httpStatus: 502, text: '<html>' };
			case 'garbageAfter':
				this.respond(request);
				return { httpStatus: 200, text: '{"status":"ok","sess' };
			case 'noSession':
				this.respond(request);
				return answer({ status: 'ok' });
			case 'internalError':
				return refusal('internal_error');
		}
	}

	private wakeLate(): void {
		for (const one of this.later) one.after--;
		for (const one of this.later.filter(({ after }) => after < 0)) {
			this.later.splice(this.later.indexOf(one), 1);
			one.respond();
		}
	}

	private respond({ path, body = {}, idempotencyKey }: BankRequest): TransportResult {
		const method = path.replace('/api/v2/session/', '');
		if (method === 'create') return this.show(this.open());
		if (method === 'init/payout') {
			if (this.rules.refusesStarts) return refusal('invalid_request');
			if (this.keys.has(idempotencyKey!)) return refusal('idempotency_key_already_exists');
			return this.book(this.open(), body, idempotencyKey!);
		}
		const session = this.sessions.find(({ id }) => id === body.session_id);
		if (!session) return refusal('invalid_request');
		if (method === 'status') return this.show(session);
		if (method === 'start/payout') {
			if (this.rules.refusesStarts) return refusal('invalid_request');
			if (this.keys.has(idempotencyKey!)) return refusal('idempotency_key_already_exists');
			const isTaken = session.status !== 'created' && !this.rules.takesSeveralStarts;
			if (isTaken) return refusal('session_wrong_state');
			return this.book(session, body, idempotencyKey!);
		}
		if (method === 'confirm') {
			const isConfirmable = session.status === 'waiting' || this.rules.paysEachConfirmation;
			if (!isConfirmable) return refusal('session_wrong_state');
			return this.pay(session);
		}
		throw new Error(`the tiny bank has no ${path}`);
	}

	private open(): TinySession {
		const session: TinySession = { id: `ps_${this.sessions.length + 1}`, status: 'created' };
		this.sessions.push(session);
		return session;
	}

	private book(session: TinySession, body: JsonObject, key: string): TransportResult {
		this.keys.add(key);
		session.reference = String((body.metadata as JsonObject).reference);
		session.amount = body.amount_details;
		session.status = 'waiting';
		this.booked.push(session.reference);
		return this.rules.autoConfirm ? this.pay(session) : this.show(session);
	}

	private pay(session: TinySession): TransportResult {
		session.status = 'paid';
		this.paid.push(session.reference!);
		return this.show(session);
	}

	private show({ id, status, reference, amount }: TinySession): TransportResult {
		const payout = {
			id: id.replace('ps', 'po'),
			status: status === 'paid' ? 'succeeded' : 'pending',
			amount_details: amount as JsonObject,
			metadata: { reference },
		};
		return answer({
			status: 'ok',
			session: {
				id,
				status: { created: 'created', waiting: 'in_progress', paid: 'accepted' }[status],
				...(status === 'waiting' && { next_action: 'confirm' }),
				...(status !== 'created' && { payout_list: [payout] }),
			},
		});
	}
}
