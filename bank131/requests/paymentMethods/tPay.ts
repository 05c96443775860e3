import { ready, type Checked } from './paymentSource';

/** The page's sample leaves the nested object out. */
export const payByTPay = (): Checked =>
	ready({ type: 'internet_banking', internet_banking: { type: 'tpay' } }, 'T-Pay');
