import { invalidRequest } from '../protocol/bankError.mts';

/**
 * Throws if the Luhn check digit is wrong. The API does not verify it (its samples fail), a form for
 * people does.
 */
export function requireCardNumber(number: string): void {
	const digits = [...number].reverse().map(Number);
	const sum = digits.reduce((total, digit, index) => {
		const weighted = index % 2 === 0 ? digit : digit * 2;
		return total + (weighted > 9 ? weighted - 9 : weighted);
	}, 0);
	if (sum % 10 !== 0) throw invalidRequest('number: the check digit is wrong');
}

/** Throws if the check digit of an account does not match the BIK (weights 7, 1, 3). */
export function requireAccountNumber(bik: string, account: string): void {
	const digits = [...(bik.slice(-3) + account)].map(Number);
	const sum = digits.reduce((total, digit, index) => total + digit * [7, 1, 3][index % 3], 0);
	if (sum % 10 !== 0) throw invalidRequest('account: the check digit does not fit the BIK');
}
