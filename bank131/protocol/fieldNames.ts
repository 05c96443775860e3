/** The three objects that v2 renamed (bank's page "Format"); everything else is spelt the same. */
export const FIELD_NAMES_BY_VERSION = {
	payoutDetails: { v1: 'payment_method', v2: 'payout_details' },
	payouts: { v1: 'payments', v2: 'payout_list' },
	payments: { v1: 'acquiring_payments', v2: 'payment_list' },
} as const;
