import { payByCardToken } from '../../../bank131/requests/paymentMethods/cardToken';
import { savedCard } from '../fields/recipient/card';
import type { PaymentMethodForm } from './paymentMethodForm';

export const cardToken: PaymentMethodForm = {
	value: 'cardToken',
	name: 'Card Token',
	description: 'By a card that was tokenized at the bank',
	fields: [savedCard],
	read: (param) => payByCardToken({ savedCard: param.raw('savedCard') }),
};
