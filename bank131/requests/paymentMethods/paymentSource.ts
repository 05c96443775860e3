import type { JsonObject } from '../../lib/json';
import type { CheckedFields } from '../../lib/result';
import type { PaymentMethodDetails } from '../payment';

export type CheckedPaymentMethod = CheckedFields<PaymentMethodDetails>;

export const ready = (details: JsonObject, masked: string): CheckedPaymentMethod => ({
	ok: true,
	value: { details, masked },
});
