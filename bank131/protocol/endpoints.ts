/** Version of the bank's API. The credential chooses it. */
export type ApiVersion = 'v1' | 'v2';

/** One method of the bank's API. */
export interface Endpoint {
	/** Follows `/api/v1/` or `/api/v2/`. */
	readonly path: string;
	/**
	 * A method with both versions follows the credential's version. Every other method has one version (bank's page
	 * "Format": only session methods and the FPS check have a v2).
	 */
	readonly versions: readonly ApiVersion[];
	/**
	 * `read` changes nothing. `prepare` changes something but moves no money. `money` may move money.
	 * Only `read` and `prepare` requests are retried blindly. After a lost response a `money` request is not repeated
	 * before the session has been read.
	 */
	readonly effect: 'read' | 'prepare' | 'money';
	/** POST if absent. Only the list of FPS banks is a GET (PHP SDK). */
	readonly method?: 'GET';
}

const BOTH = ['v1', 'v2'] as const;
const V1 = ['v1'] as const;
const V2 = ['v2'] as const;

/** Every method of the bank that this package calls. */
export const endpoints = {
	// sessions
	sessionCreate: { path: 'session/create', versions: BOTH, effect: 'prepare' },
	sessionStatus: { path: 'session/status', versions: BOTH, effect: 'read' },
	sessionConfirm: { path: 'session/confirm', versions: BOTH, effect: 'money' },
	sessionCancel: { path: 'session/cancel', versions: BOTH, effect: 'money' },
	sessionCapture: { path: 'session/capture', versions: BOTH, effect: 'money' },
	sessionRefund: { path: 'session/refund', versions: BOTH, effect: 'money' },
	// Known from the PHP SDK only.
	sessionMultiInit: { path: 'session/multi/init', versions: V2, effect: 'money' },
	// payouts from the collateral account
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
	// payouts to accounts from a settlement account (rko) and an escrow account (nominal)
	settlementCreate: { path: 'session/create/rko', versions: V1, effect: 'prepare' },
	settlementPayoutStart: { path: 'session/start/payout/rko', versions: V1, effect: 'money' },
	settlementPayoutInit: { path: 'session/init/payout/rko', versions: BOTH, effect: 'money' },
	escrowCreate: { path: 'session/create/nominal', versions: V1, effect: 'prepare' },
	escrowPayoutStart: { path: 'session/start/payout/nominal', versions: V1, effect: 'money' },
	escrowPayoutInit: { path: 'session/init/payout/nominal', versions: BOTH, effect: 'money' },
	// payouts to cards from the same accounts
	settlementCardCreate: { path: 'session/multi/create/rko', versions: BOTH, effect: 'prepare' },
	settlementCardStart: { path: 'session/multi/start/payment/rko', versions: BOTH, effect: 'money' },
	settlementCardInit: { path: 'session/multi/init/payment/rko', versions: V1, effect: 'money' },
	escrowCardCreate: { path: 'session/multi/create/nominal', versions: BOTH, effect: 'prepare' },
	escrowCardStart: { path: 'session/multi/start/payment/nominal', versions: BOTH, effect: 'money' },
	escrowCardInit: { path: 'session/multi/init/payment/nominal', versions: BOTH, effect: 'money' },
	// payments
	paymentStart: { path: 'session/start/payment', versions: BOTH, effect: 'money' },
	paymentInit: { path: 'session/init/payment', versions: BOTH, effect: 'money' },
	paymentInitSync: { path: 'session/init/payment/sync', versions: BOTH, effect: 'money' },
	sberPayPush: { path: 'sberpay/push', versions: V1, effect: 'prepare' },
	// Faster Payments System
	fpsBanks: { path: 'fps/banks', versions: V1, effect: 'read', method: 'GET' },
	fpsVerification: { path: 'fps/customer_verification', versions: BOTH, effect: 'prepare' },
	// tokens and widgets
	widgetToken: { path: 'token', versions: V1, effect: 'prepare' },
	tokenInfo: { path: 'token/info', versions: V1, effect: 'read' },
	tokenizeAccount: { path: 'tokenize', versions: V1, effect: 'prepare' },
	// Named on the bank's pages, its body is not documented.
	tokenizeCard: { path: 'tokenize/elements', versions: V1, effect: 'prepare' },
	recurringStatus: { path: 'recurrent/status', versions: V1, effect: 'read' },
	recurringDisable: { path: 'recurrent/disable', versions: V1, effect: 'prepare' },
	subscriptionCancel: { path: 'subscription/cancel', versions: V1, effect: 'prepare' },
	subscriptionRestore: { path: 'subscription/restore', versions: V1, effect: 'prepare' },
	// accounts
	walletBalance: { path: 'wallet/balance', versions: V1, effect: 'read' },
	accountBalance: { path: 'report/account_balance', versions: V1, effect: 'read' },
	accountStatement: { path: 'report/account_statement', versions: V1, effect: 'read' },
	// self-employed
	receiptCreate: { path: 'fiscalization', versions: V1, effect: 'money' },
	selfEmployedCheck: { path: 'npd/check', versions: V1, effect: 'prepare' },
	selfEmployedResult: { path: 'npd/request/status', versions: V1, effect: 'read' },
	personalInfoCheck: { path: 'npd/taxpayer/check_personal_info', versions: V1, effect: 'prepare' },
	notificationsCount: { path: 'npd/notifications/count', versions: V1, effect: 'read' },
	notificationsRead: { path: 'npd/notifications/read', versions: V1, effect: 'read' },
	notificationsDelivered: {
		path: 'npd/notifications/mark_as_delivered',
		versions: V1,
		effect: 'prepare',
	},
	notificationsUpdate: { path: 'npd/notifications/update', versions: V1, effect: 'prepare' },
} as const satisfies Record<string, Endpoint>;

/** An endpoint that moves no money, so a request to it is retried when its response is lost. */
export type RetryableEndpoint = Endpoint & { readonly effect: 'read' | 'prepare' };

/** The wanted version if the endpoint has it, otherwise the version that it has. */
export const effectiveVersion = (endpoint: Endpoint, wanted: ApiVersion): ApiVersion =>
	endpoint.versions.includes(wanted) ? wanted : endpoint.versions[0];

/** Path of the request, e.g. `/api/v2/session/create`. */
export const endpointPath = (endpoint: Endpoint, wanted: ApiVersion): string =>
	`/api/${effectiveVersion(endpoint, wanted)}/${endpoint.path}`;
