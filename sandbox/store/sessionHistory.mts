import { performance } from 'node:perf_hooks';
import type { Session } from './model.mts';

/** A state of a session that reads do not show yet. */
interface PendingState {
	/** Time of the change, ms. */
	at: number;
	session: Session;
	state: Session;
}

/** What reads show of a session. */
interface Shown {
	/** `undefined`: the session before its first recorded change. */
	state: Session | undefined;
	/** Number of its states in the queue. */
	pending: number;
}

/** Operations and refunds are changed in place, everything below them is replaced. */
function copyOf(session: Session): Session {
	const copyOperation = <T extends Session['payouts'][number] | Session['payments'][number]>(
		operation: T,
	): T => ({ ...operation, refunds: operation.refunds.map((refund) => ({ ...refund })) });
	return {
		...session,
		payouts: session.payouts.map(copyOperation),
		payments: session.payments.map(copyOperation),
	};
}

/** The session as `session/create` left it. */
const asCreated = (session: Session): Session => ({
	...session,
	status: 'created',
	updatedAt: session.createdAt,
	nextAction: undefined,
	error: undefined,
	confirmInformation: undefined,
	payouts: [],
	payments: [],
});

/**
 * Earlier states of sessions, for reads that lag behind. It keeps one state per session and those younger than the lag.
 * States before the lag was set are unknown: such a session is shown as created until a change is old enough.
 */
export class SessionHistory {
	private queue: PendingState[] = [];
	private position = 0;
	private readonly shown = new WeakMap<Session, Shown>();

	/** `lagMs` is read on each call, because the setting can change. */
	constructor(private readonly lagMs: () => number) {}

	/** Call after each change of a session. */
	record(session: Session): void {
		if (this.lagMs() <= 0) return;
		const shown = this.shown.get(session) ?? { state: undefined, pending: 0 };
		shown.pending += 1;
		this.shown.set(session, shown);
		this.queue.push({ at: performance.now(), session, state: copyOf(session) });
		this.advance();
	}

	/** The session as a read shows it: the present if it has not changed within the lag. */
	shownState(session: Session): Session {
		if (this.lagMs() <= 0) return session;
		this.advance();
		const shown = this.shown.get(session);
		if (shown === undefined || shown.pending === 0) return session;
		return shown.state ?? asCreated(session);
	}

	/** Shows the states that are old enough. */
	private advance(): void {
		const newest = performance.now() - this.lagMs();
		for (; this.position < this.queue.length; this.position++) {
			const { at, session, state } = this.queue[this.position];
			if (at > newest) break;
			const shown = this.shown.get(session);
			if (shown === undefined) continue;
			shown.pending -= 1;
			shown.state = state;
		}
		if (this.position < 1_000) return;
		this.queue = this.queue.slice(this.position);
		this.position = 0;
	}
}
