// Reads the body of create, init and start: the wire's names in, checked facts out.
import { invalid } from '../bank-error.mts';
import type { Bank } from '../bank.mts';
import { see } from '../destination.mts';
import type { Destination } from './model.mts';
import { isObject, type JsonObject } from '../json.mts';
import { readAmount, roublesOnly } from '../rules/amount.mts';
import { objectAt } from '../rules/fields.mts';
import { readCustomer, readParticipants } from '../rules/participants.mts';
import { checkPayoutDetails, isFpsPayout } from '../rules/payout-details.mts';
import { checkReceiptTotal, readReceipt } from '../rules/receipt.mts';
import type { Version } from '../api-versions.mts';
import type { AccountKind, Amount } from './model.mts';
import { names } from '../api-versions.mts';

export interface PayoutRequest {
	details: JsonObject;
	destination: Destination;
	amount: Amount;
	debit: Amount;
	account: AccountKind;
	customer?: JsonObject;
	participants?: JsonObject;
	fiscalization?: JsonObject;
	metadata: unknown;
}

/** What `session/create` gave, overridden by what the start gives (api/02 "start/payout"). */
export const merged = (draft: JsonObject, body: JsonObject): JsonObject => ({ ...draft, ...body });

/** Names the field as the caller's version does. */
const detailsName = (version: Version) => names[version].details;

export function readPayout(
	bank: Bank,
	version: Version,
	body: JsonObject,
	from: AccountKind,
	withReceipt: boolean,
): PayoutRequest {
	const name = detailsName(version);
	if (!isObject(body.payout_details)) throw invalid(`${name}: object is required`);
	const details = body.payout_details;
	// FPS payouts leave only from a settlement or escrow account (api/03 3).
	const account = from === 'collateral' && isFpsPayout(details) ? 'settlement' : from;
	checkPayoutDetails(details, name, account);
	const amount = readAmount(body);
	if (isFpsPayout(details)) roublesOnly(amount, 'an FPS payout');
	if (details.type === 'wallet') roublesOnly(amount, 'a wallet');
	const participants = readParticipants(body, details, account, withReceipt);
	const customer = readCustomer(body, false);
	const fiscalization = withReceipt ? readFiscalization(body, amount) : undefined;
	const { destination, shown } = see(details, bank.tokens);
	const metadata = body.metadata;
	const debit = inRoubles(amount, bank.settings.exchangeRate);
	return {
		details: shown,
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

function readFiscalization(body: JsonObject, amount: Amount): JsonObject {
	objectAt(body, 'fiscalization_details');
	const receipt = readReceipt(body);
	checkReceiptTotal(receipt, amount);
	return receipt.details;
}

function inRoubles({ amount, currency }: Amount, rate: number): Amount {
	const foreign = currency.toLowerCase() !== 'rub';
	return { amount: foreign ? Math.round(amount * rate) : amount, currency: 'rub' };
}
