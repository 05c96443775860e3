import { payByCardData, payByCardHash, payByCardToken } from '../../../bank131/requests/paymentMethods/card';
import { cardNumberField, pciNotice, savedCard, widgetHash } from '../payoutMethods/card';
import { securityCode, textField, type PaymentMethodForm } from './form';

const expirationMonth = textField(
	'Expiration Month',
	'expirationMonth',
	'Month on the card, 1 to 12',
	{
		placeholder: 'e.g. 12',
	},
);
const expirationYear = textField(
	'Expiration Year',
	'expirationYear',
	'Year on the card, 2 or 4 digits',
	{
		placeholder: 'e.g. 27',
	},
);
const cardholderName = textField('Cardholder Name', 'cardholderName', 'As it stands on the card');
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

export const byCardNumber: PaymentMethodForm = {
	value: 'cardNumber',
	name: 'Card Number',
	description: "By the card's data (PCI DSS)",
	fields: [
		pciNotice,
		cardNumberField,
		expirationMonth,
		expirationYear,
		securityCode,
		cardholderName,
	],
	read: (param, policy) =>
		payByCardData(
			{
				cardNumber: param.raw('cardNumber'),
				expirationMonth: param.raw('expirationMonth'),
				expirationYear: param.raw('expirationYear'),
				securityCode: param.raw('securityCode'),
				cardholderName: param.raw('cardholderName'),
			},
			policy,
		),
};

export const byCardToken: PaymentMethodForm = {
	value: 'cardToken',
	name: 'Card Token',
	description: 'By a card that was tokenized at the bank',
	fields: [savedCard],
	read: (param) => payByCardToken({ savedCard: param.raw('savedCard') }),
};

export const byCardHash: PaymentMethodForm = {
	value: 'cardHash',
	name: 'Card Widget Hash',
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
