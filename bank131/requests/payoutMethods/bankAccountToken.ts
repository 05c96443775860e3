import { FieldChecks } from '../../values/fieldProblems';
import { checkOpaque, type CheckPolicy } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { russianAccountDestination, type AccountHolderInput } from './russianAccount';

/** A Russian account by a token of the widget or of `tokenize`. */
export function accountByToken(
	input: AccountHolderInput & { savedAccount: unknown },
	policy: CheckPolicy = { checkDigits: false },
): CheckedDestination<'account'> {
	const checks = new FieldChecks();
	const token = checks.take('savedAccount', checkOpaque(input.savedAccount, 'Account token'));
	return russianAccountDestination(
		checks,
		{ data: { token }, identity: [token], masked: 'account token' },
		input,
		policy,
	);
}
