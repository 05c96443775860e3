import type { INodeProperties } from 'n8n-workflow';

import { compact } from '../../../../bank131/lib/json';
import { tokenizeCard as tokenize } from '../../../../bank131/services/tokens';
import { checkCardNumber } from '../../../../bank131/values/identifiers';
import { maskCard } from '../../../../bank131/values/mask';
import { defineOperation } from '../../contract/operation';
import { optionsField } from '../../fields/batchOptions';
import { readCheckPolicy, verifyCheckDigits } from '../../fields/policy';
import { pciNotice, requiredCardNumber } from '../../fields/recipient/card';

const tokenizeCardNotice: INodeProperties = {
	displayName:
		'Ask your manager at the bank to enable it. The bank does not publish the format of this request, so it may be refused.',
	name: 'tokenizeCardNotice',
	type: 'notice',
	default: '',
};

export const tokenizeCard = defineOperation({
	resource: 'token',
	value: 'tokenizeCard',
	name: 'Tokenize Card',
	action: 'Tokenize a card',
	description: 'Swap a card number for a token that can be stored and paid to (PCI DSS)',
	movesMoney: false,
	agentPolicy: 'resultSecret',
	fields: [tokenizeCardNotice, pciNotice, requiredCardNumber, optionsField([verifyCheckDigits])],
	read: (param) =>
		param.checked(
			'cardNumber',
			checkCardNumber(param.raw('cardNumber'), readCheckPolicy(param)),
			'',
		),
	run: async (number, { bank }) => ({
		json: compact({ maskedCard: maskCard(number), ...(await tokenize(number, bank)) }),
	}),
});
