import { invalidRequest } from '../protocol/bankError.mts';
import { valueAt, isObject, textAt, type JsonObject } from '../lib/json.mts';
import type { AccountKind } from '../store/model.mts';
import { optionalText, requiredText } from './fields.mts';
import { isCardPayout, isFpsPayout } from './payoutDetails.mts';

const path = 'participant_details';

/**
 * Parses sender and recipient. Which fields are required depends on method and account (api/02,
 * api/14.2). Throws `invalid_request`.
 */
export function parseParticipants(
	body: JsonObject,
	details: JsonObject,
	account: AccountKind,
	hasReceipt: boolean,
): JsonObject | undefined {
	const participants = body.participant_details;
	if (participants !== undefined && participants !== null && !isObject(participants)) {
		throw invalidRequest(`${path}: object is required`);
	}
	if (isCardPayout(details) || hasReceipt) requiredText(body, `${path}.recipient.full_name`);
	optionalText(body, `${path}.recipient.full_name`);
	if (account === 'escrow') checkBeneficiary(body, details);
	return isObject(participants) ? participants : undefined;
}

/**
 * The tables of the docs have `beneficiary_id` under the recipient for FPS, the samples under the
 * sender (api/00 no. 6).
 */
function checkBeneficiary(body: JsonObject, details: JsonObject): void {
	const participant =
		isFpsPayout(details) && textAt(body, `${path}.sender.beneficiary_id`) === undefined
			? 'recipient'
			: 'sender';
	requiredText(body, `${path}.${participant}.beneficiary_id`, {
		pattern: /^(\d{10}|\d{12})$/,
		expected: 'the INN of the beneficiary, 10 or 12 digits',
	});
}

/**
 * Parses `customer`; its `reference` is required. Payments require a customer, payouts do not
 * (api/13.3). Throws `invalid_request`.
 */
export function parseCustomer(body: JsonObject, isRequired: boolean): JsonObject | undefined {
	const customer = body.customer;
	if (!isRequired && (customer === undefined || customer === null)) return undefined;
	if (!isObject(customer)) throw invalidRequest('customer: object is required');
	requiredText(body, 'customer.reference');
	const contacts = valueAt(body, 'customer.contacts');
	if (contacts !== undefined && contacts !== null && !Array.isArray(contacts)) {
		throw invalidRequest('customer.contacts: array is required');
	}
	return customer;
}
