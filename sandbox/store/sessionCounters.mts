import type { Session, SessionStatus } from './model.mts';

/** Numbers of sessions and payouts by status. */
export interface SessionCounts {
	sessions: Record<SessionStatus, number> & { total: number; toConfirm: number };
	payouts: { total: number; succeeded: number; failed: number; returned: number };
}

const zeroCounts = (): SessionCounts => ({
	sessions: {
		total: 0,
		toConfirm: 0,
		created: 0,
		in_progress: 0,
		accepted: 0,
		cancelled: 0,
		error: 0,
	},
	payouts: { total: 0, succeeded: 0, failed: 0, returned: 0 },
});

/** What one session adds to the counts. */
type Contribution = [
	SessionStatus,
	toConfirm: number,
	...payouts: [number, number, number, number],
];

function contributionOf(session: Session): Contribution {
	const contribution: Contribution = [
		session.status,
		session.nextAction === 'confirm' ? 1 : 0,
		0,
		0,
		0,
		0,
	];
	for (const payout of session.payouts) {
		if (payout.purpose !== 'payout') continue;
		contribution[2] += 1;
		if (payout.status === 'succeeded') contribution[3] += 1;
		if (payout.status === 'failed') contribution[4] += 1;
		if (payout.refunds.length > 0) contribution[5] += 1;
	}
	return contribution;
}

/** Counts updated with each change: the page polls often, and there can be 100,000 sessions. */
export class SessionCounters {
	readonly counts = zeroCounts();
	private readonly contributions = new WeakMap<Session, Contribution>();

	/** Replaces the previous contribution of this session. */
	update(session: Session): void {
		const before = this.contributions.get(session);
		const now = contributionOf(session);
		this.contributions.set(session, now);
		if (before === undefined) this.counts.sessions.total += 1;
		else this.add(before, -1);
		this.add(now, 1);
	}

	private add(
		[status, toConfirm, total, succeeded, failed, returned]: Contribution,
		sign: 1 | -1,
	): void {
		const { sessions, payouts } = this.counts;
		sessions[status] += sign;
		sessions.toConfirm += sign * toConfirm;
		payouts.total += sign * total;
		payouts.succeeded += sign * succeeded;
		payouts.failed += sign * failed;
		payouts.returned += sign * returned;
	}
}
