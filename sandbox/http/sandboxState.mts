import type { Account } from '../store/accounts.mts';
import type { ArmedFault } from '../config/faults.mts';
import type { SandboxContext } from './sandboxContext.mts';
import type { LedgerSums, MoneyMovedPoint } from '../store/ledger.mts';
import type { AccountKind } from '../store/model.mts';
import type { SessionCounts } from '../store/sessionCounters.mts';
import type { Settings } from '../config/settings.mts';

/** Summary of the sandbox, as plain data. */
export interface SandboxState {
	url: string;
	project: string;
	settings: Settings;
	/** Profile that was set last; single settings may have changed since. */
	profile: string;
	/** Minor units of roubles paid out and not returned. */
	moneyMoved: number;
	/** Sums of the ledger by currency and kind of entry, minor units. */
	ledgerSums: Record<string, LedgerSums>;
	/** Idempotency keys with more than one paid payout; must be empty. */
	paidTwice: string[];
	accounts: Record<AccountKind, Account>;
	sessions: SessionCounts['sessions'];
	payouts: SessionCounts['payouts'];
	requests: number;
	webhooks: number;
	ledgerEntries: number;
	points: MoneyMovedPoint[];
	faults: readonly ArmedFault[];
}

/** Reads the current summary. */
export function readSandboxState({
	bank,
	partner,
	settings,
	profile,
	faults,
	requests,
	url,
}: SandboxContext): SandboxState {
	const { sessions, payouts } = bank.sessions.counters.counts;
	const { collateral, settlement, escrow } = bank.accounts;
	return {
		url,
		project: partner.project,
		settings,
		profile,
		moneyMoved: bank.ledger.moneyMoved(),
		ledgerSums: bank.ledger.sums,
		paidTwice: bank.ledger.paidTwice(),
		accounts: { collateral, settlement, escrow },
		sessions: { ...sessions },
		payouts: { ...payouts },
		requests: requests.total,
		webhooks: bank.webhooks.log.total,
		ledgerEntries: bank.ledger.entries.length,
		points: bank.ledger.points,
		faults: faults.list(),
	};
}
