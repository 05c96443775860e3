import type { CheckedPaymentMethod } from '../payment';
import { withoutIdentifier } from './withoutIdentifier';

/** A YooMoney wallet; the payer names it on YooMoney's own page. */
export const payByYooMoney = (): CheckedPaymentMethod =>
	withoutIdentifier({ type: 'wallet', wallet: { type: 'yoomoney', yoomoney: {} } }, 'YooMoney');
