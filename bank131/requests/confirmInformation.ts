import { isObject, type JsonObject } from '../lib/json';
import type { ApiVersion } from '../protocol/endpoints';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';

/**
 * `confirm_information` with the field names of the version that it is sent to: a webhook may have those of the other
 * version. The payout details are in `transfer_details` (bank's pages on escrow and settlement accounts); another page
 * shows them without that object. The order of the fields and everything else stay as they are.
 */
export function spellConfirmInformation(information: JsonObject, version: ApiVersion): JsonObject {
	const spelt = renamePayoutDetails(information, version);
	return isObject(spelt.transfer_details)
		? { ...spelt, transfer_details: renamePayoutDetails(spelt.transfer_details, version) }
		: spelt;
}

function renamePayoutDetails(object: JsonObject, version: ApiVersion): JsonObject {
	const { v1, v2 } = FIELD_NAMES_BY_VERSION.payoutDetails;
	const [wanted, other] = version === 'v1' ? [v1, v2] : [v2, v1];
	if (object[other] === undefined || object[wanted] !== undefined) return object;
	return Object.fromEntries(
		Object.entries(object).map(([name, value]) => [name === other ? wanted : name, value]),
	);
}
