// Every trigger value in this file is INVENTED for the sandbox: the bank's own testing page could
// not be read (api/06 "Testing"). Error codes are the bank's; which of them appears at which step is
// an assumption. Cards, accounts and INN pass their check digits, so strict clients accept them.
import type { OperationError } from '../protocol/bankError.mts';

export interface Outcome {
	name: string;
	/** The start request itself is refused; nothing is begun. */
	refused?: OperationError;
	/** Fails while the bank checks, before `ready_to_confirm`. */
	declinedOnCheck?: OperationError;
	/** Fails after confirmation. */
	declinedOnPay?: OperationError;
	/** Session `error` + payout `failed`: "unknown, not final" (api/06). Money may still move. */
	uncertain?: 'nothingMoves' | 'moneyMovesLater';
	/** The receiver bank sends the money back later; accounts only. */
	returned?: boolean;
	/** Multiplies `processingMs` after confirmation. */
	processingFactor?: number;
	/** Stays `in_progress` until someone finishes it through the control API. */
	stuck?: boolean;
	/** The payer must pass 3-D Secure (payments). */
	threeDs?: boolean;
}

const operationError = (code: string, description: string): OperationError => ({
	code,
	description,
});

export const outcomes = {
	ok: {},
	refused: {
		refused: operationError('routing_internal_error', 'No route for this payout in the agreement'),
	},
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

export type OutcomeName = keyof typeof outcomes;

export interface ScenarioRule {
	/** Kopecks of the amount: `04` matches 1 500.04 and every other amount ending in 04. */
	kopecks?: string;
	card?: string;
	account?: string;
	/** Phone of an FPS payout or registration check. */
	phone?: string;
	wallet?: string;
	outcome: OutcomeName;
}

/** Also by metadata, for any payout: `"sandbox:declined"` or `{"sandbox":"declined"}`. */
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

export type TaxpayerState =
	| 'linked'
	| 'notLinked'
	| 'notSelfEmployed'
	| 'fnsError'
	| 'slow'
	| 'silent'
	| 'overIncomeLimit'
	| 'otherPerson';

/** Every INN that is not here is self-employed and linked. */
export const taxpayerTable: Record<string, TaxpayerState> = {
	'131000000131': 'notSelfEmployed',
	'131000000205': 'notLinked',
	'131000000389': 'fnsError',
	// pending for three polls, then linked
	'131000000452': 'slow',
	// income of the year is at the 2.4 mln RUB limit: payouts with a receipt fail
	'131000000526': 'overIncomeLimit',
	// pending for ever
	'131000000607': 'silent',
	// linked, but check_personal_info finds another name
	'131000000773': 'otherPerson',
};
