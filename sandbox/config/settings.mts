import type { ApiVersion } from '../protocol/apiVersions.mts';

/** What can be changed while the bank runs (`sandbox.set`, POST /sandbox/api/settings). */
export interface Settings {
	/** Fixed delay before each API answer; the bank books the request after it. */
	latencyMs: number;
	/** How long the bank checks before `ready_to_confirm` and pays after `confirm`. */
	processingMs: number;
	/** The project's "single-request" mode: payouts are paid without confirmation (api/02 J). */
	autoConfirm: boolean;
	/** The project holds acquired money until `session/capture` (api/13.8). */
	hold: boolean;
	/** Every bank card payment asks the payer for 3-D Secure (api/13.7). */
	threeDs: boolean;
	/** 240 minutes is the sister platform's figure; Bank 131 publishes none (api/06). */
	confirmTimeoutMs: number;
	/** How long after success the receiver bank sends an account payout back (scripted returns). */
	returnAfterMs: number;
	/** HTTP status of refusals. The docs name none; the SDK's fixtures use 400 (api/01). */
	errorHttpStatus: number | Record<string, number>;
	/** The docs do not say whether keys matter beyond start and init (api/01): `everyPost` tries. */
	idempotencyScope: 'start' | 'everyPost';
	/** Whether refunds show the metadata of their request: the SDK's do, the documented object has none (api/13.10). */
	refundsShowMetadata: boolean;
	/** Whether the refusal of a repeated key says `status: error`; the SDK's fixture does not. */
	idempotencyErrorHasStatus: boolean;
	webhookUrl: string | undefined;
	/** Shape of webhooks: the version of the request that opened the session, or always one. */
	webhookVersion: 'session' | ApiVersion;
	/** Which of the bank's keys signs webhooks. */
	webhookKey: 'current' | 'next';
	webhookRetryMs: number;
	webhookRetryFactor: number;
	webhookAttempts: number;
	webhookTimeoutMs: number;
	webhookParallel: number;
	/** Roubles (minor) per unit of foreign currency: 10000 usd was shown as 800000 rub (api/02 E). */
	exchangeRate: number;
	/** How many requests and webhooks are remembered. */
	logSize: number;
}

export const defaultSettings: Settings = {
	latencyMs: 0,
	processingMs: 20,
	autoConfirm: false,
	hold: false,
	threeDs: false,
	confirmTimeoutMs: 240 * 60_000,
	returnAfterMs: 200,
	errorHttpStatus: 400,
	idempotencyScope: 'start',
	refundsShowMetadata: true,
	idempotencyErrorHasStatus: false,
	webhookUrl: undefined,
	webhookVersion: 'session',
	webhookKey: 'current',
	webhookRetryMs: 100,
	webhookRetryFactor: 2,
	webhookAttempts: 6,
	webhookTimeoutMs: 5_000,
	webhookParallel: 20,
	exchangeRate: 80,
	logSize: 10_000,
};

/** Copies known settings only; a misspelt one is an error, not a silent no. */
export function changeSettings(settings: Settings, change: Partial<Settings>): void {
	for (const [name, value] of Object.entries(change)) {
		if (!(name in defaultSettings)) throw new Error(`There is no setting "${name}"`);
		if (value === undefined && name !== 'webhookUrl') continue;
		Object.assign(settings, { [name]: value === null ? undefined : value });
	}
}
