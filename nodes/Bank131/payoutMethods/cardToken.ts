import { cardByToken } from '../../../bank131/requests/payoutMethods/cardToken';
import { savedCard } from '../fields/recipient/card';
import { recipientName } from '../fields/recipient/personName';
import type { PayoutMethodForm } from './payoutMethodForm';

export const cardToken: PayoutMethodForm = {
	kind: 'card',
	value: 'cardToken',
	name: 'Card Token',
	description: 'To a card that was tokenized at the bank',
	fields: [savedCard, recipientName],
	read: (param) =>
		cardByToken({ savedCard: param.raw('savedCard'), recipientName: param.raw('recipientName') }),
};
