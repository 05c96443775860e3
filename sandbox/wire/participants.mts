import { invalid } from '../protocol/bankError.mts';
import { at, isObject, textAt, type JsonObject } from '../lib/json.mts';
import type { AccountKind } from '../store/model.mts';
import { optionalText, requiredText } from './fields.mts';
import { isCardPayout, isFpsPayout } from './payoutDetails.mts';

const path = 'participant_details';

/** Who pays and who is paid, as far as the method and the account ask for it (api/02, api/14.2). */
export function readParticipants(
	body: JsonObject,
	details: JsonObject,
	from: AccountKind,
	withReceipt: boolean,
): JsonObject | undefined {
	const participants = body.participant_details;
	if (participants !== undefined && participants !== null && !isObject(participants)) {
		throw invalid(`${path}: object is required`);
	}
	if (isCardPayout(details) || withReceipt) requiredText(body, `${path}.recipient.full_name`);
	optionalText(body, `${path}.recipient.full_name`);
	if (from === 'escrow') checkBeneficiary(body, details);
	return isObject(participants) ? participants : undefined;
}

/** Tables put `beneficiary_id` under the recipient for FPS, samples under the sender (api/00 no. 6). */
function checkBeneficiary(body: JsonObject, details: JsonObject): void {
	const place =
		isFpsPayout(details) && textAt(body, `${path}.sender.beneficiary_id`) === undefined
			? 'recipient'
			: 'sender';
	requiredText(body, `${path}.${place}.beneficiary_id`, {
		pattern: /^(\d{10}|\d{12})$/,
		says: 'the INN of the beneficiary, 10 or 12 digits',
	});
}

/** `reference` is mandatory; payments must have a customer, payouts may (api/13.3). */
export function readCustomer(body: JsonObject, mandatory: boolean): JsonObject | undefined {
	const customer = body.customer;
	if (!mandatory && (customer === undefined || customer === null)) return undefined;
	if (!isObject(customer)) throw invalid('customer: object is required');
	requiredText(body, 'customer.reference');
	const contacts = at(body, 'customer.contacts');
	if (contacts !== undefined && contacts !== null && !Array.isArray(contacts)) {
		throw invalid('customer.contacts: array is required');
	}
	return customer;
}
