import { ready, type CheckedPaymentMethod } from './paymentSource';

export const payByYooMoney = (): CheckedPaymentMethod =>
	ready({ type: 'wallet', wallet: { type: 'yoomoney', yoomoney: {} } }, 'YooMoney');
