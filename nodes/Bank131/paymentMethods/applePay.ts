import { payByDevice } from '../../../bank131/requests/paymentMethods/securedCard';
import type { PaymentMethodForm } from './form';
import { deviceToken } from './form';

export const applePay: PaymentMethodForm = {
	value: 'applePay',
	name: 'Apple Pay',
	description: 'By the token of Apple Pay; known from the SDK only',
	fields: [deviceToken],
	read: (param) => payByDevice('apple_pay', param.raw('deviceToken')),
};
