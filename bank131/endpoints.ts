/**
 * Every method of the bank that this package calls. The path comes after `/api/v1/` or `/api/v2/`.
 *
 * `versions`: methods that exist in both follow the credential's API version, the others stay on v1
 * (bank's page "Format": only session methods and the FPS check have a v2).
 * `effect`: `read` changes nothing, `prepare` changes something but moves no money, `money` may move money.
 * Only `read` and `prepare` are ever repeated without looking first.
 */
export type ApiVersion = 'v1' | 'v2';

export interface Endpoint {
	readonly path: string;
	readonly versions: readonly ApiVersion[];
	readonly effect: 'read' | 'prepare' | 'money';
}

const BOTH = ['v1', 'v2'] as const;
const V1 = ['v1'] as const;

export const endpoints = {
	sessionCreate: { path: 'session/create', versions: BOTH, effect: 'prepare' },
	sessionStatus: { path: 'session/status', versions: BOTH, effect: 'read' },
	sessionConfirm: { path: 'session/confirm', versions: BOTH, effect: 'money' },
	sessionCancel: { path: 'session/cancel', versions: BOTH, effect: 'money' },
	payoutStart: { path: 'session/start/payout', versions: BOTH, effect: 'money' },
	payoutStartWithReceipt: {
		path: 'session/start/payout/fiscalization',
		versions: BOTH,
		effect: 'money',
	},
	payoutInit: { path: 'session/init/payout', versions: BOTH, effect: 'money' },
	payoutInitWithReceipt: {
		path: 'session/init/payout/fiscalization',
		versions: BOTH,
		effect: 'money',
	},
	walletBalance: { path: 'wallet/balance', versions: V1, effect: 'read' },
	selfEmployedCheck: { path: 'npd/check', versions: V1, effect: 'prepare' },
	selfEmployedResult: { path: 'npd/request/status', versions: V1, effect: 'read' },
} as const satisfies Record<string, Endpoint>;

/** Moves no money, so it may be repeated when its answer is lost. */
export type HarmlessEndpoint = Endpoint & { readonly effect: 'read' | 'prepare' };

/** The wanted version where the method has it, else the one it has. */
export const usedVersion = (endpoint: Endpoint, wanted: ApiVersion): ApiVersion =>
	endpoint.versions.includes(wanted) ? wanted : endpoint.versions[0];

export const endpointPath = (endpoint: Endpoint, wanted: ApiVersion): string =>
	`/api/${usedVersion(endpoint, wanted)}/${endpoint.path}`;

/** The three objects that v2 renamed (bank's page "Format"); everything else is spelt the same. */
export const renamed = {
	payoutDetails: { v1: 'payment_method', v2: 'payout_details' },
	payouts: { v1: 'payments', v2: 'payout_list' },
	payments: { v1: 'acquiring_payments', v2: 'payment_list' },
} as const;
