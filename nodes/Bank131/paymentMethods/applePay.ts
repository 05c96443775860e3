import { payByApplePay } from '../../../bank131/requests/paymentMethods/applePay';
import type { PaymentMethodForm } from './paymentMethodForm';
import { deviceToken } from './paymentMethodForm';

export const applePay: PaymentMethodForm = {
	value: 'applePay',
	name: 'Apple Pay',
	description: 'By the token of Apple Pay; known from the SDK only',
	fields: [deviceToken],
	read: (param) => payByApplePay(param.raw('deviceToken')),
};
