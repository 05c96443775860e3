import { invalid, ok, type Result } from '../../../lib/result';
import { valueText } from '../../../values/text';
import type { RequestProblem } from '../../problems';

/** CVC of a card: 3 or 4 digits (PHP SDK). */
export function checkSecurityCode(value: unknown): Result<string, RequestProblem> {
	const text = valueText(value);
	return /^\d{3,4}$/.test(text) ? ok(text) : invalid({ code: 'card.securityCode' });
}
