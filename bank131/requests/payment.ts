import { compact, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import type { Money } from '../values/money';
import { extraFields, type Customer, type OrderExtras } from './extras';
import { amountDetails, type SessionRequest } from './order';
import { participantDetails } from './participant';
import type { CheckedFields } from './problems';

/** How the payer pays, made by one of `paymentMethods/`. Never output, log or store `details` and `identity`. */
export interface PaymentMethodDetails {
	/** The bank's `payment_details` object. */
	details: JsonObject;
	/** The payer as the output shows it: a masked number, or a name such as `SberPay`. */
	displayText: string;
	/**
	 * Equal for two payments with the same card, token or phone, whatever their descriptions. A word for the method if
	 * its details do not say who pays.
	 */
	identity: string[];
}

/** The method of a payment, or the problems of its fields. */
export type CheckedPaymentMethod = CheckedFields<PaymentMethodDetails>;

/** Optional settings of a payment (bank's page "Objects" and T-Pay's page, the rest from the PHP SDK). */
export interface PaymentOptions {
	/** Where the payer goes after the payment. */
	returnUrl?: string;
	/** Ask for a recurring token. */
	isRecurring?: boolean;
	/** Makes the payment the first of a subscription; the format is agreed with the bank. */
	subscriptionPeriod?: string;
	/** The payer's device, for T-Pay. */
	platform?: { type?: string; os?: string; browser?: string };
	description?: string;
	/** Until when the payer can pay, as `YYYY-MM-DD HH:mm:ss`. Known from third-party code only. */
	expiresAt?: string;
}

/** One payment, checked, ready to be turned into the bank's JSON. */
export interface PaymentOrder {
	/** The user's own ID of this payment. The idempotency key comes from it and from nothing else. */
	reference: string;
	amount: Money;
	method: PaymentMethodDetails;
	options: PaymentOptions;
	/** The customer is mandatory for payments. */
	extras: OrderExtras & { customer: Customer };
}

/**
 * The request of a payment (bank's pages on payments). v1 and v2 have the same body. `sync`: the response waits for
 * the payer's step, such as a redirect or QR code.
 */
export function paymentRequest(order: PaymentOrder, sync = false): SessionRequest {
	return {
		kind: 'payment',
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
				participant_details: participantDetails(
					{ ...order.extras.sender },
					{ ...order.extras.recipient },
				),
				payment_options: paymentOptionsObject(order.options),
				...extraFields(order.extras, order.reference),
			}),
	};
}

/** `payment_options`, or `undefined` if no option is set. */
function paymentOptionsObject(options: PaymentOptions): JsonObject | undefined {
	const platform = compact({ ...options.platform });
	const object = compact({
		return_url: options.returnUrl,
		recurrent: options.isRecurring || undefined,
		subscription:
			options.subscriptionPeriod === undefined ? undefined : { period: options.subscriptionPeriod },
		platform_details: Object.keys(platform).length > 0 ? platform : undefined,
		description: options.description,
		expiration_at: options.expiresAt,
	});
	return Object.keys(object).length > 0 ? object : undefined;
}
