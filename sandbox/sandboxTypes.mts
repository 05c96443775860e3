import type { FaultRegistry } from './config/faults.mts';
import type { RequestRecord } from './http/requestRecord.mts';
import type { SandboxKeys } from './protocol/keys.mts';
import type { Ledger } from './store/ledger.mts';
import type { Scenarios } from './config/scenarios.mts';
import type { SessionStore } from './store/sessionStore.mts';
import type { Settings } from './config/settings.mts';
import type { ApiVersion } from './protocol/apiVersions.mts';
import type { SandboxState } from './http/sandboxState.mts';
import type { TokenVault } from './store/tokenVault.mts';
import type { WebhookType } from './webhooks/webhookBody.mts';
import type { WebhookDelivery } from './webhooks/webhookSender.mts';

export interface SandboxOptions extends Partial<Settings> {
	/** 0 = any free port. */
	port?: number;
	host?: string;
	project?: string;
	/** The partner's own public key (PEM); otherwise the sandbox makes a pair. */
	partnerPublicKey?: string;
	/** Ready-made keys; by default one set per process. */
	keys?: SandboxKeys;
	/** Starting balance of each account, minor units. */
	balance?: number;
	/** Seed of the faults' chances. */
	seed?: number;
}

export interface Sandbox {
	url: string;
	project: string;
	/** Empty when the partner brought his own public key. */
	partnerPrivateKey: string;
	partnerPublicKey: string;
	bankPublicKey: string;
	bankPublicKeyNext: string;
	readonly settings: Readonly<Settings>;
	set(change: Partial<Settings>): void;
	/** Below: of the present bank; ask again after `reset`. */
	readonly sessions: SessionStore;
	readonly ledger: Ledger;
	readonly tokens: TokenVault;
	readonly scenarios: Scenarios;
	/** Newest last; bounded by the setting `logSize`. */
	readonly requests: readonly RequestRecord[];
	readonly webhooks: readonly WebhookDelivery[];
	readonly faults: FaultRegistry;
	state(): SandboxState;
	/** Minor units that left the bank and did not come back. */
	moneyMoved(): number;
	/** What the bank's control API can do, e.g. `act('ps_1', 'return')`. */
	runAction(sessionId: string, action: SandboxAction, parameters?: Record<string, unknown>): void;
	resendWebhook(id: string): void;
	signWebhook(body: string, which?: 'current' | 'next'): string;
	/** The text of a webhook about the session as it is now. */
	buildWebhook(type: WebhookType, sessionId: string, version?: ApiVersion): string;
	/** Sends this text as a webhook, signed by the bank. */
	sendWebhook(type: WebhookType, sessionId: string, body?: string): void;
	/** Ends when nothing is being checked, paid, returned or delivered. */
	idle(timeoutMs?: number): Promise<void>;
	/** A new bank: no sessions, ledger, logs, faults; settings and keys stay. */
	reset(): void;
	stop(): Promise<void>;
}

export type SandboxAction =
	| 'confirm'
	| 'cancel'
	| 'return'
	| 'succeed'
	| 'fail'
	| 'payer'
	| 'webhook';
