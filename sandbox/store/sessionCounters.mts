import type { Session, SessionStatus } from './model.mts';
import { isEmpty, operationState, type OperationState } from './operationState.mts';

/** Numbers of sessions and payouts. */
export interface SessionCounts {
	/** By status; `empty`: nothing was started in them. */
	sessions: Record<SessionStatus, number> & { total: number; empty: number };
	/**
	 * Payouts by state, which add up to the total. Checks of recipients and receipts without a payout are not counted.
	 */
	payouts: Record<OperationState, number> & { total: number };
}

const zeroCounts = (): SessionCounts => ({
	sessions: {
		total: 0,
		empty: 0,
		created: 0,
		in_progress: 0,
		accepted: 0,
		cancelled: 0,
		error: 0,
	},
	payouts: {
		total: 0,
		paid: 0,
		returned: 0,
		awaitingConfirmation: 0,
		awaitingPayer: 0,
		awaitingCapture: 0,
		inProgress: 0,
		declined: 0,
		cancelled: 0,
		unknown: 0,
	},
});

/** What one session adds to the counts. */
interface Contribution {
	status: SessionStatus;
	isEmpty: boolean;
	payouts: OperationState[];
}

const contributionOf = (session: Session): Contribution => ({
	status: session.status,
	isEmpty: isEmpty(session),
	payouts: session.payouts
		.filter(({ purpose }) => purpose === 'payout')
		.map((payout) => operationState(session, payout)),
});

/** Counts updated with each change: the page polls often, and there can be 100,000 sessions. */
export class SessionCounters {
	readonly counts = zeroCounts();
	private readonly contributions = new WeakMap<Session, Contribution>();

	/** Replaces the previous contribution of this session. */
	update(session: Session): void {
		const before = this.contributions.get(session);
		const now = contributionOf(session);
		this.contributions.set(session, now);
		if (before !== undefined) this.add(before, -1);
		this.add(now, 1);
	}

	private add({ status, isEmpty: empty, payouts }: Contribution, sign: 1 | -1): void {
		const { counts } = this;
		counts.sessions.total += sign;
		counts.sessions.empty += empty ? sign : 0;
		counts.sessions[status] += sign;
		for (const state of payouts) {
			counts.payouts.total += sign;
			counts.payouts[state] += sign;
		}
	}
}
