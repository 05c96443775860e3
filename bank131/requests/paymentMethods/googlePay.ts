import type { CheckedPaymentMethod } from '../payment';
import { securedCard } from './parts/securedCard';

/** Google Pay by its payment token, as text or JSON. Documented on the bank's pages. */
export const payByGooglePay = (token: unknown): CheckedPaymentMethod =>
	securedCard('google_pay', token, 'Google Pay');
