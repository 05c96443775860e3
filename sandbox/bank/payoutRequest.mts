// Parses the bodies of create, init and start.
import { invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { parseDestination } from '../wire/destination.mts';
import type { Destination } from '../store/model.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { parseAmount, requireRoubles } from '../wire/amount.mts';
import { requiredObject } from '../wire/fields.mts';
import { parseCustomer, parseParticipants } from '../wire/participants.mts';
import { checkPayoutDetails, isFpsPayout } from '../wire/payoutDetails.mts';
import { checkReceiptTotal, parseReceipt } from '../wire/receipt.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';
import type { AccountKind, Money } from '../store/model.mts';
import { FIELD_NAMES_BY_VERSION } from '../protocol/apiVersions.mts';

/** A checked request for a payout. `debit` is in roubles. */
export interface PayoutRequest {
	details: JsonObject;
	destination: Destination;
	amount: Money;
	debit: Money;
	account: AccountKind;
	customer?: JsonObject;
	participants?: JsonObject;
	fiscalization?: JsonObject;
	metadata: unknown;
}

/** The draft of `session/create`, overridden by the fields of the start (api/02 "start/payout"). */
export const mergeDraft = (draft: JsonObject, body: JsonObject): JsonObject => ({
	...draft,
	...body,
});

/** Name of the details in the version of the caller, for errors. */
const detailsName = (version: ApiVersion) => FIELD_NAMES_BY_VERSION[version].details;

/**
 * Parses a payout with v2 field names. Throws `invalid_request`; the error has the field names of
 * `version`.
 */
export function parsePayout(
	bank: Bank,
	version: ApiVersion,
	body: JsonObject,
	requestedAccount: AccountKind,
	hasReceipt: boolean,
): PayoutRequest {
	const name = detailsName(version);
	if (!isObject(body.payout_details)) throw invalidRequest(`${name}: object is required`);
	const details = body.payout_details;
	// FPS payouts are debited from a settlement or escrow account only (api/03 3).
	const account =
		requestedAccount === 'collateral' && isFpsPayout(details) ? 'settlement' : requestedAccount;
	checkPayoutDetails(details, name, account);
	const amount = parseAmount(body);
	if (isFpsPayout(details)) requireRoubles(amount, 'an FPS payout');
	if (details.type === 'wallet') requireRoubles(amount, 'a wallet');
	const participants = parseParticipants(body, details, account, hasReceipt);
	const customer = parseCustomer(body, false);
	const fiscalization = hasReceipt ? parseFiscalization(body, amount) : undefined;
	const { destination, publicDetails } = parseDestination(details, bank.tokens);
	const metadata = body.metadata;
	const debit = toRoubles(amount, bank.settings.exchangeRate);
	return {
		details: publicDetails,
		destination,
		amount,
		debit,
		account,
		customer,
		participants,
		fiscalization,
		metadata,
	};
}

function parseFiscalization(body: JsonObject, amount: Money): JsonObject {
	requiredObject(body, 'fiscalization_details');
	const receipt = parseReceipt(body);
	checkReceiptTotal(receipt, amount);
	return receipt.details;
}

function toRoubles({ amount, currency }: Money, rate: number): Money {
	const isForeign = currency.toLowerCase() !== 'rub';
	return { amount: isForeign ? Math.round(amount * rate) : amount, currency: 'rub' };
}
