import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/lib/json';
import { participantObject } from '../../../bank131/requests/participant';
import { checkCalendarDay } from '../../../bank131/values/dates';
import { cleanText } from '../../../bank131/values/text';
import { isEmpty, type ItemParameters } from '../parameters/itemParameters';

/**
 * The fields of a participant, in the order of the labels. A field has a description if its label could be taken for
 * a field of the payout. The parameter names are the bank's field names; saved workflows use them.
 */
const PARTICIPANT_FIELDS: ReadonlyArray<
	readonly [key: string, label: string, description?: string]
> = [
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

function participantField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description,
		options: PARTICIPANT_FIELDS.map(([key, label, text]) => ({
			displayName: label,
			name: key,
			type: 'string',
			default: '',
			...(text !== undefined && { description: text }),
		})),
	};
}

export const senderDetails = participantField(
	'Sender Details',
	'senderDetails',
	'Who pays, where your agreement or the payout method asks for it',
);

export const recipientDetails = participantField(
	'Recipient Details',
	'recipientDetails',
	'More about who is paid, where your agreement or the payout method asks for it',
);

const participantFieldLabel = (key: string): string =>
	PARTICIPANT_FIELDS.find(([known]) => known === key)?.[1] ?? key;

/** Reads one participant; `undefined` if no field is filled in. Collects every problem under the collection's name. */
export function readParticipant(param: ItemParameters, name: string): JsonObject | undefined {
	const filledFields = Object.entries(param.collection(name)).filter(
		([, value]) => !isEmpty(value),
	);
	return participantObject(filledFields, {
		text: (value, key) =>
			param.checked(name, cleanText(value, { label: participantFieldLabel(key) }), ''),
		date: (value, key) =>
			param.checked(name, checkCalendarDay(value, { label: participantFieldLabel(key) }), ''),
		object: (value) => param.jsonObject(name, value),
	});
}
