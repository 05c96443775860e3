// Arithmetic of check digits. Every text must consist of ASCII digits and have the right length.

/** Whether the last digit of a card number is its Luhn check digit (ISO/IEC 7812-1). */
export function isLuhnValid(number: string): boolean {
	let sum = 0;
	for (let fromRight = 0; fromRight < number.length; fromRight++) {
		const digit = number.charCodeAt(number.length - 1 - fromRight) - 48;
		const value = fromRight % 2 === 0 ? digit : digit * 2;
		sum += value > 9 ? value - 9 : value;
	}
	return sum % 10 === 0;
}

/**
 * Whether the control key of a Russian account (20 digits) matches the BIK of its bank (9 digits): weights 7, 1, 3 over
 * the bank's three digits and the account. Source: Bank of Russia, "Порядок расчета контрольного ключа", 08.09.1997
 * № 515.
 */
export function isAccountKeyValid(account: string, bik: string): boolean {
	// The BIK of a cash settlement centre of the Bank of Russia ends in 000, 001 or 002: its digits 5 and 6 are used.
	const isSettlementCentre = /00[012]$/.test(bik);
	const bank = isSettlementCentre ? `0${bik.slice(4, 6)}` : bik.slice(-3);
	const weights = [7, 1, 3];
	const sum = digitsOf(bank + account).reduce(
		(total, digit, index) => total + ((digit * weights[index % 3]) % 10),
		0,
	);
	return sum % 10 === 0;
}

/** Whether the check digits of an INN are right: the last of 10 digits (companies), the last two of 12 (people). */
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

/**
 * Whether the check digits of an IBAN are right (ISO 13616, modulo 97). The text must consist of capital Latin letters
 * and digits; letters count as 10 to 35.
 */
export function isIbanValid(iban: string): boolean {
	const rearranged = iban.slice(4) + iban.slice(0, 4);
	const remainder = [...rearranged]
		.map((character) => parseInt(character, 36))
		.reduce((rest, value) => (rest * (value > 9 ? 100 : 10) + value) % 97, 0);
	return remainder === 1;
}

const digitsOf = (text: string) => [...text].map(Number);

/** The INN's check digit: the weighted sum modulo 11, then modulo 10. */
const weighted = (digits: number[], weights: number[]) =>
	(weights.reduce((total, weight, index) => total + weight * digits[index], 0) % 11) % 10;
