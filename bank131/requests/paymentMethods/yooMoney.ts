import { ready, type CheckedPaymentSource } from './paymentSource';

export const payByYooMoney = (): CheckedPaymentSource =>
	ready({ type: 'wallet', wallet: { type: 'yoomoney', yoomoney: {} } }, 'YooMoney');
