import { payByTPay } from '../../../bank131/requests/paymentMethods/tPay';
import type { PaymentMethodForm } from './paymentMethodForm';

export const tPay: PaymentMethodForm = {
	value: 'tPay',
	name: 'T-Pay',
	description: 'In the app of T-Bank; the payer has 20 minutes',
	fields: [],
	read: () => payByTPay(),
};
