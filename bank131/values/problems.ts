import type { Result } from '../lib/result';
import type { CurrencyCode } from './currencies';
import type { PayingAccountKind } from './payableAccounts';

/** The values of a request that a problem can be about. `it` is a value without a name of its own. */
export type KnownValue =
	| 'account'
	| 'accountNumber'
	| 'accountToken'
	| 'amount'
	| 'bik'
	| 'cardHash'
	| 'cardholderName'
	| 'cardNumber'
	| 'cardToken'
	| 'fpsBankId'
	| 'fullName'
	| 'hash'
	| 'iban'
	| 'inn'
	| 'it'
	| 'kpp'
	| 'paymentToken'
	| 'phone'
	| 'purpose'
	| 'recurringToken'
	| 'reference'
	| 'steamAccount'
	| 'taxNumber'
	| 'walletNumber'
	| 'yooMoneyWallet';

/** What a value is called: a known value, or the label of a field that only the caller knows. */
export type ValueName = KnownValue | { label: string };

/**
 * What can be wrong with a value: a code and its facts. `nodes/shared/messages` turns it into a sentence.
 * The facts never hold a full card or account number.
 */
export type ValueProblem =
	| { code: 'value.empty'; what: ValueName }
	| { code: 'value.notText'; what: ValueName }
	| { code: 'value.notANumber'; what: ValueName }
	/** A number of more than 15 digits: a spreadsheet has replaced the digits after the 15th by zeros. */
	| { code: 'value.digitsLost'; what: ValueName }
	/** A character other than the digits 0 to 9. */
	| { code: 'value.notDigits'; what: ValueName }
	/** `digits`: how many there are. `isZeroLost`: one digit is missing, probably a leading zero. */
	| {
			code: 'value.wrongLength';
			what: ValueName;
			digits: number;
			min: number;
			max: number;
			isZeroLost: boolean;
	  }
	/** U+FFFD, which a decoder puts where the bytes are not valid in its encoding. */
	| { code: 'value.wrongEncoding'; what: ValueName }
	/** Letters of a wrong encoding. `sample`: the first of them. */
	| { code: 'value.garbled'; what: ValueName; sample: string }
	/** Half of a surrogate pair. */
	| { code: 'value.brokenCharacter'; what: ValueName }
	/** `word`: what a program writes for a missing value, e.g. `undefined`. */
	| { code: 'value.missing'; what: ValueName; word: string }
	/** `error`: the error value of a spreadsheet, e.g. `#N/A`. */
	| { code: 'value.spreadsheetError'; what: ValueName; error: string }
	/** A control character, a line separator or a character without width. */
	| { code: 'value.invisibleCharacter'; what: ValueName }
	/** `length` and `maxLength` in characters. */
	| { code: 'value.tooLong'; what: ValueName; length: number; maxLength: number }
	| { code: 'token.notText'; what: ValueName }
	| { code: 'token.forbiddenCharacter'; what: ValueName }
	| { code: 'cardNumber.wrongCheckDigit'; lastDigits: string }
	/** `account` is masked. `currency`: digits 6 to 8 of the account, its currency code. */
	| { code: 'account.notRubles'; account: string; currency: string }
	/** `accepted`: first digits of the accounts that can be paid from there. */
	| {
			code: 'account.notPaidTo';
			account: string;
			paidFrom: PayingAccountKind | 'any';
			accepted: string[];
	  }
	| { code: 'account.wrongCheckDigit'; account: string; bik: string }
	| { code: 'bik.wrongFirstDigit' }
	| { code: 'iban.wrongFormat' }
	/** `account` is masked. */
	| { code: 'iban.wrongCheckDigits'; account: string }
	/** The INN of a person where that of a company is needed. */
	| { code: 'inn.ofPerson' }
	/** The INN of a company where that of a person is needed. */
	| { code: 'inn.ofCompany' }
	/** Neither the 10 digits of a company nor the 12 of a person. */
	| { code: 'inn.wrongLength'; digits: number; isZeroLost: boolean }
	| { code: 'inn.wrongCheckDigits' }
	| { code: 'kpp.wrongFormat' }
	| { code: 'phone.notDigits' }
	| { code: 'phone.noCountryCode' }
	/** Too few or too many digits, or 11 that do not begin as a Russian number does. */
	| { code: 'phone.wrongLength'; digits: number }
	/** `+8` with a blank or bracket after it: the Russian 8 with a plus. */
	| { code: 'phone.plusEight' }
	| { code: 'fpsBankId.wrongLength'; digits: number }
	/** No bank of the list has this name. `similar`: banks with similar names, each with its ID. */
	| { code: 'fpsBankName.unknown'; name: string; similar: string[] }
	/** The name fits all of `candidates`, each with its ID. */
	| { code: 'fpsBankName.ambiguous'; name: string; candidates: string[] }
	| { code: 'purpose.forbiddenCharacter'; character: string }
	| { code: 'fullName.noLetters' }
	| { code: 'currency.empty' }
	| { code: 'currency.notSupported' }
	| { code: 'amount.empty' }
	| { code: 'amount.notANumber' }
	/** A JavaScript number so large or small that its text has an exponent. */
	| { code: 'amount.notExact' }
	| { code: 'amount.tooLong' }
	| { code: 'amount.unreadable' }
	/** `text` can mean `whole` or `decimal`: `1,500` is 1500 or 1.500. `shortDecimal` has two decimals. */
	| { code: 'amount.ambiguous'; text: string; whole: string; decimal: string; shortDecimal: string }
	| { code: 'amount.leadingZero' }
	| { code: 'amount.tooManyDecimals' }
	/** `currency` has minor units, of which the amount is not a whole number. */
	| { code: 'amount.notWhole'; currency: CurrencyCode }
	/** The text has `mark`, the sign of another currency than `currency`. */
	| { code: 'amount.otherCurrency'; mark: string; currency: CurrencyCode }
	/** The text has `mark`, the sign of `currency`, although its unit is the minor one. */
	| { code: 'amount.markedAsMajor'; mark: string; currency: CurrencyCode }
	| { code: 'amount.negative' }
	| { code: 'amount.zero' }
	| { code: 'amount.tooLarge' }
	| { code: 'date.notADay'; what: ValueName }
	/** A moment in UTC that is another day in Moscow. */
	| { code: 'date.otherDayInMoscow'; what: ValueName }
	| { code: 'date.notFull' };

/** What a check of a value returns: the value in the bank's own form, or the problem. */
export type CheckedValue<T> = Result<T, ValueProblem>;
