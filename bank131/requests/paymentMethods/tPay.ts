import type { CheckedPaymentMethod } from '../payment';
import { withoutIdentifier } from './parts/withoutIdentifier';

/** T-Pay. The sample of the bank's page has no nested object. */
export const payByTPay = (): CheckedPaymentMethod =>
	withoutIdentifier(
		'tpay',
		{ type: 'internet_banking', internet_banking: { type: 'tpay' } },
		'T-Pay',
	);
