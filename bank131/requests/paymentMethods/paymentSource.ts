import type { JsonObject } from '../../lib/json';
import type { CheckedFields } from '../../lib/result';
import type { PaymentSource } from '../payment';

export type Checked = CheckedFields<PaymentSource>;

export const ready = (details: JsonObject, masked: string): Checked => ({
	ok: true,
	value: { details, masked },
});
