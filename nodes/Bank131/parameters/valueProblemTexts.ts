import type { CurrencyCode } from '../../../bank131/values/currencies';
import type { KnownValue, ValueName, ValueProblem } from '../../../bank131/values/problems';
import { createText, type ProblemTexts } from '../../shared/messages/problemText';

/** The names of values in messages. */
export const valueNames: Record<KnownValue, string> = {
	account: 'Account',
	accountNumber: 'Account number',
	accountToken: 'Account token',
	amount: 'Amount',
	bik: 'BIK',
	cardHash: 'Card hash',
	cardholderName: 'Cardholder name',
	cardNumber: 'Card number',
	cardToken: 'Card token',
	fpsBankId: 'Bank name or ID',
	fullName: 'Full name',
	hash: 'Hash',
	iban: 'IBAN',
	inn: 'INN',
	it: 'It',
	kpp: 'KPP',
	paymentToken: 'Payment token',
	phone: 'Phone',
	purpose: 'Purpose',
	recurringToken: 'Recurring token',
	reference: 'Reference',
	steamAccount: 'Steam account',
	taxNumber: 'Tax number',
	walletNumber: 'Wallet number',
	yooMoneyWallet: 'YooMoney wallet',
};

const minorUnitNames: Record<CurrencyCode, string> = { rub: 'kopecks', usd: 'cents', eur: 'cents' };

const payingAccountPhrases = {
	collateral: ' from the collateral account',
	settlement: ' from a settlement or escrow account',
	any: '',
};

const FORMAT_AS_TEXT = 'Format the column as text in the spreadsheet and enter the value again.';
const COPY_AGAIN =
	'One digit may be wrong or two exchanged: copy the number again from the source.';
const ENTER_AS_ISSUED = 'Enter it exactly as the bank gave it.';
const AMOUNT_FORMAT =
	'Write it with digits and at most one decimal separator, for example 1500.50.';
const DAY_FORMAT = 'Write it like 1990-01-31 or 31.01.1990.';
const PHONE_FORMAT = 'Enter it like +7 968 000-00-00.';

const WRITE_AS_LISTED = 'Write the name as it is in that list, or the 12-digit ID of the bank.';

/** What messages call a value. */
export const nameOf = (what: ValueName): string =>
	typeof what === 'string' ? valueNames[what] : what.label;

const formatDigitCount = (digits: number): string =>
	digits === 1 ? '1 digit' : `${digits} digits`;

const lengthRemedy = (isZeroLost: boolean): string =>
	isZeroLost
		? `Spreadsheets drop a leading zero. ${FORMAT_AS_TEXT}`
		: 'Copy the number again from the source.';

