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
import { WebhookSender } from '../webhooks/webhookSender.mts';
import type { FaultRegistry } from '../config/faults.mts';
import type { EventFeed } from '../lib/eventFeed.mts';
import type { LinkRequest } from '../store/npdRequests.mts';

/** Everything one project has at the bank. A reset makes a new one. */
export interface Bank {
	settings: Settings;
	timers: Timers;
	accounts: Accounts;
	ledger: Ledger;
	tokens: TokenVault;
	scenarios: Scenarios;
	sessions: SessionStore;
	idempotencyKeys: IdempotencyKeys;
	npd: NpdRequests;
	/** What self-employed persons asked for in the widget, by public token. */
	linkRequests: Map<string, LinkRequest>;
	webhooks: WebhookSender;
	/** Where this sandbox answers: part of the payer's redirect addresses. */
	url: string;
}

export interface BankOptions {
	settings: Settings;
	startBalance: number;
	url: string;
	faults: FaultRegistry;
	feed: EventFeed;
	signers: { current: KeyObject; next: KeyObject };
}

export function createBank(parts: BankOptions): Bank {
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
		idempotencyKeys: new IdempotencyKeys(),
		npd: new NpdRequests(scenarios),
		linkRequests: new Map(),
		webhooks: new WebhookSender(settings, parts.faults, parts.signers, feed),
	};
}
