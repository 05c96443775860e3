import { compact, type JsonObject } from '../lib/json';
import { endpoints, type ApiVersion } from '../protocol/endpoints';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';
import {
	amountDetails,
	extraFields,
	participants,
	type PayoutOrder,
	type SessionRequest,
	type PayoutAccount,
} from './order';

type Route = SessionRequest['endpoints'];

/**
 * Which methods pay from which account: `/rko` is a settlement account, `/nominal` an escrow account. Cards are paid from
 * those by `multi` methods, in which the account is a payment and the card a payout (bank's pages "Settlement account",
 * "Escrow account").
 */
const routes = {
	collateral: {
		create: endpoints.sessionCreate,
		start: endpoints.payoutStart,
		init: endpoints.payoutInit,
	},
	withReceipt: {
		create: endpoints.sessionCreate,
		start: endpoints.payoutStartWithReceipt,
		init: endpoints.payoutInitWithReceipt,
	},
	settlement: {
		create: endpoints.settlementCreate,
		start: endpoints.settlementPayoutStart,
		init: endpoints.settlementPayoutInit,
	},
	escrow: {
		create: endpoints.escrowCreate,
		start: endpoints.escrowPayoutStart,
		init: endpoints.escrowPayoutInit,
	},
	settlementCard: {
		create: endpoints.settlementCardCreate,
		start: endpoints.settlementCardStart,
		init: endpoints.settlementCardInit,
	},
	escrowCard: {
		create: endpoints.escrowCardCreate,
		start: endpoints.escrowCardStart,
		init: endpoints.escrowCardInit,
	},
} satisfies Record<string, Route>;

/** A payout as the flow starts it. */
export function payoutRequest(order: PayoutOrder): SessionRequest {
	return {
		reference: order.reference,
		amount: order.amount,
		endpoints: routeOf(order),
		body: (version) => payoutBody(order, version),
	};
}

const isCard = ({ destination }: PayoutOrder): boolean => destination.details.type === 'card';

function isFps({ destination }: PayoutOrder): boolean {
	const account = destination.details.bank_account as JsonObject | undefined;
	return account?.system_type === 'faster_payment_system';
}

function routeOf(order: PayoutOrder): Route {
	const { kind } = order.payFrom;
	if (kind === 'collateral') return order.receipt ? routes.withReceipt : routes.collateral;
	if (isCard(order)) return kind === 'escrow' ? routes.escrowCard : routes.settlementCard;
	// The page's sample of an FPS payout from the settlement account uses the plain method with `sender.account`.
	// Assumption: from escrow it is the `/nominal` method; the page does not show it.
	if (kind === 'settlement' && isFps(order)) return routes.collateral;
	return routes[kind];
}

function payoutBody(order: PayoutOrder, version: ApiVersion): JsonObject {
	const { destination, extras, payFrom } = order;
	return compact({
		payment_details: isCard(order) ? internalTransfer(payFrom) : undefined,
		[FIELD_NAMES_BY_VERSION.payoutDetails[version]]: destination.details,
		amount_details: amountDetails(order.amount),
		participant_details: participantsOf(order),
		fiscalization_details: order.receipt,
		...extraFields(extras, order.reference),
	});
}

function participantsOf({
	destination,
	extras,
	payFrom,
	...order
}: PayoutOrder): JsonObject | undefined {
	const { recipientName, nameInDetails } = destination;
	// A payout with a receipt is refused without the participant's name (PHP SDK), wherever else the name stands.
	const isNamed = recipientName !== undefined && (!nameInDetails || order.receipt !== undefined);
	const name = isNamed ? { full_name: recipientName } : {};
	if (payFrom.kind === 'collateral')
		return participants({ ...extras.sender }, { ...extras.recipient, ...name });
	const beneficiary =
		payFrom.beneficiaryInn === undefined ? {} : { beneficiary_id: payFrom.beneficiaryInn };
	// The FPS page's table puts the beneficiary beside the recipient, all other samples beside the sender.
	const fps = isFps({ destination, extras, payFrom, ...order });
	const account = payFrom.account === undefined ? {} : { account: payFrom.account };
	return participants(
		{ ...extras.sender, ...account, ...(fps ? {} : beneficiary) },
		{ ...extras.recipient, ...name, ...(fps ? beneficiary : {}) },
	);
}

function internalTransfer(source: PayoutAccount): JsonObject | undefined {
	if (source.kind === 'collateral') return undefined;
	const type =
		source.kind === 'escrow' ? 'transfer_from_nominal_account' : 'transfer_from_bank_account';
	return {
		type: 'internal_transfer',
		internal_transfer: { type, [type]: { description: source.purpose ?? '' } },
	};
}
