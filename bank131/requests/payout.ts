import { compact, objectAt, textAt, type JsonObject } from '../lib/json';
import { endpoints, type ApiVersion } from '../protocol/endpoints';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';
import { extraFields } from './extras';
import {
	amountDetails,
	type Destination,
	type DestinationKind,
	type PayingAccount,
	type PayoutOrder,
	type SessionRequest,
} from './order';
import { participantDetails } from './participant';

type Route = SessionRequest['endpoints'];

const collateral: Route = {
	create: endpoints.sessionCreate,
	start: endpoints.payoutStart,
	init: endpoints.payoutInit,
};
const collateralWithReceipt: Route = {
	create: endpoints.sessionCreate,
	start: endpoints.payoutStartWithReceipt,
	init: endpoints.payoutInitWithReceipt,
};
const settlement: Route = {
	create: endpoints.settlementCreate,
	start: endpoints.settlementPayoutStart,
	init: endpoints.settlementPayoutInit,
};
const escrow: Route = {
	create: endpoints.escrowCreate,
	start: endpoints.escrowPayoutStart,
	init: endpoints.escrowPayoutInit,
};
const settlementCard: Route = {
	create: endpoints.settlementCardCreate,
	start: endpoints.settlementCardStart,
	init: endpoints.settlementCardInit,
};
const escrowCard: Route = {
	create: endpoints.escrowCardCreate,
	start: endpoints.escrowCardStart,
	init: endpoints.escrowCardInit,
};

/**
 * The endpoints of payouts from a settlement account (`/rko`) and an escrow account (`/nominal`). Cards are paid from
 * them by `multi` methods, in which the account is a payment and the card a payout (bank's pages "Settlement account"
 * and "Escrow account").
 */
const routes: Record<'settlement' | 'escrow', Record<DestinationKind, Route>> = {
	settlement: {
		card: settlementCard,
		account: settlement,
		// The page's sample of an FPS payout from the settlement account uses the plain method with `sender.account`.
		fps: collateral,
		wallet: settlement,
		tax: settlement,
	},
	escrow: {
		card: escrowCard,
		account: escrow,
		// Assumption: FPS from escrow uses the `/nominal` method; the page does not show it.
		fps: escrow,
		wallet: escrow,
		tax: escrow,
	},
};

/** Kinds that a settlement or escrow account pays by a `multi` method, with an internal transfer that has a purpose. */
const paidByInternalTransfer: Record<DestinationKind, boolean> = {
	card: true,
	account: false,
	fps: false,
	wallet: false,
	tax: false,
};

/** Whether a payout of this kind from a settlement or escrow account needs a purpose of the transfer. */
export const needsTransferPurpose = (kind: DestinationKind): boolean =>
	paidByInternalTransfer[kind];

/** The recipient's full name, as the order has it: with the details, or in the data of the participant. */
export const recipientNameOf = ({ destination, extras }: PayoutOrder): string | undefined =>
	destination.recipientName ?? textAt(extras.recipient, 'full_name');

/** The request of a payout. Its body differs between v1 and v2 in one field name. */
export function payoutRequest(order: PayoutOrder): SessionRequest {
	const route = routeOf(order);
	return {
		kind: 'payout',
		reference: order.reference,
		amount: order.amount,
		account: accountOf(order.destination),
		// The page of FPS payouts from the settlement account, by the plain methods, shows no `confirm_information`.
		needsConfirmInformation: order.payFrom.kind !== 'collateral' && route !== collateral,
		endpoints: route,
		body: (version) => payoutBody(order, version),
	};
}

/** Number of a Russian account; an account by token or of another system has none. */
const accountOf = ({ details }: Destination): string | undefined =>
	textAt(objectAt(objectAt(details, 'bank_account'), 'ru'), 'account');

function routeOf({ destination, payFrom, receipt }: PayoutOrder): Route {
	if (payFrom.kind !== 'collateral') return routes[payFrom.kind][destination.kind];
	return receipt ? collateralWithReceipt : collateral;
}

function payoutBody(order: PayoutOrder, version: ApiVersion): JsonObject {
	const { destination, extras, payFrom } = order;
	return compact({
		payment_details: needsTransferPurpose(destination.kind) ? internalTransfer(payFrom) : undefined,
		[FIELD_NAMES_BY_VERSION.payoutDetails[version]]: destination.details,
		amount_details: amountDetails(order.amount),
		participant_details: participantsOf(order),
		fiscalization_details: order.receipt?.details,
		...extraFields(extras, order.reference),
	});
}

function participantsOf({
	destination,
	extras,
	payFrom,
	receipt,
}: PayoutOrder): JsonObject | undefined {
	const { recipientName, isNameInDetails } = destination;
	// A payout with a receipt is refused without the participant's name, even if the details hold it (PHP SDK).
	const isNamed = recipientName !== undefined && (!isNameInDetails || receipt !== undefined);
	const name = isNamed ? { full_name: recipientName } : {};
	if (payFrom.kind === 'collateral')
		return participantDetails({ ...extras.sender }, { ...extras.recipient, ...name });
	const beneficiary =
		payFrom.beneficiaryInn === undefined ? {} : { beneficiary_id: payFrom.beneficiaryInn };
	// The FPS page's table puts the beneficiary beside the recipient, all other samples beside the sender.
	const isFps = destination.kind === 'fps';
	const account = payFrom.account === undefined ? {} : { account: payFrom.account };
	return participantDetails(
		{ ...extras.sender, ...account, ...(isFps ? {} : beneficiary) },
		{ ...extras.recipient, ...name, ...(isFps ? beneficiary : {}) },
	);
}

function internalTransfer(payFrom: PayingAccount): JsonObject | undefined {
	if (payFrom.kind === 'collateral') return undefined;
	const type =
		payFrom.kind === 'escrow' ? 'transfer_from_nominal_account' : 'transfer_from_bank_account';
	return {
		type: 'internal_transfer',
		internal_transfer: { type, [type]: { description: payFrom.purpose ?? '' } },
	};
}
