/** The kind of account that pays, which decides which accounts can be paid (api/03 §2). */
export type PayingAccountKind = 'collateral' | 'settlement';

const ACCOUNTS_OF_PEOPLE = ['40817', '42301', '42302', '42303', '42304', '42305', '42306', '42307'];

/**
 * First five digits of the accounts that the bank pays to, by the account that pays. `settlement` includes escrow.
 * `any` is for tokens, which can be paid from every account.
 */
export const payableAccounts: Record<PayingAccountKind | 'any', string[]> = {
	collateral: [...ACCOUNTS_OF_PEOPLE, '40802', '40820', '40702'],
	settlement: [...ACCOUNTS_OF_PEOPLE, '40802', '40701', '40502', '40702'],
	any: [...ACCOUNTS_OF_PEOPLE, '40802', '40820', '40701', '40502', '40702'],
};
