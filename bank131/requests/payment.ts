import { compact, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import type { Money } from '../values/money';
import {
	amountDetails,
	extraFields,
	participants,
	type OrderExtras,
	type SessionRequest,
} from './order';

/** What a payer pays with: the `payment_details` object, made by one of `paymentMethods/`. Never output, log or store it. */
export interface PaymentMethodDetails {
	details: JsonObject;
	masked: string;
}

export interface PaymentOrder {
	reference: string;
	amount: Money;
	method: PaymentMethodDetails;
	/** `payment_options`: `return_url`, `recurrent`, `description`, … */
	options?: JsonObject;
	/** The payer in the partner's system: mandatory for payments. */
	extras: OrderExtras & { customer: JsonObject };
}

/** A payment as the flow starts it (bank's pages on payments; v1 and v2 spell the request alike). */
export function paymentRequest(order: PaymentOrder, sync = false): SessionRequest {
	return {
		what: 'payment',
		reference: order.reference,
		amount: order.amount,
		endpoints: {
			create: endpoints.sessionCreate,
			start: endpoints.paymentStart,
			init: sync ? endpoints.paymentInitSync : endpoints.paymentInit,
		},
		body: () =>
			compact({
				payment_details: order.method.details,
				amount_details: amountDetails(order.amount),
				participant_details: participants(
					{ ...order.extras.sender },
					{ ...order.extras.recipient },
				),
				payment_options: order.options,
				...extraFields(order.extras, order.reference),
			}),
	};
}
