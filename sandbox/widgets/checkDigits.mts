import { invalidRequest } from '../protocol/bankError.mts';

/** Luhn. The API takes any digits (its samples fail this), a form that people type into does not. */
export function requireCardNumber(number: string): void {
	const digits = [...number].reverse().map(Number);
	const sum = digits.reduce((total, digit, index) => {
		const weighted = index % 2 === 0 ? digit : digit * 2;
		return total + (weighted > 9 ? weighted - 9 : weighted);
	}, 0);
	if (sum % 10 !== 0) throw invalidRequest('number: the check digit is wrong');
}

/** Check digit of an account, over the end of its bank's BIK (weights 7, 1, 3). */
export function requireAccount(bik: string, account: string): void {
	const digits = [...(bik.slice(-3) + account)].map(Number);
	const sum = digits.reduce((total, digit, index) => total + digit * [7, 1, 3][index % 3], 0);
	if (sum % 10 !== 0) throw invalidRequest('account: the check digit does not fit the BIK');
}
