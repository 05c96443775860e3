import { payByYooMoney } from '../../../bank131/requests/paymentMethods/yooMoney';
import type { PaymentMethodForm } from './paymentMethodForm';

export const yooMoney: PaymentMethodForm = {
	value: 'yoomoney',
	name: 'YooMoney Wallet',
	description: 'From a YooMoney wallet',
	fields: [],
	read: () => payByYooMoney(),
};
