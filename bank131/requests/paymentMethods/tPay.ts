import { ready, type CheckedPaymentSource } from './paymentSource';

/** The page's sample leaves the nested object out. */
export const payByTPay = (): CheckedPaymentSource =>
	ready({ type: 'internet_banking', internet_banking: { type: 'tpay' } }, 'T-Pay');
