import { checkToken, type CheckPolicy } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination } from '../order';
import { russianAccountDestination, type AccountHolderInput } from './parts/russianAccount';

/** A Russian account by a token of the widget or of `tokenize`. */
export function accountByToken(
	input: AccountHolderInput & { savedAccount: unknown },
	policy: CheckPolicy = { checkDigits: false },
): CheckedDestination<'account'> {
	const validator = new FieldValidator();
	const token = validator.take('savedAccount', checkToken(input.savedAccount, 'accountToken'));
	return russianAccountDestination(
		validator,
		{ data: { token }, identity: [token], displayText: 'account token' },
		input,
		policy,
	);
}
