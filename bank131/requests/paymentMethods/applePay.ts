import type { CheckedPaymentMethod } from '../payment';
import { securedCard } from './parts/securedCard';

/** Apple Pay by its payment token, as text or JSON. Known from the PHP SDK only. */
export const payByApplePay = (token: unknown): CheckedPaymentMethod =>
	securedCard('apple_pay', token, 'Apple Pay');
