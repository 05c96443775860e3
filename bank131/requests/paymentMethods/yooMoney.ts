import type { CheckedPaymentMethod } from '../payment';
import { withoutIdentifier } from './parts/withoutIdentifier';

/** A YooMoney wallet. The details do not name the wallet (bank's page "Objects"). */
export const payByYooMoney = (): CheckedPaymentMethod =>
	withoutIdentifier(
		'yoomoney',
		{ type: 'wallet', wallet: { type: 'yoomoney', yoomoney: {} } },
		'YooMoney',
	);
