import type { KeyObject } from 'node:crypto';
import { Accounts } from '../store/accounts.mts';
import { IdempotencyKeys } from '../store/idempotencyKeys.mts';
import { Ledger } from '../store/ledger.mts';
import { NpdRequests } from '../store/npdRequests.mts';
import { Scenarios } from '../config/scenarios.mts';
import { SessionStore } from '../store/sessionStore.mts';
import type { Settings } from '../config/settings.mts';
import { Timers } from '../lib/timers.mts';
import { TokenVault } from '../store/tokenVault.mts';
import { Webhooks } from '../webhooks/webhookSender.mts';
import type { Faults } from '../config/faults.mts';
import type { Feed } from '../lib/eventFeed.mts';
import type { Link } from '../store/npdRequests.mts';

/** Everything one project has at the bank. A reset makes a new one. */
export interface Bank {
	settings: Settings;
	timers: Timers;
	accounts: Accounts;
	ledger: Ledger;
	tokens: TokenVault;
	scenarios: Scenarios;
	sessions: SessionStore;
	keys: IdempotencyKeys;
	npd: NpdRequests;
	/** What self-employed persons asked for in the widget, by public token. */
	links: Map<string, Link>;
	webhooks: Webhooks;
	/** Where this sandbox answers: part of the payer's redirect addresses. */
	url: string;
}

export interface BankParts {
	settings: Settings;
	startBalance: number;
	url: string;
	faults: Faults;
	feed: Feed;
	signers: { current: KeyObject; next: KeyObject };
}

export function openBank(parts: BankParts): Bank {
	const { settings, feed } = parts;
	const scenarios = new Scenarios();
	return {
		settings,
		scenarios,
		url: parts.url,
		timers: new Timers(),
		accounts: new Accounts(parts.startBalance),
		ledger: new Ledger((entry) => feed.publish('ledger', entry)),
		tokens: new TokenVault(),
		sessions: new SessionStore((session) => feed.publish('session', session.id)),
		keys: new IdempotencyKeys(),
		npd: new NpdRequests(scenarios),
		links: new Map(),
		webhooks: new Webhooks(settings, parts.faults, parts.signers, feed),
	};
}
