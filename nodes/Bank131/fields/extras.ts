import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/lib/json';
import type { OrderExtras } from '../../../bank131/requests/order';
import type { ItemParameters } from '../parameters/itemParameters';
import { byText } from '../form/mergeFields';
import { readTextList } from './text';
import { readParticipant } from './participants';
import { readRevenueSplit, rowsOf } from './revenueSplit';

export const customerEmail: INodeProperties = {
	displayName: 'Customer Email',
	name: 'customerEmail',
	type: 'string',
	placeholder: 'name@email.com',
	default: '',
	description: "The customer's email address",
};

export const customerPhone: INodeProperties = {
	displayName: 'Customer Phone',
	name: 'customerPhone',
	type: 'string',
	default: '',
	placeholder: 'e.g. 79680000000',
	description: "The customer's phone number, for your records at the bank",
};

export const customerReference: INodeProperties = {
	displayName: 'Customer Reference',
	name: 'customerReference',
	type: 'string',
	default: '',
	placeholder: 'e.g. courier-42',
	description: 'Who the person is in your own system. Needed when an email or phone is given.',
};

const customRouting: INodeProperties = {
	displayName: 'Custom Routing',
	name: 'customRouting',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
	placeholder: 'Add Tag',
	default: {},
	description: 'Routing tags agreed with the bank',
	options: [
		{
			displayName: 'Tag',
			name: 'tag',
			values: [
				{ displayName: 'Root Tag', name: 'rootTag', type: 'string', default: '' },
				{
					displayName: 'Values',
					name: 'values',
					type: 'string',
					default: '',
					description: 'One or several values, comma-separated',
				},
			],
		},
	],
};

const deviceSession: INodeProperties = {
	displayName: 'Device Session ID',
	name: 'deviceSessionId',
	type: 'string',
	default: '',
	description:
		"Fingerprint of the payer's device, for the bank's antifraud. Several: comma-separated.",
};

export const metadata: INodeProperties = {
	displayName: 'Metadata (JSON)',
	name: 'metadata',
	type: 'json',
	default: '{}',
	description:
		'Any data of yours as a JSON object. The bank stores it and sends it back in webhooks, beside your reference.',
};

/** What a payout or payment may carry along, to be put into Additional Fields. */
export const commonExtras = [customerEmail, customerPhone, customRouting, deviceSession, metadata];

/** The Additional Fields of an operation, by name. */
export function additionalFields(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [...options].sort(byText(({ displayName }) => displayName)),
	};
}

/** `reference`: the customer's reference when it is a field of its own. */
export function readExtras(param: ItemParameters, reference?: string): OrderExtras {
	const extra = param.collection('additionalFields');
	const own = param.textOf(customerReference.name, extra.customerReference);
	return {
		customer: readCustomer(param, extra, reference ?? own),
		sender: readParticipant(param, 'senderDetails'),
		recipient: readParticipant(param, 'recipientDetails'),
		metadata: param.jsonObject('metadata', extra.metadata),
		customRouting: readRouting(param, extra.customRouting),
		paymentMetadata: readDevice(param, extra.deviceSessionId),
		revenueSplit: readRevenueSplit(param, extra.revenueSplit),
	};
}

/** Customer (bank's page "Objects"): `reference` is mandatory in it. */
function readCustomer(
	param: ItemParameters,
	extra: JsonObject,
	reference: string,
): JsonObject | undefined {
	const email = param.textOf(customerEmail.name, extra.customerEmail);
	const phone = param.textOf(customerPhone.name, extra.customerPhone);
	const contact = { ...(email !== '' && { email }), ...(phone !== '' && { phone }) };
	const hasContact = email !== '' || phone !== '';
	if (reference !== '') return { reference, ...(hasContact && { contacts: [contact] }) };
	if (hasContact) {
		param.problem(
			'customerReference',
			'The customer reference is empty',
			'The bank takes an email or phone only together with a Customer Reference.',
		);
	}
	return undefined;
}

function readRouting(param: ItemParameters, value: unknown): JsonObject | undefined {
	const tags = rowsOf(value, 'tag')
		.map((row) => ({
			root_tag: param.textOf('rootTag', row.rootTag),
			values: readTextList(param, 'values', row.values),
		}))
		.filter((tag) => tag.root_tag !== '');
	return tags.length > 0 ? { tags } : undefined;
}

function readDevice(param: ItemParameters, value: unknown): JsonObject | undefined {
	const ids = readTextList(param, deviceSession.name, value);
	if (ids.length === 0) return undefined;
	return ids.length === 1 ? { device_session_id: ids[0] } : { device_session_id_list: ids };
}
