// All scenario values in this file are INVENTED for the sandbox: the test page of the bank was not
// available (api/06 "Testing"). The error codes are the bank's. Assumption: at which step each code
// occurs. Cards, accounts and INNs have valid check digits, so strict clients accept them.
import type { OperationError } from '../protocol/bankError.mts';

/** How a payout or payment ends. Without any field it succeeds. */
export interface Outcome {
	name: string;
	/** The start request is rejected; nothing is started. */
	refused?: OperationError;
	/**
	 * The start request is rejected with a code of no table. It is booked later, or never. Only by metadata or kopecks
	 * of the request.
	 */
	unclear?: 'neverBooked' | 'bookedLater';
	/** Fails during the check, before `ready_to_confirm`. */
	declinedOnCheck?: OperationError;
	/** Fails after confirmation. */
	declinedOnPay?: OperationError;
	/**
	 * Session `error` and payout `failed`: the result is "unknown, not final" (api/06).
	 * `moneyMovesLater`: paid after all.
	 */
	uncertain?: 'nothingMoves' | 'moneyMovesLater';
	/** The receiver bank returns the money later; bank accounts only. */
	returned?: boolean;
	/** Factor for `processingMs` after confirmation. */
	processingFactor?: number;
	/** Stays `in_progress` until the control API completes it. */
	stuck?: boolean;
	/** The payer must pass 3-D Secure (payments only). */
	threeDs?: boolean;
}

/** Error of an operation as it appears in the session. */
const operationError = (code: string, description: string): OperationError => ({
	code,
	description,
});

/** All outcomes by name. Rules, metadata and the control API use these names. */
export const outcomes = {
	ok: {},
	refused: {
		refused: operationError('routing_internal_error', 'No route for this payout in the agreement'),
	},
	refusedForBalance: {
		refused: operationError('insufficient_wallet_balance', 'Collateral balance is too low'),
	},
	unclear: { unclear: 'neverBooked' },
	unclearThenBooked: { unclear: 'bookedLater' },
	declinedOnCheck: {
		declinedOnCheck: operationError('card_number_does_not_exist', 'Invalid card number'),
	},
	accountNotFound: { declinedOnCheck: operationError('account_not_found', 'Account not found') },
	rejected: {
		declinedOnCheck: {
			...operationError('operation_rejected', 'Rejected for security reasons'),
			reject_reasons: [{ rule_alias: 'sandbox_stop_list', list_alias: 'sandbox' }],
		},
	},
	declined: {
		declinedOnPay: operationError('declined_by_issuer_bank', 'Declined by the issuing bank'),
	},
	providerError: { declinedOnPay: operationError('provider_internal_error', 'Provider error') },
	providerTimeout: {
		declinedOnPay: operationError('provider_timeout', 'The provider did not answer in time'),
	},
	insufficientBalance: {
		declinedOnCheck: operationError('insufficient_wallet_balance', 'Collateral balance is too low'),
	},
	unknown: { uncertain: 'nothingMoves' },
	unknownThenPaid: { uncertain: 'moneyMovesLater' },
	returned: { returned: true },
	slow: { processingFactor: 50 },
	stuck: { stuck: true },
	threeDs: { threeDs: true },
} satisfies Record<string, Omit<Outcome, 'name'>>;

/** Name of an outcome. */
export type OutcomeName = keyof typeof outcomes;

/** One scripted value and its outcome. One rule can name several values. */
export interface ScenarioRule {
	/** Last two digits of the amount: `04` matches 1 500.04 and every other amount that ends in 04. */
	kopecks?: string;
	card?: string;
	account?: string;
	/** Phone number of an FPS payout or an FPS registration check. */
	phone?: string;
	wallet?: string;
	outcome: OutcomeName;
}

/**
 * The default rules. Metadata can name an outcome too: `"sandbox:declined"` or
 * `{"sandbox":"declined"}`.
 */
export const scenarioTable: ScenarioRule[] = [
	{ kopecks: '02', outcome: 'refused' },
	{ kopecks: '03', outcome: 'rejected' },
	{ kopecks: '04', outcome: 'declined' },
	{ kopecks: '05', outcome: 'unknown' },
	{ kopecks: '06', outcome: 'unknownThenPaid' },
	{ kopecks: '07', outcome: 'returned' },
	{ kopecks: '08', outcome: 'slow' },
	{ kopecks: '09', outcome: 'stuck' },
	{ card: '4242420000000018', outcome: 'declinedOnCheck' },
	{ card: '4242420000000026', outcome: 'declined' },
	{ card: '4242420000000034', outcome: 'unknown' },
	{ card: '4242420000000042', outcome: 'slow' },
	{ card: '4242420000000059', outcome: 'stuck' },
	{ card: '4242420000000067', outcome: 'threeDs' },
	{ card: '4242420000000075', outcome: 'providerTimeout' },
	// BIK 044525974
	{ account: '40817810900000013101', outcome: 'accountNotFound' },
	{ account: '40817810200000013102', outcome: 'returned' },
	{ account: '40817810500000013103', outcome: 'providerError' },
	{ phone: '79681310001', outcome: 'accountNotFound' },
	{ phone: '79681310002', outcome: 'declined' },
	{ wallet: '4100131000001', outcome: 'accountNotFound' },
	{ wallet: '4100131000002', outcome: 'declined' },
];

/**
 * State of a self-employed person. `slow`: pending for three polls; `silent`: always pending;
 * `fnsError`: tax service error.
 */
export type TaxpayerState =
	| 'linked'
	| 'notLinked'
	| 'notSelfEmployed'
	| 'fnsError'
	| 'slow'
	| 'silent'
	| 'overIncomeLimit'
	| 'otherPerson';

/** Scripted INNs. Every other INN is self-employed and linked. */
export const taxpayerTable: Record<string, TaxpayerState> = {
	'131000000131': 'notSelfEmployed',
	'131000000205': 'notLinked',
	'131000000389': 'fnsError',
	// Pending for three polls, then linked.
	'131000000452': 'slow',
	// The income of the year is at the limit of 2.4 million RUB: payouts with a receipt fail.
	'131000000526': 'overIncomeLimit',
	// Always pending.
	'131000000607': 'silent',
	// Linked, but check_personal_info finds another name.
	'131000000773': 'otherPerson',
};
