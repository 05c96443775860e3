import type { ApiVersion } from '../protocol/apiVersions.mts';

/** How a closed session shows its operations and their refunds. Only `list` is documented. */
export type ListShape = 'list' | 'object' | 'single' | 'wrapped' | 'renamed' | 'absent';

/**
 * How metadata is shown. Only `same` is documented. `cut`: the first 20 characters of each text. `number`: a text of
 * digits is a JSON number. `text`: an object is JSON text.
 */
export type MetadataForm =
	| 'same'
	| 'cut'
	| 'lowerCase'
	| 'htmlEscaped'
	| 'nfkc'
	| 'number'
	| 'text'
	| 'absent';

/** Settings that can change while the sandbox runs (`sandbox.set`, POST /sandbox/api/settings). */
export interface Settings {
	/** Delay before each API response, ms. The bank processes the request before the delay ends. */
	latencyMs: number;
	/** Duration of the check before `ready_to_confirm`, and of the payout after `confirm`, ms. */
	processingMs: number;
	/** "Single-request" mode of the project: payouts are paid without confirmation (api/02 J). */
	autoConfirm: boolean;
	/** The project holds acquired money until `session/capture` (api/13.8). */
	hold: boolean;
	/** Every payment by bank card requires 3-D Secure (api/13.7). */
	threeDs: boolean;
	/**
	 * Time until an unconfirmed session is cancelled, ms. 240 minutes is the figure of the sister
	 * platform; Bank 131 publishes none (api/06).
	 */
	confirmTimeoutMs: number;
	/** Time from success to a scripted return by the receiver bank, ms. */
	returnAfterMs: number;
	/**
	 * HTTP status of error responses, or one per error code. The docs name none; the fixtures of the SDK
	 * use 400 (api/01).
	 */
	errorHttpStatus: number | Record<string, number>;
	/**
	 * Which requests check idempotency keys. The docs describe start and init only (api/01); `everyPost`
	 * checks all.
	 */
	idempotencyScope: 'start' | 'everyPost';
	/** Within what a key is unique: the project, or one method (path without version). The docs are silent. */
	idempotencyNamespace: 'project' | 'method';
	/** Whether a start with a repeated key is refused, or answered with the session that the key started. */
	repeatedKey: 'refused' | 'answered';
	/**
	 * Whether a start that is refused for a business reason uses up its key; a refund too, if its key is checked. The
	 * docs are silent.
	 */
	refusedStartUsesKey: boolean;
	/**
	 * Share of starts (0 to 1) that are refused with a code of no table. Half of them are booked later. The outcomes
	 * `unclear` and `unclearThenBooked` do the same for one start.
	 */
	unclearStartRate: number;
	/** Time from such a refusal to the late booking, ms. */
	lateBookingMs: number;
	/** How payouts and payments show the metadata of their request. */
	metadataForm: MetadataForm;
	/**
	 * How refunds show the metadata of their request. The SDK has it, the documented object has not
	 * (api/13.10).
	 */
	refundMetadataForm: MetadataForm;
	/** Whether amounts are text (`"10000"`), which the SDK casts to a number. */
	amountsAsText: boolean;
	/** Where something that did not fail shows `"error": {}`. PHP writes an empty object for "none". */
	emptyErrors: 'none' | 'response' | 'everywhere';
	/** Minor units that the check subtracts from the amount of each payout and payment. */
	deductedFee: number;
	/**
	 * What `confirm_information` shows and the confirmation pays: the order, another amount, or another account. The
	 * payout shows the order.
	 */
	confirmedTransfer: 'asOrdered' | 'otherAmount' | 'otherAccount';
	/**
	 * Age of what `session/status` shows, ms. Webhooks and other responses show the present. A session whose start is
	 * younger is shown as created.
	 */
	readLagMs: number;
	/** How closed sessions show their operations and refunds: a list, or a form that no document shows. */
	listShape: ListShape;
	/** Whether a session whose operation failed ends as `accepted`, as the page "Statuses" allows. */
	closesFailedAsAccepted: boolean;
	/** Whether sessions have no `next_action`, as in samples of a sister platform and of the SDK. */
	hidesNextAction: boolean;
	/** Whether only webhooks, and no responses, show `confirm_information`. */
	hidesConfirmInformation: boolean;
	/** Form of a statement: the newest state of the bank's page nests it, older states do not (api/15). */
	statementShape: 'nested' | 'flat';
	/** Whether `fps/customer_verification` takes `session_id`: a sister platform requires it, the SDK omits it. */
	verificationSession: 'optional' | 'required' | 'refused';
	/** Body of the requests for notifications: a list of persons, or one. Neither is documented (api/15). */
	notificationsFor: 'list' | 'one';
	/** Whether the error of a repeated key contains `status: error`; the fixture of the SDK does not. */
	idempotencyErrorHasStatus: boolean;
	/** Address for webhooks; `undefined` sends none. */
	webhookUrl: string | undefined;
	/** Version of webhook bodies: that of the request that created the session, or a fixed one. */
	webhookVersion: 'session' | ApiVersion;
	/** Which key of the bank signs webhooks. */
	webhookKey: 'current' | 'next';
	/** Delay before the second delivery attempt, ms. */
	webhookRetryMs: number;
	/** Factor by which the delay grows with each attempt. */
	webhookRetryFactor: number;
	/** Maximum number of delivery attempts. */
	webhookAttempts: number;
	/** Time limit of one delivery attempt, ms. */
	webhookTimeoutMs: number;
	/** Maximum number of simultaneous deliveries. */
	webhookParallel: number;
	/** Roubles per unit of foreign currency: the docs show 10000 usd as 800000 rub (api/02 E). */
	exchangeRate: number;
	/** Maximum number of requests and of webhooks in the logs. */
	logSize: number;
}

/** Defaults of tests: fast processing, no latency. */
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
	idempotencyNamespace: 'project',
	repeatedKey: 'refused',
	refusedStartUsesKey: false,
	unclearStartRate: 0,
	lateBookingMs: 100,
	metadataForm: 'same',
	refundMetadataForm: 'same',
	amountsAsText: false,
	emptyErrors: 'none',
	deductedFee: 0,
	confirmedTransfer: 'asOrdered',
	readLagMs: 0,
	listShape: 'list',
	closesFailedAsAccepted: false,
	hidesNextAction: false,
	hidesConfirmInformation: false,
	statementShape: 'nested',
	verificationSession: 'optional',
	notificationsFor: 'list',
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

/**
 * Changes settings in place. Throws on an unknown name. `null` clears a value; `undefined` clears
 * `webhookUrl` only.
 */
export function changeSettings(settings: Settings, change: Partial<Settings>): void {
	for (const [name, value] of Object.entries(change)) {
		if (!(name in defaultSettings)) throw new Error(`There is no setting "${name}"`);
		if (value === undefined && name !== 'webhookUrl') continue;
		Object.assign(settings, { [name]: value === null ? undefined : value });
	}
}
