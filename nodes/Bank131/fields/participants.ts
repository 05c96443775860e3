import type { INodeProperties } from 'n8n-workflow';

import { cleanText } from '../../../bank131/values/text';
import { checkCalendarDay } from '../../../bank131/values/dates';
import type { Json, JsonObject } from '../../../bank131/lib/json';
import { isEmpty, type ItemParameters } from '../parameters/itemParameters';

/**
 * Participant (bank's page "Objects", the rest from the PHP SDK): the bank's name of each field, its label and, where that could be taken
 * for a field of the payout, a description; in the order of the labels.
 */
const FIELDS: ReadonlyArray<readonly [key: string, label: string, description?: string]> = [
	['account', 'Account', "This participant's account; the payout goes to the account above"],
	['address_line', 'Address Line'],
	['bank_name', 'Bank Name'],
	['beneficiary_id', 'Beneficiary INN'],
	['building', 'Building'],
	['citizenship_country_iso_3', 'Citizenship (ISO 3)'],
	['city', 'City'],
	['code', 'Code'],
	['company_name', 'Company Name'],
	['country_iso2', 'Country (ISO 2)'],
	['country_iso3', 'Country (ISO 3)'],
	['currency', 'Currency'],
	['date_of_birth', 'Date of Birth'],
	['date_of_incorporation', 'Date of Incorporation'],
	['description', 'Description'],
	['document', 'Document'],
	['email', 'Email'],
	['first_name', 'First Name'],
	['flat', 'Flat'],
	['full_name', 'Full Name'],
	['identity_document', 'Identity Document (JSON)'],
	['ipv4', 'IPv4 Address'],
	['ipv6', 'IPv6 Address'],
	['last_name', 'Last Name'],
	['middle_name', 'Middle Name'],
	['msisdn', 'Phone (MSISDN)'],
	['postal_code', 'Postal Code'],
	[
		'reference',
		'Reference',
		'ID of this participant in your system, not the Reference of the payout',
	],
	['registration_number', 'Registration Number'],
	['state', 'State'],
	['street', 'Street'],
	['swift_bic_code', 'SWIFT BIC Code'],
	['tax_reference', 'Tax Reference (INN)'],
	['wallet_id', 'Wallet ID'],
];

function participant(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description,
		options: FIELDS.map(([key, label, text]) => ({
			displayName: label,
			name: key,
			type: 'string',
			default: '',
			...(text !== undefined && { description: text }),
		})),
	};
}

export const senderDetails = participant(
	'Sender Details',
	'senderDetails',
	'Who pays, where your agreement or the payout method asks for it',
);

export const recipientDetails = participant(
	'Recipient Details',
	'recipientDetails',
	'More about who is paid, where your agreement or the payout method asks for it',
);

const labelOf = (key: string): string => FIELDS.find(([known]) => known === key)?.[1] ?? key;

/** A Participant object, or undefined when no field was filled in. */
export function readParticipant(param: ItemParameters, name: string): JsonObject | undefined {
	const filled = Object.entries(param.collection(name)).filter(([, value]) => !isEmpty(value));
	if (filled.length === 0) return undefined;
	const read = (key: string, value: unknown): Json | undefined => {
		if (key === 'identity_document') return readDocument(param, name, value);
		const check = key.startsWith('date_of_') ? checkCalendarDay : cleanText;
		return param.checked(name, check(value, { label: labelOf(key) }), '');
	};
	return Object.fromEntries(filled.map(([key, value]) => [key, read(key, value)]));
}

/** The one field that is an object (PHP SDK): `issue_date` and `id_expiration_date` in it are days as well. */
function readDocument(param: ItemParameters, name: string, value: unknown): JsonObject | undefined {
	const document = param.jsonObject(name, value);
	const days = Object.entries(document ?? {}).filter(
		([key, day]) => key.endsWith('_date') && !isEmpty(day),
	);
	const read = days.map(([key, day]) => [
		key,
		param.checked(name, checkCalendarDay(day, { label: key }), ''),
	]);
	return document && { ...document, ...Object.fromEntries(read) };
}
