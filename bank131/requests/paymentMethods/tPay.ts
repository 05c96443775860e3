import { ready, type CheckedPaymentMethod } from './paymentSource';

/** The page's sample leaves the nested object out. */
export const payByTPay = (): CheckedPaymentMethod =>
	ready({ type: 'internet_banking', internet_banking: { type: 'tpay' } }, 'T-Pay');
