import { getAccountBalance } from '../../../../bank131/services/accounts';
import { formatAmount } from '../../../../bank131/values/money';
import { defineOperation } from '../../contract/operation';
import { listOptions } from '../../fields/batchOptions';
import { ownAccountNumber, readOwnAccountNumber } from '../../fields/ownAccount';

export const getBalance = defineOperation({
	resource: 'account',
	value: 'getBalance',
	name: 'Get Balance',
	action: 'Get the balance of an account',
	description: 'Get what is on a settlement or escrow account',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [ownAccountNumber, listOptions],
	read: readOwnAccountNumber,
	run: async (number, { bank }) => {
		const { minorUnits, currency } = await getAccountBalance(number, bank);
		return {
			json: {
				accountNumber: number,
				balance: formatAmount(minorUnits, currency),
				balanceMinorUnits: minorUnits,
				currency: currency.toUpperCase(),
			},
		};
	},
});
