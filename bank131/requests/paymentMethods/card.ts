import type { JsonObject } from '../../lib/json';
import { FieldValidator } from '../fieldValidator';
import type { PaymentSource } from '../payment';
import type { CheckedFields } from '../problems';

export function card(
	checks: FieldValidator,
	type: string,
	data: JsonObject,
	masked: string,
): CheckedFields<PaymentSource> {
	return checks.result({ details: { type: 'card', card: { type, [type]: data } }, masked });
}