/** The sentences for every problem of a value. */
export const valueProblemTexts: ProblemTexts<ValueProblem> = {
	'value.empty': ({ what }) => createText(`${nameOf(what)} is empty`, 'Fill it in.'),
	'value.notText': ({ what }) => createText(`${nameOf(what)} is not text`, 'Enter it as text.'),
	'value.notANumber': ({ what }) => createText(`${nameOf(what)} is not a number`, FORMAT_AS_TEXT),
	'value.digitsLost': ({ what }) =>
		createText(
			`${nameOf(what)} came as a number, and spreadsheets keep only 15 digits of a number: the last ones may be lost`,
			FORMAT_AS_TEXT,
		),
	'value.notDigits': ({ what }) =>
		createText(
			`${nameOf(what)} holds something other than the digits 0 to 9`,
			'Enter digits only.',
		),
	'value.wrongLength': ({ what, digits, min, max, isZeroLost }) =>
		createText(
			`${nameOf(what)} has ${formatDigitCount(digits)}, not ${min === max ? min : `${min} to ${max}`}`,
			lengthRemedy(isZeroLost),
		),
	'value.wrongEncoding': ({ what }) =>
		createText(
			`${nameOf(what)} holds "\ufffd" for letters: the file was read in the wrong encoding`,
			'Read the file as Windows-1251, or save it as UTF-8 (in Excel: CSV UTF-8), and start again.',
		),
	'value.garbled': ({ what, sample }) =>
		createText(
			`${nameOf(what)} holds "${sample}": the file was read in the wrong encoding`,
			'Read the file as UTF-8 or Windows-1251, whichever it is, or save it as UTF-8, and start again.',
		),
	'value.brokenCharacter': ({ what }) =>
		createText(
			`${nameOf(what)} holds half of a character, e.g. of an emoji: the text was cut in the middle of it`,
			'Take the text whole from its source, or remove the character.',
		),
	'value.missing': ({ what, word }) =>
		createText(
			`${nameOf(what)} holds "${word}", which programs write for a missing value`,
			'Check the expression: the column may be missing or have another name.',
		),
	'value.spreadsheetError': ({ what, error }) =>
		createText(
			`${nameOf(what)} holds "${error}", the error of a formula in a spreadsheet`,
			'Correct the formula or its column in the spreadsheet.',
		),
	'value.invisibleCharacter': ({ what }) =>
		createText(
			`${nameOf(what)} holds a line break or an invisible character`,
			'Write it in one line.',
		),
	'value.tooLong': ({ what, length, maxLength }) =>
		createText(`${nameOf(what)} has ${length} characters, ${maxLength} are allowed`, 'Shorten it.'),
	'token.notText': ({ what }) => createText(`${nameOf(what)} is not text`, ENTER_AS_ISSUED),
	'token.forbiddenCharacter': ({ what }) =>
		createText(`${nameOf(what)} holds spaces or foreign characters`, ENTER_AS_ISSUED),
	'cardNumber.wrongCheckDigit': ({ lastDigits }) =>
		createText(
			`Card number ending in ${lastDigits} does not exist: its check digit is wrong`,
			COPY_AGAIN,
		),
	'account.notRubles': ({ account, currency }) =>
		createText(
			`Account ${account} is not in rubles: its digits 6 to 8 are ${currency}, not 810`,
			'Ask the recipient for a ruble account.',
		),
	'account.notPaidTo': ({ account, paidFrom, accepted }) =>
		createText(
			`Account ${account} is of a kind that Bank 131 does not pay to${payingAccountPhrases[paidFrom]}`,
			`Ask the recipient for an account that begins with one of ${accepted.join(', ')}.`,
		),
	'account.wrongCheckDigit': ({ account, bik }) =>
		createText(
			`Account ${account} does not belong to BIK ${bik}: its check digit is wrong`,
			'Check both: one digit of the account or the BIK may be wrong.',
		),
	'bik.wrongFirstDigit': () =>
		createText(
			'BIK does not begin with 0',
			'Copy the BIK again: it has nine digits, such as 044525974.',
		),
	'iban.wrongFormat': () =>
		createText(
			'IBAN is not an IBAN',
			'Copy it again: two Latin letters, two digits, then 11 to 30 letters and digits. A Russian account has none.',
		),
	'iban.wrongCheckDigits': ({ account }) =>
		createText(`IBAN ${account} does not exist: its check digits are wrong`, COPY_AGAIN),
	'inn.ofPerson': () =>
		createText(
			'INN has 12 digits, as a person has; a company has 10',
			'Enter the INN of the company.',
		),
	'inn.ofCompany': () =>
		createText(
			'INN has 10 digits, as a company has; a person has 12',
			'Enter the INN of the person.',
		),
	'inn.wrongLength': ({ digits, isZeroLost }) =>
		createText(
			`INN has ${formatDigitCount(digits)}, not 10 (company) or 12 (person)`,
			lengthRemedy(isZeroLost),
		),
	'inn.wrongCheckDigits': () =>
		createText('INN does not exist: its check digits are wrong', COPY_AGAIN),
	'kpp.wrongFormat': () =>
		createText('KPP is not a KPP', 'Enter its nine characters, such as 770801001.'),
	'phone.notDigits': () => createText('Phone holds something other than digits', PHONE_FORMAT),
	'phone.noCountryCode': () =>
		createText('Phone has no country code', 'Put +7 in front of a Russian number.'),
	'phone.wrongLength': ({ digits }) =>
		digits === 11
			? createText(
					'Phone has 11 digits but does not begin as a Russian number does, with +7, 7 or 8',
					`${PHONE_FORMAT} Put + and the country code in front of a foreign number.`,
				)
			: createText(`Phone has ${formatDigitCount(digits)}; a Russian number has 11`, PHONE_FORMAT),
	'phone.plusEight': () =>
		createText(
			'Phone begins with +8, which is not the country code of Russia',
			'Put +7 or 8 in front of a Russian number.',
		),
	'fpsBankId.wrongLength': ({ digits }) =>
		createText(
			`Bank ID has ${formatDigitCount(digits)}, not 12`,
			'Choose the bank from the list of FPS banks. It is not the BIK.',
		),
	'fpsBankName.unknown': ({ name, similar }) =>
		createText(
			`"${name}" is not in the list of FPS banks${similar.length > 0 ? `; similar there: ${similar.join(', ')}` : ''}`,
			similar.length > 0
				? WRITE_AS_LISTED
				: `${WRITE_AS_LISTED} FPS: Get Many Banks shows the list.`,
		),
	'fpsBankName.ambiguous': ({ name, candidates }) =>
		createText(
			`"${name}" fits ${candidates.length} banks of the list of FPS banks: ${candidates.join(', ')}`,
			WRITE_AS_LISTED,
		),
	'purpose.forbiddenCharacter': ({ character }) =>
		createText(
			`Purpose holds "${character}", which banks do not accept there`,
			'Take out question marks and exclamation marks.',
		),
	'fullName.noLetters': () =>
		createText(
			'Full name holds no letters',
			'Enter the name as it is in the passport or the agreement.',
		),
	'currency.empty': () => createText('The currency is empty', 'Enter RUB, USD or EUR.'),
	'currency.notSupported': () =>
		createText('Bank 131 pays out in RUB, USD and EUR only', 'Enter RUB, USD or EUR.'),
	'amount.empty': () => createText('The amount is empty', 'Enter an amount, for example 1500.50.'),
	'amount.notANumber': () => createText('The amount is not a number', AMOUNT_FORMAT),
	'amount.notExact': () =>
		createText('The amount is too large or too small to be exact', AMOUNT_FORMAT),
	'amount.tooLong': () => createText('The amount is too long to be an amount', AMOUNT_FORMAT),
	'amount.unreadable': () => createText('The amount cannot be read', AMOUNT_FORMAT),
	'amount.ambiguous': ({ text: entered, whole, decimal, shortDecimal }) =>
		createText(
			`The amount "${entered}" can be read two ways: as ${whole} or as ${decimal}`,
			`Write ${whole} or ${shortDecimal}, without a thousands separator.`,
		),
	'amount.leadingZero': () =>
		createText(
			'The amount starts with a zero, as numbers of documents do',
			'Check that the column holds amounts, and write it without the leading zero.',
		),
	'amount.tooManyDecimals': () =>
		createText(
			'The amount has more than two decimals',
			'Round it to two decimals, for example 1500.50.',
		),
	'amount.notWhole': ({ currency }) =>
		createText(
			`The amount is not a whole number of ${minorUnitNames[currency]}`,
			`Enter whole ${minorUnitNames[currency]}, for example 150050, or switch the unit of the amount.`,
		),
	'amount.otherCurrency': ({ mark, currency }) =>
		createText(
			`The amount is marked "${mark}", but the currency of the payout is ${currency.toUpperCase()}`,
			'Correct the amount or the currency.',
		),
	'amount.markedAsMajor': ({ mark, currency }) =>
		createText(
			`The amount is marked "${mark}", but it is to be counted in ${minorUnitNames[currency]}`,
			`Take the mark away, or switch the unit of the amount from ${minorUnitNames[currency]} to ${currency.toUpperCase()}.`,
		),
	'amount.negative': () => createText('The amount is negative', 'Enter an amount above zero.'),
	'amount.zero': () =>
		createText('The amount is zero', 'Enter an amount above zero, or leave this row out.'),
	'amount.tooLarge': () =>
		createText(
			'The amount is above ten billion',
			'Check the amount, and whether it is meant in whole units or in kopecks.',
		),
	'date.notADay': ({ what }) => createText(`${nameOf(what)} is not a day`, DAY_FORMAT),
	'date.otherDayInMoscow': ({ what }) =>
		createText(`${nameOf(what)} is one day in Moscow and another in UTC`, DAY_FORMAT),
	'date.notFull': () =>
		createText(
			'It is not a full date',
			'Enter day, month and year, e.g. 2026-05-31 or 31.05.2026.',
		),
};
