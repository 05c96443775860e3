import { fpsByPhone } from '../../../bank131/requests/payoutMethods/fps';
import { fpsBankField, readFpsBankId } from '../fields/recipient/fpsBank';
import { recipientName } from '../fields/recipient/personName';
import { phoneField } from '../fields/recipient/phone';
import { purpose } from '../fields/recipient/purpose';
import type { PayoutMethodForm } from './payoutMethodForm';

export const fps: PayoutMethodForm = {
	kind: 'fps',
	value: 'fps',
	name: 'Faster Payments (SBP) by Phone',
	description: 'By phone number, from a settlement or escrow account. Cannot be returned.',
	fields: [phoneField, fpsBankField, recipientName, purpose],
	read: (param) =>
		fpsByPhone({
			phone: param.raw('phone'),
			fpsBankId: readFpsBankId(param),
			recipientName: param.raw('recipientName'),
			purpose: param.raw('purpose'),
		}),
};
