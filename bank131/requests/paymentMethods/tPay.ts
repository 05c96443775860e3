import type { CheckedPaymentMethod } from '../payment';
import { withoutIdentifier } from './withoutIdentifier';

/** T-Pay (bank's page "T-Pay"); the page's sample leaves the nested object out. */
export const payByTPay = (): CheckedPaymentMethod =>
	withoutIdentifier({ type: 'internet_banking', internet_banking: { type: 'tpay' } }, 'T-Pay');
