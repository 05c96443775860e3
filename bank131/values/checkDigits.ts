/** Arithmetic of check digits; the texts come already cut down to ASCII digits of the right length. */

const digitsOf = (text: string) => [...text].map(Number);

/** The Luhn check of card numbers (ISO/IEC 7812-1). */
export function isLuhnValid(number: string): boolean {
	let sum = 0;
	for (let place = 0; place < number.length; place++) {
		const digit = number.charCodeAt(number.length - 1 - place) - 48;
		const value = place % 2 === 0 ? digit : digit * 2;
		sum += value > 9 ? value - 9 : value;
	}
	return sum % 10 === 0;
}

/**
 * The control key of a Russian account against the BIK of its bank (Bank of Russia, "Порядок расчета контрольного ключа",
 * 08.09.1997 № 515): weights 7, 1, 3 over the bank's three digits and the account.
 */
export function isAccountKeyValid(account: string, bik: string): boolean {
	// Cash settlement centres of the Bank of Russia have 000, 001 or 002 where a bank has its own three digits.
	const isSettlementCentre = /00[012]$/.test(bik);
	const bank = isSettlementCentre ? `0${bik.slice(4, 6)}` : bik.slice(-3);
	const weights = [7, 1, 3];
	const sum = digitsOf(bank + account).reduce(
		(total, digit, place) => total + ((digit * weights[place % 3]) % 10),
		0,
	);
	return sum % 10 === 0;
}

const weighted = (digits: number[], weights: number[]) =>
	(weights.reduce((total, weight, place) => total + weight * digits[place], 0) % 11) % 10;

/** Check digits of an INN: one at the end of 10 digits (companies), two at the end of 12 (people). */
export function isInnValid(inn: string): boolean {
	const digits = digitsOf(inn);
	if (digits.length === 10) {
		return digits[9] === weighted(digits, [2, 4, 10, 3, 5, 9, 4, 6, 8]);
	}
	return (
		digits[10] === weighted(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) &&
		digits[11] === weighted(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
	);
}
