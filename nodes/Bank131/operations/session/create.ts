import type { INodeProperties } from 'n8n-workflow';

import { resultOf } from '../../../../bank131/flows/sessionResult';
import { compact } from '../../../../bank131/lib/json';
import { sessionBody } from '../../../../bank131/requests/session';
import { parseAmount, type Money } from '../../../../bank131/values/money';
import { defineOperation } from '../../contract/operation';
import { currency, readCurrency, readOptionalReference } from '../../fields/amount';
import {
	additionalFields,
	customerEmail,
	customerPhone,
	customerReference,
	readExtras,
	readMetadata,
	readMetadataOrText,
} from '../../fields/extras';
import { recipientDetails, senderDetails } from '../../fields/participants';
import { readOutputOptions, sessionOutputFields } from '../../fields/session';
import type { ItemParameters } from '../../parameters/itemParameters';
import { sessionResult } from '../../results/sessionResult';

const sessionReference: INodeProperties = {
	displayName: 'Reference',
	name: 'sessionReference',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice-2026-0131',
	description:
		'Optional. Your own ID of what will be started in the session. It is put into the metadata.',
};

const sessionMetadata: INodeProperties = {
	displayName: 'Metadata (JSON)',
	name: 'sessionMetadata',
	type: 'json',
	default: '{}',
	description:
		'Any data of yours, as a JSON object or, without a Reference, as plain text; the bank sends it back in webhooks',
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
		sessionReference,
		additionalFields([currency, customerEmail, customerPhone, customerReference, sessionAmount]),
		recipientDetails,
		senderDetails,
		sessionMetadata,
		...sessionOutputFields,
	],
	read: (param) => {
		const { customer, sender, recipient } = readExtras(param);
		const reference = readOptionalReference(param, 'sessionReference');
		return {
			reference,
			contents: {
				amount: readSessionAmount(param),
				customer,
				sender,
				recipient,
				metadata: readSessionMetadata(param, reference),
			},
			output: readOutputOptions(param),
		};
	},
	run: async ({ reference, contents, output }, { bank }) => {
		const view = await bank.createSession(sessionBody(contents));
		return sessionResult(resultOf(view), output, compact({ reference }));
	},
});

function readSessionMetadata(param: ItemParameters, reference: string | undefined) {
	const name = sessionMetadata.name;
	if (reference === undefined) return readMetadataOrText(param, name);
	return { ...readMetadata(param, name, param.raw(name)), reference };
}

/** If the field was added, an expression that gives nothing is a problem: the session would have no amount. */
function readSessionAmount(param: ItemParameters): Money | undefined {
	const extra = param.collection('additionalFields');
	const currencyCode = readCurrency(param);
	if (!('sessionAmount' in extra) || currencyCode === undefined) return undefined;
	const checked = parseAmount(extra.sessionAmount, 'major', currencyCode);
	return param.checked<Money>('sessionAmount', checked, { minorUnits: 0, currency: 'rub' });
}
