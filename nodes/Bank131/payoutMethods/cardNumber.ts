import { cardByNumber } from '../../../bank131/requests/payoutMethods/cardNumber';
import { cardNumberField, pciNotice } from '../fields/recipient/card';
import { recipientName } from '../fields/recipient/personName';
import type { PayoutMethodForm } from './payoutMethodForm';

export const cardNumber: PayoutMethodForm = {
	kind: 'card',
	value: 'cardNumber',
	name: 'Card Number',
	description: 'To a bank card issued in Russia, by its number (PCI DSS)',
	fields: [pciNotice, cardNumberField, recipientName],
	read: (param, policy) =>
		cardByNumber(
			{ cardNumber: param.raw('cardNumber'), recipientName: param.raw('recipientName') },
			policy,
		),
};
