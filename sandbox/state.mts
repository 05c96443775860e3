import type { Account } from './accounts.mts';
import type { ArmedFault } from './faults.mts';
import type { House } from './http/house.mts';
import type { MovedPoint } from './ledger.mts';
import type { AccountKind, SessionStatus } from './sessions/model.mts';
import type { Settings } from './settings.mts';

/** The bank at a glance, as plain data. */
export interface SandboxState {
	url: string;
	project: string;
	settings: Settings;
	/** Minor units of roubles that left and did not come back. */
	moneyMoved: number;
	paidTwice: string[];
	accounts: Record<AccountKind, Account>;
	sessions: Record<SessionStatus, number> & { total: number; toConfirm: number };
	payouts: { total: number; succeeded: number; failed: number; returned: number };
	requests: number;
	webhooks: number;
	ledgerEntries: number;
	points: MovedPoint[];
	faults: readonly ArmedFault[];
}

export function readState({ bank, partner, settings, faults, requests, url }: House): SandboxState {
	const sessions = { total: 0, created: 0, in_progress: 0, accepted: 0, cancelled: 0, error: 0 };
	const payouts = { total: 0, succeeded: 0, failed: 0, returned: 0 };
	let toConfirm = 0;
	for (const session of bank.sessions.all()) {
		sessions.total += 1;
		sessions[session.status] += 1;
		if (session.nextAction === 'confirm') toConfirm += 1;
		for (const payout of session.payouts) {
			if (payout.purpose !== 'payout') continue;
			payouts.total += 1;
			if (payout.status === 'succeeded') payouts.succeeded += 1;
			if (payout.status === 'failed') payouts.failed += 1;
			if (payout.refunds.length > 0) payouts.returned += 1;
		}
	}
	const { collateral, settlement, escrow } = bank.accounts;
	return {
		url,
		project: partner.project,
		settings,
		moneyMoved: bank.ledger.moneyMoved(),
		paidTwice: bank.ledger.paidTwice(),
		accounts: { collateral, settlement, escrow },
		sessions: { ...sessions, toConfirm },
		payouts,
		requests: requests.total,
		webhooks: bank.webhooks.log.total,
		ledgerEntries: bank.ledger.entries.length,
		points: bank.ledger.points,
		faults: faults.list(),
	};
}
