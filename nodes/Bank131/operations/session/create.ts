import type { INodeProperties } from 'n8n-workflow';

import { sessionBody } from '../../../../bank131/requests/session';
import { parseAmount, type Money } from '../../../../bank131/values/money';
import { defineOperation } from '../../contract/operation';
import { currency, readCurrency } from '../../fields/amount';
import {
	additionalFields,
	customerEmail,
	customerPhone,
	customerReference,
	readExtras,
	readMetadataOrText,
} from '../../fields/extras';
import { recipientDetails, senderDetails } from '../../fields/participants';
import { readOutputOptions, sessionOptions } from '../../fields/session';
import type { ItemParameters } from '../../parameters/itemParameters';
import { sessionViewResult } from '../../results/sessionView';

const sessionMetadata: INodeProperties = {
	displayName: 'Metadata (JSON)',
	name: 'sessionMetadata',
	type: 'json',
	default: '{}',
	description:
		'Any data of yours, as a JSON object or plain text; the bank sends it back in webhooks. With a "reference" in the object the trigger shows that reference.',
};

const sessionAmount: INodeProperties = {
	displayName: 'Amount',
	name: 'sessionAmount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1500.50',
	description:
		'What the payment form asks the payer for, in rubles or in the Currency that you add. Payout: Start brings its own amount.',
};

export const create = defineOperation({
	resource: 'session',
	value: 'create',
	name: 'Create',
	action: 'Create a session',
	description:
		'Open an empty session; no money moves. Payout: Start, Payment: Start and the payment form use it.',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [
		sessionMetadata,
		additionalFields([currency, customerEmail, customerPhone, customerReference, sessionAmount]),
		recipientDetails,
		senderDetails,
		sessionOptions,
	],
	read: (param) => {
		const { customer, sender, recipient } = readExtras(param);
		return {
			contents: {
				amount: readSessionAmount(param),
				customer,
				sender,
				recipient,
				metadata: readMetadataOrText(param, 'sessionMetadata'),
			},
			output: readOutputOptions(param),
		};
	},
	run: async (input, { bank }) =>
		sessionViewResult(await bank.createSession(sessionBody(input.contents)), input.output),
});

/** If the field was added, an expression that gives nothing is a problem: the session would have no amount. */
function readSessionAmount(param: ItemParameters): Money | undefined {
	const extra = param.collection('additionalFields');
	const currencyCode = readCurrency(param);
	if (!('sessionAmount' in extra) || currencyCode === undefined) return undefined;
	const checked = parseAmount(extra.sessionAmount, 'major', currencyCode);
	return param.checked<Money>('sessionAmount', checked, { minorUnits: 0, currency: 'rub' });
}
