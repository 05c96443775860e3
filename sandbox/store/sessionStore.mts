import { invalidRequest } from '../protocol/bankError.mts';
import type { JsonObject } from '../lib/json.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { AccountKind, Session } from './model.mts';
import { SessionCounters } from './sessionCounters.mts';
import { SessionHistory } from './sessionHistory.mts';
import type { Settings } from '../config/settings.mts';

/** All sessions of the project; the newest is last. */
export class SessionStore {
	readonly counters = new SessionCounters();
	private byId = new Map<string, Session>();
	private order: Session[] = [];
	private byKey = new Map<string, Session>();
	private lastNumbers = { ps: 131000, po: 202500, pm: 270500, rf: 20300 };

	private readonly history: SessionHistory;

	constructor(
		settings: Pick<Settings, 'readLagMs'>,
		private readonly onChange: (session: Session) => void,
	) {
		this.history = new SessionHistory(() => settings.readLagMs);
	}

	/** The next id. Format as in the samples of the docs: ps_3230, po_2018, pm_2705, rf_203 (api/02). */
	nextId(kind: 'ps' | 'po' | 'pm' | 'rf'): string {
		this.lastNumbers[kind] += 1;
		return `${kind}_${this.lastNumbers[kind]}`;
	}

	/** Creates a session with the status `created`. `draft` has v2 field names. */
	create(version: ApiVersion, account: AccountKind, isMulti: boolean, draft: JsonObject): Session {
		const now = bankTime();
		const session: Session = {
			id: this.nextId('ps'),
			version,
			status: 'created',
			createdAt: now,
			updatedAt: now,
			createdFor: account,
			account,
			isMulti,
			payouts: [],
			payments: [],
			draft,
		};
		this.byId.set(session.id, session);
		this.order.push(session);
		this.counters.update(session);
		this.onChange(session);
		return session;
	}

	/** Call after each change of a session: updates its time, the counters and the subscribers. */
	recordChange(session: Session): void {
		session.updatedAt = bankTime();
		this.counters.update(session);
		this.history.record(session);
		this.onChange(session);
	}

	/** The session as a read shows it now (setting `readLagMs`). Throws like `get`. */
	read(id: unknown): Session {
		return this.history.shownState(this.get(id));
	}

	/** The session; `undefined` if it does not exist. */
	find(id: string): Session | undefined {
		return this.byId.get(id);
	}

	/**
	 * The session; throws `invalid_request` if it does not exist. Assumption: the docs name no code for
	 * this.
	 */
	get(id: unknown): Session {
		if (typeof id !== 'string' || id === '') throw invalidRequest('session_id: text is required');
		const session = this.byId.get(id);
		if (session === undefined) throw invalidRequest(`session_id: session ${id} was not found`);
		return session;
	}

	/** Links a session to the idempotency key that started it. */
	linkIdempotencyKey(idempotencyKey: string, session: Session): void {
		this.byKey.set(idempotencyKey, session);
	}

	/** The session that this idempotency key started. */
	findByIdempotencyKey(key: string): Session | undefined {
		return this.byKey.get(key);
	}

	/** Number of sessions. */
	get count(): number {
		return this.order.length;
	}

	/** All sessions, oldest first. */
	all(): readonly Session[] {
		return this.order;
	}

	/** The newest `limit` sessions of those wanted, newest first. */
	recent(limit: number, isWanted: (session: Session) => boolean = () => true): Session[] {
		const found: Session[] = [];
		for (let index = this.order.length - 1; index >= 0 && found.length < limit; index--) {
			if (isWanted(this.order[index])) found.push(this.order[index]);
		}
		return found;
	}
}
