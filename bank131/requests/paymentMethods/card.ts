import type { JsonObject } from '../../lib/json';
import type { CheckedFields } from '../../lib/result';
import { FieldChecks } from '../../values/fieldProblems';
import type { PaymentSource } from '../payment';

export function card(
	checks: FieldChecks,
	type: string,
	data: JsonObject,
	masked: string,
): CheckedFields<PaymentSource> {
	return checks.result({ details: { type: 'card', card: { type, [type]: data } }, masked });
}
