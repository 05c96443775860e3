import { FieldValidator } from '../fieldValidator';
import { checkOpaque, type CheckPolicy } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { russianAccount, type HolderInput } from './russianAccount';

/** The same account by a token of the widget or of `tokenize`. */
export function accountByToken(
	input: HolderInput & { savedAccount: unknown },
	policy: CheckPolicy = { checkDigits: false },
): CheckedDestination {
	const checks = new FieldValidator();
	const token = checks.take('savedAccount', checkOpaque(input.savedAccount, 'accountToken'));
	return russianAccount(checks, { token }, 'account token', input, policy);
}
