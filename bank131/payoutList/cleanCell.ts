import type { Result } from '../lib/result';
import { accountDigits, checkIban } from '../values/accountNumber';
import { isAccountKeyValid } from '../values/checkDigits';
import {
	checkBik,
	checkFullName,
	checkKpp,
	checkPhone,
	checkReference,
	checkToken,
	isFpsBankName,
} from '../values/identifiers';
import { cellDigits, cleanText } from '../values/text';
import type { PayoutField, PayoutMethod } from './fields';

type Check = (cell: unknown) => Result<string, object>;

const checks: Readonly<Partial<Record<PayoutField, Check>>> = {
	reference: checkReference,
	recipientName: checkFullName,
	account: (cell) => accountDigits(cell, 'account'),
	bik: checkBik,
	iban: (cell) => checkIban(cell, { checkDigits: false }),
	cardNumber: (cell) => cellDigits(cell, 'cardNumber'),
	inn: (cell) => cellDigits(cell, 'inn'),
	selfEmployedInn: (cell) => cellDigits(cell, 'inn'),
	beneficiaryInn: (cell) => cellDigits(cell, 'inn'),
	sourceAccount: (cell) => accountDigits(cell, 'accountNumber'),
	kpp: checkKpp,
	phone: checkPhone,
	cardHash: (cell) => checkToken(cell, 'cardHash'),
	savedCard: (cell) => checkToken(cell, 'cardToken'),
	savedAccount: (cell) => checkToken(cell, 'accountToken'),
};

const plainText: Check = (cell) => cleanText(cell, 'it');

/**
 * The value of a field in the form in which it is sent: digits without blanks, a phone with its country code, text in
 * Unicode form NFC. A cell that the check of the field does not accept stays as it is, so that the check reports it.
 */
export function cleanCell(field: PayoutField, cell: unknown, method?: PayoutMethod): unknown {
	const result = checkOf(field, method)(cell);
	return result.ok ? result.value : cell;
}

function checkOf(field: PayoutField, method: PayoutMethod | undefined): Check {
	// Only the bank can say which bank a name means.
	if (field === 'fpsBankId')
		return (cell) => (isFpsBankName(cell) ? plainText(cell) : digits(cell));
	if (field === 'walletAccount') return walletCheck(method);
	return checks[field] ?? plainText;
}

const digits: Check = (cell) => cellDigits(cell, 'it');

function walletCheck(method: PayoutMethod | undefined): Check {
	if (method === 'yoomoney') return digits;
	return method === 'qiwi' ? checkPhone : plainText;
}

/**
 * The BIK with the zero that a spreadsheet has dropped from its beginning, if the control key of the account proves
 * that they belong together; otherwise `undefined`. Every BIK begins with a zero.
 */
export function restoreBik(bik: unknown, account: unknown): string | undefined {
	const eight = cellDigits(bik, 'bik');
	const twenty = accountDigits(account, 'account');
	if (!eight.ok || !twenty.ok || !/^[1-9]\d{7}$/.test(eight.value)) return undefined;
	const restored = `0${eight.value}`;
	return twenty.value.length === 20 && isAccountKeyValid(twenty.value, restored)
		? restored
		: undefined;
}

/** The text of a cell without what spreadsheets put around text: `="044525974"`, or an apostrophe before a digit. */
export function unwrapCell(cell: unknown): unknown {
	if (typeof cell !== 'string') return cell;
	const text = cell.trim();
	if (text.startsWith('="') && text.endsWith('"') && text.length > 2) return text.slice(2, -1);
	return /^['’][\d+]/.test(text) ? text.slice(1) : cell;
}
