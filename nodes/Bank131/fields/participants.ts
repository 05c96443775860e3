import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/lib/json';
import { participantObject } from '../../../bank131/requests/participant';
import { checkCalendarDay } from '../../../bank131/values/dates';
import { cleanText, isGiven } from '../../../bank131/values/text';
import { isEmpty, type ItemParameters } from '../parameters/itemParameters';

/** The bank publishes the name of the field and not its meaning. */
const AS_AGREED = 'As agreed with the bank';

/**
 * The fields of a participant, in the order of the labels. A field has an example if its format matters, and a
 * description if its label does not say enough. The parameter names are the bank's field names; saved workflows use
 * them.
 */
const PARTICIPANT_FIELDS: ReadonlyArray<
	readonly [key: string, label: string, example?: string, description?: string]
> = [
	[
		'account',
		'Account',
		'40702810300200000013',
		"This participant's account; the payout goes to the account above",
	],
	['address_line', 'Address Line', undefined, 'The whole address in one line'],
	['bank_name', 'Bank Name'],
	['beneficiary_id', 'Beneficiary INN', '7727406020', 'Owner of the money on an escrow account'],
	['building', 'Building'],
	['citizenship_country_iso_3', 'Citizenship (ISO 3)', 'RUS'],
	['city', 'City'],
	['code', 'Code', undefined, AS_AGREED],
	['company_name', 'Company Name'],
	['country_iso2', 'Country (ISO 2)', 'RU'],
	['country_iso3', 'Country (ISO 3)', 'RUS'],
	['currency', 'Currency', 'RUB'],
	['date_of_birth', 'Date of Birth', '1990-01-31'],
	['date_of_incorporation', 'Date of Incorporation', '2015-01-31'],
	['description', 'Description', undefined, AS_AGREED],
	['document', 'Document', undefined, AS_AGREED],
	['email', 'Email'],
	['first_name', 'First Name'],
	['flat', 'Flat'],
	['full_name', 'Full Name'],
	['identity_document', 'Identity Document (JSON)', undefined, AS_AGREED],
	['tax_reference', 'INN (ИНН)', '7727406020'],
	['ipv4', 'IPv4 Address', '192.0.2.1'],
	['ipv6', 'IPv6 Address'],
	['last_name', 'Last Name'],
	['middle_name', 'Middle Name'],
	['msisdn', 'Phone Number', '79680000000'],
	['postal_code', 'Postal Code'],
	[
		'reference',
		'Reference',
		'courier-42',
		'ID of this participant in your system, not the Reference of the payout',
	],
	[
		'registration_number',
		'Registration Number',
		undefined,
		'Of the company, such as the OGRN (ОГРН)',
	],
	['state', 'State', undefined, 'Region of the address'],
	['street', 'Street'],
	['swift_bic_code', 'SWIFT BIC Code', 'SABRRUMM'],
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
		options: PARTICIPANT_FIELDS.map(([key, label, example, text]) => ({
			displayName: label,
			name: key,
			type: 'string',
			default: '',
			...(example !== undefined && { placeholder: `e.g. ${example}` }),
			...(text !== undefined && { description: text }),
		})),
	};
}

export const senderDetails = participantField(
	'Sender Details',
	'senderDetails',
	'Optional. Who pays, where your agreement or the payout method asks for it.',
);

export const recipientDetails = participantField(
	'Recipient Details',
	'recipientDetails',
	'Optional. More about who is paid, where your agreement or the payout method asks for it.',
);

/** What belongs to one person or company. */
const PERSONAL_KEYS: readonly string[] = [
	...['account', 'company_name', 'date_of_birth', 'document', 'email', 'first_name', 'full_name'],
	...['identity_document', 'last_name', 'middle_name', 'msisdn', 'reference', 'tax_reference'],
	...['registration_number', 'wallet_id'],
];

/**
 * The label of the first field of a participant that belongs to one person and is stored as a fixed text, not as an
 * expression: in a list it would be sent for everybody.
 */
export function findPersonalText(stored: JsonObject = {}): string | undefined {
	const key = PERSONAL_KEYS.find((one) => isGiven(stored[one]) && !isExpression(stored[one]));
	return key === undefined ? undefined : participantFieldLabel(key);
}

const isExpression = (value: unknown): boolean =>
	typeof value === 'string' && value.startsWith('=');

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
