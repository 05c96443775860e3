import type { FaultRegistry } from './config/faults.mts';
import type { RequestRecord } from './http/requestRecord.mts';
import type { SandboxKeys } from './protocol/keys.mts';
import type { TimerClock } from './lib/timers.mts';
import type { Ledger } from './store/ledger.mts';
import type { Scenarios } from './config/scenarios.mts';
import type { SessionStore } from './store/sessionStore.mts';
import type { Settings } from './config/settings.mts';
import type { ApiVersion } from './protocol/apiVersions.mts';
import type { SandboxState } from './http/sandboxState.mts';
import type { TokenVault } from './store/tokenVault.mts';
import type { WebhookType } from './webhooks/webhookBody.mts';
import type { WebhookDelivery } from './webhooks/webhookSender.mts';

/** Options of the start; settings can also be changed later. */
export interface SandboxOptions extends Partial<Settings> {
	/** 0 = any free port (default). */
	port?: number;
	host?: string;
	project?: string;
	/** Public key of the partner (PEM). By default the sandbox uses a generated pair. */
	partnerPublicKey?: string;
	/** Existing key pairs; by default one set per process. */
	keys?: SandboxKeys;
	/** Start balance of each account, minor units. */
	balance?: number;
	/** Seed of random faults. */
	seed?: number;
	/** Name of a profile, or several joined with `+`; `standard` by default. Given settings replace its own. */
	profile?: string;
	/** Sets the timers of the bank's processing; the system's by default. */
	clock?: TimerClock;
}

/** A running sandbox. */
export interface Sandbox {
	url: string;
	project: string;
	/** PEM; empty if the partner has its own key. */
	partnerPrivateKey: string;
	partnerPublicKey: string;
	bankPublicKey: string;
	bankPublicKeyNext: string;
	readonly settings: Readonly<Settings>;
	/** Changes settings; throws on an unknown name. */
	set(change: Partial<Settings>): void;
	/** Sets a profile of config/profiles.mts, or several joined with `+`; throws on an unknown name. */
	setProfile(names: string): void;
	/** These four belong to the current bank: read them again after `reset`. */
	readonly sessions: SessionStore;
	readonly ledger: Ledger;
	readonly tokens: TokenVault;
	readonly scenarios: Scenarios;
	/** Newest last; limited by the setting `logSize`. */
	readonly requests: readonly RequestRecord[];
	/** Newest last; limited by the setting `logSize`. */
	readonly webhooks: readonly WebhookDelivery[];
	readonly faults: FaultRegistry;
	/** Summary of the sandbox, as plain data. */
	state(): SandboxState;
	/** Minor units paid out and not returned. */
	moneyMoved(): number;
	/**
	 * Runs an action of the control API, e.g. `runAction('ps_1', 'return')`. Throws if it is not
	 * possible.
	 */
	runAction(sessionId: string, action: SandboxAction, parameters?: Record<string, unknown>): void;
	/** Sends a webhook again; unknown ids are ignored. */
	resendWebhook(id: string): void;
	/** Signs a body with a key of the bank; returns Base64. */
	signWebhook(body: string, which?: 'current' | 'next'): string;
	/** Body of a webhook about the current state of the session. */
	buildWebhook(type: WebhookType, sessionId: string, version?: ApiVersion): string;
	/** Sends a body as a webhook, signed by the bank; by default the current state of the session. */
	sendWebhook(type: WebhookType, sessionId: string, body?: string): void;
	/** Resolves when nothing is being checked, paid, returned or delivered. */
	idle(): Promise<void>;
	/** Creates a new bank: no sessions, ledger, logs or faults. Settings and keys remain. */
	reset(): void;
	/** Stops the server, all timers and deliveries. */
	stop(): Promise<void>;
}

/** Actions of the control API on a session. */
export type SandboxAction =
	| 'confirm'
	| 'cancel'
	| 'return'
	| 'succeed'
	| 'fail'
	| 'payer'
	| 'webhook';
