import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/json';
import type { OrderExtras } from '../../../bank131/order';
import { isEmpty, type ItemParameters } from '../parameters';
import { byText } from '../shownFields';
import { readParticipant } from './participants';

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

export const revenueSplit: INodeProperties = {
	displayName: 'Revenue Split',
	name: 'revenueSplit',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Share' },
	placeholder: 'Add Share',
	default: {},
	description: 'Shares of contractors known to the bank; one of them may take the rest',
	options: [
		{
			displayName: 'Share',
			name: 'share',
			values: [
				{ displayName: 'Contractor Alias', name: 'contractorAlias', type: 'string', default: '' },
				{
					displayName: 'Percent',
					name: 'percent',
					type: 'string',
					default: '',
					placeholder: 'e.g. 10',
				},
				{
					displayName: 'Takes the Rest',
					name: 'remains',
					type: 'boolean',
					default: false,
					description: 'Whether this contractor gets what the others leave',
				},
			],
		},
	],
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
	return {
		customer: readCustomer(param, extra, reference ?? textOf(extra.customerReference)),
		sender: readParticipant(param, 'senderDetails'),
		recipient: readParticipant(param, 'recipientDetails'),
		metadata: param.jsonObject('metadata', extra.metadata),
		customRouting: readRouting(extra.customRouting),
		paymentMetadata: readDevice(textOf(extra.deviceSessionId)),
		revenueSplit: readSplit(param, extra.revenueSplit),
	};
}

const textOf = (value: unknown): string => (isEmpty(value) ? '' : String(value).trim());

const listOf = (text: string): string[] =>
	text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);

/** Customer (bank's page "Objects"): `reference` is mandatory in it. */
function readCustomer(
	param: ItemParameters,
	extra: JsonObject,
	reference: string,
): JsonObject | undefined {
	const email = textOf(extra.customerEmail);
	const phone = textOf(extra.customerPhone);
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

function readRouting(value: unknown): JsonObject | undefined {
	const tags = rowsOf(value, 'tag')
		.map((row) => ({ root_tag: textOf(row.rootTag), values: listOf(textOf(row.values)) }))
		.filter((tag) => tag.root_tag !== '');
	return tags.length > 0 ? { tags } : undefined;
}

function readDevice(text: string): JsonObject | undefined {
	const ids = listOf(text);
	if (ids.length === 0) return undefined;
	return ids.length === 1 ? { device_session_id: ids[0] } : { device_session_id_list: ids };
}

function readSplit(param: ItemParameters, value: unknown): JsonObject[] | undefined {
	const shares = rowsOf(value, 'share').map((row) => {
		const alias = textOf(row.contractorAlias);
		const percent = textOf(row.percent);
		if (alias === '' || (row.remains !== true && percent === '')) {
			param.problem(
				'revenueSplit',
				'A share has no contractor or no size',
				'Give each share a Contractor Alias, and a Percent or Takes the Rest.',
			);
		}
		return { contractor_alias: alias, ...(row.remains === true ? { remains: true } : { percent }) };
	});
	return shares.length > 0 ? shares : undefined;
}

function rowsOf(value: unknown, group: string): JsonObject[] {
	const list = (value as JsonObject | undefined)?.[group];
	return Array.isArray(list) ? (list as JsonObject[]) : [];
}
