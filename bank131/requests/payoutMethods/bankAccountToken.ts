import { FieldValidator } from '../fieldValidator';
import { checkOpaque, type CheckPolicy } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { russianAccountDestination, type AccountHolderInput } from './parts/russianAccount';

/** A Russian account by a token of the widget or of `tokenize`. */
export function accountByToken(
	input: AccountHolderInput & { savedAccount: unknown },
	policy: CheckPolicy = { checkDigits: false },
): CheckedDestination<'account'> {
	const checks = new FieldValidator();
	const token = checks.take('savedAccount', checkOpaque(input.savedAccount, 'accountToken'));
	return russianAccountDestination(
		checks,
		{ data: { token }, identity: [token], masked: 'account token' },
		input,
		policy,
	);
}
