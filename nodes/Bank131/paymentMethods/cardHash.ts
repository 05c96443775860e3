import { payByCardHash } from '../../../bank131/requests/paymentMethods/cardHash';
import { widgetHash } from '../fields/recipient/card';
import { textField, type PaymentMethodForm } from './paymentMethodForm';

const expirationHash = textField(
	'Expiration Date Hash',
	'expirationHash',
	'From the widget, if it returned one',
);

const securityCodeHash = textField(
	'Security Code Hash',
	'securityCodeHash',
	'From the widget, if it returned one',
);

const cardholderHash = textField(
	'Cardholder Name Hash',
	'cardholderHash',
	'From the widget, if it returned one',
);

export const cardHash: PaymentMethodForm = {
	value: 'cardHash',
	name: 'Card Hash',
	description: "By a card that the payer entered in the bank's widget",
	fields: [widgetHash, expirationHash, securityCodeHash, cardholderHash],
	read: (param) =>
		payByCardHash({
			cardHash: param.raw('cardHash'),
			expirationHash: param.raw('expirationHash'),
			securityCodeHash: param.raw('securityCodeHash'),
			cardholderHash: param.raw('cardholderHash'),
		}),
};
