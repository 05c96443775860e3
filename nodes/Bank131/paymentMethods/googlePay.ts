import { payByDevice } from '../../../bank131/requests/paymentMethods/securedCard';
import type { PaymentMethodForm } from './paymentMethodForm';
import { deviceToken } from './paymentMethodForm';

export const googlePay: PaymentMethodForm = {
	value: 'googlePay',
	name: 'Google Pay',
	description: 'By the token of Google Pay',
	fields: [deviceToken],
	read: (param) => payByDevice('google_pay', param.raw('deviceToken')),
};
