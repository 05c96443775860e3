import type { PaymentOptions, PaymentOrder } from '../../../../bank131/requests/payment';
import { foldIdentifier } from '../../../../bank131/values/identifiers';
import type { AgentTransfer } from '../../contract/operation';
import { readAmount, readReference } from '../../fields/amount';
import { readExtras } from '../../fields/extras';
import { readCheckPolicy, rejectLaterCharge } from '../../fields/policy';
import { readRequiredText, readUrl } from '../../fields/text';
import type { ItemParameters } from '../../parameters/itemParameters';
import { readPaymentMethod } from '../../paymentMethods';

/** Reads everything about one payment from the parameters of one item. Collects every problem in `param`. */
export function readPayment(param: ItemParameters): PaymentOrder {
	const payer = readRequiredText(
		param,
		'payerReference',
		'The bank wants to know who pays, in your own words: a login or customer number.',
	);
	const extras = readExtras(param, payer);
	return {
		reference: readReference(param),
		amount: readAmount(param),
		method: readPaymentMethod(param, readCheckPolicy(param)),
		options: readPaymentOptions(param),
		extras: { ...extras, customer: extras.customer ?? { reference: payer } },
	};
}

/**
 * The transfer that the agent guard compares with the limits. Customer Reference does not say who pays: the model may
 * fill it in, and could call one payer by two names.
 */
export const paymentTransfer = ({ order }: { order: PaymentOrder }): AgentTransfer => ({
	field: 'amount',
	amount: order.amount,
	recipientIdentity: order.method.identity.map(foldIdentifier),
});

function readPaymentOptions(param: ItemParameters): PaymentOptions {
	const extra = param.collection('additionalFields');
	const text = (name: string) => param.singleLine(name, extra[name]) || undefined;
	const subscriptionPeriod = text('subscriptionPeriod');
	const isRecurring = param.flagIn(extra, 'makeRecurring');
	rejectLaterCharge(param, 'subscriptionPeriod', subscriptionPeriod !== undefined);
	rejectLaterCharge(param, 'makeRecurring', isRecurring);
	return {
		platform: {
			type: text('platformType'),
			os: text('platformOs'),
			browser: text('platformBrowser'),
		},
		subscriptionPeriod,
		returnUrl: readUrl(param, 'returnUrl', param.raw('returnUrl')),
		isRecurring,
		description: text('paymentDescription'),
		expiresAt: text('expiresAt'),
	};
}
