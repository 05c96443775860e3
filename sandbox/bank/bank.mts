import type { KeyObject } from 'node:crypto';
import { Accounts } from '../store/accounts.mts';
import { IdempotencyKeys } from '../store/idempotencyKeys.mts';
import { Ledger } from '../store/ledger.mts';
import { NpdRequests } from '../store/npdRequests.mts';
import { Scenarios } from '../config/scenarios.mts';
import { SessionStore } from '../store/sessionStore.mts';
import type { Settings } from '../config/settings.mts';
import { seededRandom } from '../lib/seededRandom.mts';
import { Timers, type TimerClock } from '../lib/timers.mts';
import { TokenVault } from '../store/tokenVault.mts';
import { WebhookSender } from '../webhooks/webhookSender.mts';
import type { FaultRegistry } from '../config/faults.mts';
import type { EventFeed } from '../lib/eventFeed.mts';
import type { LinkRequest } from '../store/npdRequests.mts';

/** The state of one project at the bank. A reset creates a new one. */
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
	/** Requests of self-employed persons made in the widget, by public token. */
	linkRequests: Map<string, LinkRequest>;
	webhooks: WebhookSender;
	/** Random numbers from 0 to 1, from the seed of the sandbox. */
	random: () => number;
	/** Base address of this sandbox, for redirect addresses of payers. */
	url: string;
}

/** What a bank needs. `startBalance` is in minor units of roubles. */
export interface BankOptions {
	settings: Settings;
	startBalance: number;
	clock: TimerClock | undefined;
	seed: number;
	url: string;
	faults: FaultRegistry;
	feed: EventFeed;
	signers: { current: KeyObject; next: KeyObject };
}

/** Creates a bank without sessions. */
export function createBank(options: BankOptions): Bank {
	const { settings, feed } = options;
	const scenarios = new Scenarios();
	return {
		settings,
		scenarios,
		url: options.url,
		timers: new Timers(options.clock),
		accounts: new Accounts(options.startBalance),
		ledger: new Ledger((entry) => feed.publish('ledger', entry)),
		tokens: new TokenVault(),
		sessions: new SessionStore(settings, (session) => feed.publish('session', session.id)),
		idempotencyKeys: new IdempotencyKeys(settings),
		random: seededRandom(options.seed),
		npd: new NpdRequests(scenarios),
		linkRequests: new Map(),
		webhooks: new WebhookSender(settings, options.faults, options.signers, feed),
	};
}
