import type { JsonObject } from '../../lib/json';
import type { PaymentSource } from '../payment';
import type { CheckedFields } from '../problems';

export type CheckedPaymentSource = CheckedFields<PaymentSource>;

export const ready = (details: JsonObject, masked: string): CheckedPaymentSource => ({
	ok: true,
	value: { details, masked },
});
