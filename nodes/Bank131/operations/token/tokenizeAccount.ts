import { checkAccount } from '../../../../bank131/accountChecks';
import { checkBik } from '../../../../bank131/checks';
import { compact } from '../../../../bank131/json';
import { tokenizeAccount as tokenize } from '../../../../bank131/tokens';
import { optionsField } from '../../fields/batchOptions';
import { checkPolicy, verifyCheckDigits } from '../../fields/policy';
import { operation } from '../../operation';
import { accountField, bikField } from '../../payoutMethods/bankAccount';

export const tokenizeAccount = operation({
	resource: 'token',
	value: 'tokenizeAccount',
	name: 'Tokenize Account',
	action: 'Tokenize an account',
	description: 'Swap an account number for a token that can be stored and paid to',
	movesMoney: false,
	forAgents: 'free',
	fields: [accountField, bikField, optionsField([verifyCheckDigits])],
	read: (param) => {
		const bik = param.checked('bik', checkBik(param.raw('bik')), '');
		return {
			bik,
			account: param.checked(
				'account',
				checkAccount(param.raw('account'), bik, checkPolicy(param), 'any'),
				'',
			),
		};
	},
	run: async (input, { bank }) => ({ json: compact(await tokenize(input, bank)) }),
});
