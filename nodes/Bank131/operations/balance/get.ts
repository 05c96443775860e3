import { getBalance } from '../../../../bank131/services/balance';
import { formatAmount } from '../../../../bank131/values/money';
import { defineOperation } from '../../contract/operation';
import { listOptions } from '../../fields/batchOptions';

export const get = defineOperation({
	resource: 'balance',
	value: 'get',
	name: 'Get Balances',
	action: 'Get the balances of the collateral accounts',
	description: 'Get what is on your collateral accounts, one item per account',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [listOptions],
	read: () => undefined,
	run: async (_input, { bank }) =>
		(await getBalance(bank)).map(({ walletId, minorUnits, currency }) => ({
			json: {
				walletId,
				balance: formatAmount(minorUnits, currency),
				balanceMinorUnits: minorUnits,
				currency: currency.toUpperCase(),
			},
		})),
});
