import { payByCardData } from '../../../bank131/requests/paymentMethods/cardNumber';
import { cardNumberField, pciNotice } from '../fields/recipient/card';
import { securityCode, textField, type PaymentMethodForm } from './paymentMethodForm';

const expirationMonth = textField(
	'Expiration Month',
	'expirationMonth',
	'Needed. Month on the card, 1 to 12.',
	{
		placeholder: 'e.g. 12',
	},
);

const expirationYear = textField(
	'Expiration Year',
	'expirationYear',
	'Needed. Year on the card, 2 or 4 digits.',
	{
		placeholder: 'e.g. 27',
	},
);

const cardholderName = textField(
	'Cardholder Name',
	'cardholderName',
	'Optional. As printed on the card.',
);

export const cardNumber: PaymentMethodForm = {
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
