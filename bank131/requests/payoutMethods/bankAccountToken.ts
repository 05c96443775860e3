import { FieldChecks } from '../../values/fieldProblems';
import { checkOpaque, type CheckPolicy } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { russianAccount, type HolderInput } from './russianAccount';

/** The same account by a token of the widget or of `tokenize`. */
export function accountByToken(
	input: HolderInput & { savedAccount: unknown },
	policy: CheckPolicy = { checkDigits: false },
): CheckedDestination {
	const checks = new FieldChecks();
	const token = checks.take('savedAccount', checkOpaque(input.savedAccount, 'Account token'));
	return russianAccount(checks, { token }, 'account token', input, policy);
}
