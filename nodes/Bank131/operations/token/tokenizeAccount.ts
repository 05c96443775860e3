import { compact } from '../../../../bank131/lib/json';
import { tokenizeAccount as tokenize } from '../../../../bank131/services/tokens';
import { checkAccount } from '../../../../bank131/values/accountNumber';
import { checkBik } from '../../../../bank131/values/identifiers';
import { defineOperation } from '../../contract/operation';
import { optionsField } from '../../fields/batchOptions';
import { readCheckPolicy, verifyCheckDigits } from '../../fields/policy';
import { requiredBankAccountFields } from '../../fields/recipient/bankAccount';

export const tokenizeAccount = defineOperation({
	resource: 'token',
	value: 'tokenizeAccount',
	name: 'Tokenize Account',
	action: 'Tokenize an account',
	description: 'Swap an account number for a token that can be stored and paid to',
	movesMoney: false,
	agentPolicy: 'resultSecret',
	fields: [...requiredBankAccountFields, optionsField([verifyCheckDigits])],
	read: (param) => {
		const bik = param.checked('bik', checkBik(param.raw('bik')), '');
		return {
			bik,
			account: param.checked(
				'account',
				checkAccount(param.raw('account'), bik, readCheckPolicy(param), 'any'),
				'',
			),
		};
	},
	run: async (input, { bank }) => ({ json: compact(await tokenize(input, bank)) }),
});
