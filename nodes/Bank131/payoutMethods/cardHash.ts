import { cardByHash } from '../../../bank131/requests/payoutMethods/cardHash';
import { widgetHash } from '../fields/recipient/card';
import { recipientName } from '../fields/recipient/personName';
import type { PayoutMethodForm } from './payoutMethodForm';

export const cardHash: PayoutMethodForm = {
	kind: 'card',
	value: 'cardHash',
	name: 'Card Hash',
	description: "To a card that the recipient entered in the bank's widget",
	fields: [widgetHash, recipientName],
	read: (param) =>
		cardByHash({ cardHash: param.raw('cardHash'), recipientName: param.raw('recipientName') }),
};
