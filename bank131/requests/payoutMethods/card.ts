import type { JsonObject } from '../../lib/json';
import { FieldChecks } from '../../values/fieldProblems';
import { checkFullName } from '../../values/identifiers';
import type { CheckedDestination, Destination } from '../order';

export function cardDestination(
	checks: FieldChecks,
	type: string,
	data: JsonObject,
	masked: string,
	name: unknown,
): CheckedDestination {
	const recipientName = checks.take('recipientName', checkFullName(name));
	return checks.result<Destination>({
		details: { type: 'card', card: { type, [type]: data } },
		masked,
		recipientName,
	});
}
