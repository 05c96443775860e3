import { payByApplePay } from '../../../bank131/requests/paymentMethods/applePay';
import { deviceToken, type PaymentMethodForm } from './paymentMethodForm';

export const applePay: PaymentMethodForm = {
	value: 'applePay',
	name: 'Apple Pay',
	description: "By the token of Apple Pay; not in the bank's public documentation",
	fields: [deviceToken],
	read: (param) => payByApplePay(param.raw('deviceToken')),
};
