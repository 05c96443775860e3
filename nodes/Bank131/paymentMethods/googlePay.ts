import { payByGooglePay } from '../../../bank131/requests/paymentMethods/googlePay';
import { deviceToken, type PaymentMethodForm } from './paymentMethodForm';

export const googlePay: PaymentMethodForm = {
	value: 'googlePay',
	name: 'Google Pay',
	description: 'By the token of Google Pay',
	fields: [deviceToken],
	read: (param) => payByGooglePay(param.raw('deviceToken')),
};
