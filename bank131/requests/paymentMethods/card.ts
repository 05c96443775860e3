import type { JsonObject } from '../../lib/json';
import type { CheckedFields } from '../../lib/result';
import { FieldChecks } from '../../values/fieldProblems';
import type { PaymentMethodDetails } from '../payment';

export function cardPayment(
	checks: FieldChecks,
	type: string,
	data: JsonObject,
	masked: string,
): CheckedFields<PaymentMethodDetails> {
	return checks.result({ details: { type: 'card', card: { type, [type]: data } }, masked });
}
