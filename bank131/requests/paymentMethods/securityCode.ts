import { invalid, ok, type Checked } from '../../lib/result';

export function checkSecurityCode(value: unknown): Checked<string> {
	const text = String(value).trim();
	return /^\d{3,4}$/.test(text)
		? ok(text)
		: invalid('The security code does not have 3 or 4 digits', 'Ask the payer again.');
}
