import type { KeyObject } from 'node:crypto';
import { Accounts } from './accounts.mts';
import { IdempotencyKeys } from './idempotency.mts';
import { Ledger } from './ledger.mts';
import { NpdRequests } from './npd.mts';
import { Scenarios } from './scenarios.mts';
import { SessionStore } from './sessions/store.mts';
import type { Settings } from './settings.mts';
import { Timers } from './time.mts';
import { TokenVault } from './tokens.mts';
import { Webhooks } from './webhooks/deliver.mts';
import type { Faults } from './faults.mts';
import type { Feed } from './http/feed.mts';
import type { Link } from './npd.mts';

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
