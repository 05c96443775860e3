/** Wire names of the three objects that v2 has renamed (bank's page "Format"). All other names are the same in both. */
export const FIELD_NAMES_BY_VERSION = {
	payoutDetails: { v1: 'payment_method', v2: 'payout_details' },
	payouts: { v1: 'payments', v2: 'payout_list' },
	payments: { v1: 'acquiring_payments', v2: 'payment_list' },
} as const;
