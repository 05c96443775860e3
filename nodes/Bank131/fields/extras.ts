import type { INodeProperties } from 'n8n-workflow';

import { parseJson, type Json, type JsonObject } from '../../../bank131/lib/json';
import type { Customer, OrderExtras, RoutingTag } from '../../../bank131/requests/extras';
import { enteredText } from '../../../bank131/values/text';
import { byText } from '../form/mergeFields';
import type { ItemParameters } from '../parameters/itemParameters';
import { readParticipant } from './participants';
import { readRevenueSplit, rowsOf } from './revenueSplit';
import { readTextList } from './text';

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

/** Optional fields of payouts and payments, for `additionalFields()`. */
export const commonExtras = [customerEmail, customerPhone, customRouting, deviceSession, metadata];

/** The Additional Fields collection of an operation, sorted by label. */
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

/**
 * Reads the optional data of an operation. The customer's reference is `payerReference` if it is passed, else Customer
 * Reference.
 */
export function readExtras(param: ItemParameters, payerReference?: string): OrderExtras {
	const extra = param.collection('additionalFields');
	const ownReference = param.singleLine(customerReference.name, extra.customerReference);
	return {
		customer: readCustomer(param, extra, payerReference ?? ownReference),
		sender: readParticipant(param, 'senderDetails'),
		recipient: readParticipant(param, 'recipientDetails'),
		metadata: readMetadata(param, metadata.name, extra.metadata),
		routingTags: readRoutingTags(param, extra.customRouting),
		deviceSessionIds: readTextList(param, deviceSession.name, extra.deviceSessionId),
		revenueSplit: readRevenueSplit(param, extra.revenueSplit),
	};
}

/** Reads metadata to which the Reference is added, so that it has to be an object. */
export function readMetadata(
	param: ItemParameters,
	name: string,
	value: unknown,
): JsonObject | undefined {
	if (plainText(value) === undefined) return param.jsonObject(name, value);
	param.addProblem(
		name,
		'Plain text leaves no room for the Reference, which the bank gets in the metadata',
		'Write it as an object, such as {"note": "order123"}.',
	);
	return undefined;
}

/** Reads metadata to which no Reference is added. The bank's own samples have plain text: `"metadata": "order123"`. */
export function readMetadataOrText(param: ItemParameters, name: string): Json | undefined {
	const value = param.raw(name);
	const text = plainText(value);
	if (text === undefined) return param.jsonObject(name, value);
	return param.checked(name, enteredText(text, 'it'), '');
}

/**
 * The text of metadata that is no JSON of an object or list: a number, a text, or a text in the quotation marks of
 * JSON; `undefined` for everything else. A text with the first bracket of JSON is JSON with a mistake.
 */
function plainText(value: unknown): string | number | undefined {
	if (typeof value === 'number') return value;
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const parsed = parseJson(value);
	if (typeof parsed === 'string') return parsed;
	const isJson = parsed === undefined ? /^\s*[[{]/.test(value) : typeof parsed === 'object';
	return isJson && parsed !== null ? undefined : value;
}

/** `reference` is mandatory in a Customer (bank's page "Objects"), so an email or phone alone is a problem. */
function readCustomer(
	param: ItemParameters,
	extra: JsonObject,
	reference: string,
): Customer | undefined {
	const email = param.singleLine(customerEmail.name, extra.customerEmail) || undefined;
	const phone = param.singleLine(customerPhone.name, extra.customerPhone) || undefined;
	if (reference !== '') return { reference, email, phone };
	if (email !== undefined || phone !== undefined) {
		param.addProblem(
			'customerReference',
			'The customer reference is empty',
			'The bank takes an email or phone only together with a Customer Reference.',
		);
	}
	return undefined;
}

const readRoutingTags = (param: ItemParameters, value: unknown): RoutingTag[] =>
	rowsOf(value, 'tag')
		.map((row) => ({
			rootTag: param.singleLine('rootTag', row.rootTag),
			values: readTextList(param, 'values', row.values),
		}))
		.filter(({ rootTag }) => rootTag !== '');
