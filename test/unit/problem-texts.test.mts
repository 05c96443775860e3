import type { AnyRequestProblem, RequestProblem } from '../../bank131/requests/problems.ts';
import type { ValueProblem } from '../../bank131/values/problems.ts';
import {
	requestProblemText,
	requestProblemTexts,
} from '../../nodes/Bank131/parameters/requestProblemTexts.ts';
import { valueProblemTexts } from '../../nodes/Bank131/parameters/valueProblemTexts.ts';

/** For every code: some facts, and the sentences they must give. A code without an entry does not compile. */
type ExpectedTexts<P extends { code: string }> = {
	[C in P['code']]: Array<
		[facts: Omit<Extract<P, { code: C }>, 'code'>, message: string, remedy: string]
	>;
};

const valueTexts: ExpectedTexts<ValueProblem> = {
	'value.empty': [
		[{ what: 'cardNumber' }, 'Card number is empty', 'Fill it in.'],
		[{ what: 'bik' }, 'BIK is empty', 'Fill it in.'],
	],
	'value.notText': [[{ what: 'fullName' }, 'Full name is not text', 'Enter it as text.']],
	'value.notANumber': [
		[
			{ what: 'phone' },
			'Phone is not a number',
			'Format the column as text in the spreadsheet and enter the value again.',
		],
	],
	'value.digitsLost': [
		[
			{ what: 'accountNumber' },
			'Account number came as a number, and spreadsheets keep only 15 digits of a number: the last ones may be lost',
			'Format the column as text in the spreadsheet and enter the value again.',
		],
	],
	'value.notDigits': [
		[
			{ what: 'yooMoneyWallet' },
			'YooMoney wallet holds something other than the digits 0 to 9',
			'Enter digits only.',
		],
	],
	'value.wrongLength': [
		[
			{ what: 'cardNumber', digits: 1, min: 14, max: 19, isZeroLost: false },
			'Card number has 1 digit, not 14 to 19',
			'Copy the number again from the source.',
		],
		[
			{ what: 'bik', digits: 8, min: 9, max: 9, isZeroLost: true },
			'BIK has 8 digits, not 9',
			'Spreadsheets drop a leading zero. Format the column as text in the spreadsheet and enter the value again.',
		],
	],
	'value.wrongEncoding': [
		[
			{ what: 'purpose' },
			'Purpose holds "\ufffd" for letters: the file was read in the wrong encoding',
			'Read the file as Windows-1251, or save it as UTF-8 (in Excel: CSV UTF-8), and start again.',
		],
	],
	'value.garbled': [
		[
			{ what: 'fullName', sample: 'Èâàíîâ' },
			'Full name holds "Èâàíîâ": the file was read in the wrong encoding',
			'Read the file as UTF-8 or Windows-1251, whichever it is, or save it as UTF-8, and start again.',
		],
	],
	'value.brokenCharacter': [
		[
			{ what: 'reference' },
			'Reference holds half of a character, e.g. of an emoji: the text was cut in the middle of it',
			'Take the text whole from its source, or remove the character.',
		],
	],
	'value.missing': [
		[
			{ what: 'reference', word: 'undefined' },
			'Reference holds "undefined", which programs write for a missing value',
			'Check the expression: the column may be missing or have another name.',
		],
	],
	'value.spreadsheetError': [
		[
			{ what: 'fullName', error: '#Н/Д' },
			'Full name holds "#Н/Д", the error of a formula in a spreadsheet',
			'Correct the formula or its column in the spreadsheet.',
		],
	],
	'value.invisibleCharacter': [
		[{ what: 'it' }, 'It holds a line break or an invisible character', 'Write it in one line.'],
	],
	'value.tooLong': [
		[
			{ what: 'purpose', length: 141, maxLength: 140 },
			'Purpose has 141 characters, 140 are allowed',
			'Shorten it.',
		],
	],
	'token.notText': [
		[{ what: 'cardToken' }, 'Card token is not text', 'Enter it exactly as the bank gave it.'],
	],
	'token.forbiddenCharacter': [
		[
			{ what: 'cardHash' },
			'Card hash holds spaces or foreign characters',
			'Enter it exactly as the bank gave it.',
		],
	],
	'cardNumber.wrongCheckDigit': [
		[
			{ lastDigits: '4241' },
			'Card number ending in 4241 does not exist: its check digit is wrong',
			'One digit may be wrong or two exchanged: copy the number again from the source.',
		],
	],
	'account.notRubles': [
		[
			{ account: '40817***9535', currency: '840' },
			'Account 40817***9535 is not in rubles: its digits 6 to 8 are 840, not 810',
			'Ask the recipient for a ruble account.',
		],
	],
	'account.notPaidTo': [
		[
			{ account: '40817***9535', paidFrom: 'collateral', accepted: ['40817', '40802'] },
			'Account 40817***9535 is of a kind that Bank 131 does not pay to from the collateral account',
			'Ask the recipient for an account that begins with one of 40817, 40802.',
		],
		[
			{ account: '40817***9535', paidFrom: 'settlement', accepted: ['40817'] },
			'Account 40817***9535 is of a kind that Bank 131 does not pay to from a settlement or escrow account',
			'Ask the recipient for an account that begins with one of 40817.',
		],
		[
			{ account: '40817***9535', paidFrom: 'any', accepted: ['40817'] },
			'Account 40817***9535 is of a kind that Bank 131 does not pay to',
			'Ask the recipient for an account that begins with one of 40817.',
		],
	],
	'account.wrongCheckDigit': [
		[
			{ account: '40817***9535', bik: '044525974' },
			'Account 40817***9535 does not belong to BIK 044525974: its check digit is wrong',
			'Check both: one digit of the account or the BIK may be wrong.',
		],
	],
	'bik.wrongFirstDigit': [
		[{}, 'BIK does not begin with 0', 'Copy the BIK again: it has nine digits, such as 044525974.'],
	],
	'iban.wrongFormat': [
		[
			{},
			'IBAN is not an IBAN',
			'Copy it again: two Latin letters, two digits, then 11 to 30 letters and digits. A Russian account has none.',
		],
	],
	'iban.wrongCheckDigits': [
		[
			{ account: 'DE893***3001' },
			'IBAN DE893***3001 does not exist: its check digits are wrong',
			'One digit may be wrong or two exchanged: copy the number again from the source.',
		],
	],
	'inn.ofPerson': [
		[{}, 'INN has 12 digits, as a person has; a company has 10', 'Enter the INN of the company.'],
	],
	'inn.ofCompany': [
		[{}, 'INN has 10 digits, as a company has; a person has 12', 'Enter the INN of the person.'],
	],
	'inn.wrongLength': [
		[
			{ digits: 11, isZeroLost: true },
			'INN has 11 digits, not 10 (company) or 12 (person)',
			'Spreadsheets drop a leading zero. Format the column as text in the spreadsheet and enter the value again.',
		],
		[
			{ digits: 7, isZeroLost: false },
			'INN has 7 digits, not 10 (company) or 12 (person)',
			'Copy the number again from the source.',
		],
	],
	'inn.wrongCheckDigits': [
		[
			{},
			'INN does not exist: its check digits are wrong',
			'One digit may be wrong or two exchanged: copy the number again from the source.',
		],
	],
	'kpp.wrongFormat': [[{}, 'KPP is not a KPP', 'Enter its nine characters, such as 770801001.']],
	'phone.notDigits': [
		[{}, 'Phone holds something other than digits', 'Enter it like +7 968 000-00-00.'],
	],
	'phone.noCountryCode': [
		[{}, 'Phone has no country code', 'Put +7 in front of a Russian number.'],
	],
	'phone.plusEight': [
		[
			{},
			'Phone begins with +8, which is not the country code of Russia',
			'Put +7 or 8 in front of a Russian number.',
		],
	],
	'phone.wrongLength': [
		[
			{ digits: 11 },
			'Phone has 11 digits but does not begin as a Russian number does, with +7, 7 or 8',
			'Enter it like +7 968 000-00-00. Put + and the country code in front of a foreign number.',
		],
		[
			{ digits: 12 },
			'Phone has 12 digits; a Russian number has 11',
			'Enter it like +7 968 000-00-00.',
		],
	],
	'fpsBankId.wrongLength': [
		[
			{ digits: 9 },
			'Bank ID has 9 digits, not 12',
			'Choose the bank from the list of FPS banks. It is not the BIK.',
		],
	],
	'fpsBankName.unknown': [
		[
			{ name: 'Озон Кошелёк', similar: ['Озон Банк (Ozon) (100000000273)', 'Зонд (1)'] },
			'"Озон Кошелёк" is not in the list of FPS banks; similar there: Озон Банк (Ozon) (100000000273), Зонд (1)',
			'Write the name as it is in that list, or the 12-digit ID of the bank.',
		],
		[
			{ name: 'Сбирбанк', similar: [] },
			'"Сбирбанк" is not in the list of FPS banks',
			'Write the name as it is in that list, or the 12-digit ID of the bank. FPS: Get Many Banks shows the list.',
		],
	],
	'fpsBankName.ambiguous': [
		[
			{ name: 'АТБ', candidates: ['Автоторгбанк (100000000181)', 'Банк АТБ (1)'] },
			'"АТБ" fits 2 banks of the list of FPS banks: Автоторгбанк (100000000181), Банк АТБ (1)',
			'Write the name as it is in that list, or the 12-digit ID of the bank.',
		],
	],
	'purpose.forbiddenCharacter': [
		[
			{ character: '?' },
			'Purpose holds "?", which banks do not accept there',
			'Take out question marks and exclamation marks.',
		],
	],
	'fullName.noLetters': [
		[{}, 'Full name holds no letters', 'Enter the name as it is in the passport or the agreement.'],
	],
	'currency.empty': [[{}, 'The currency is empty', 'Enter RUB, USD or EUR.']],
	'currency.notSupported': [
		[{}, 'Bank 131 pays out in RUB, USD and EUR only', 'Enter RUB, USD or EUR.'],
	],
	'amount.empty': [[{}, 'The amount is empty', 'Enter an amount, for example 1500.50.']],
	'amount.notANumber': [
		[
			{},
			'The amount is not a number',
			'Write it with digits and at most one decimal separator, for example 1500.50.',
		],
	],
	'amount.notExact': [
		[
			{},
			'The amount is too large or too small to be exact',
			'Write it with digits and at most one decimal separator, for example 1500.50.',
		],
	],
	'amount.tooLong': [
		[
			{},
			'The amount is too long to be an amount',
			'Write it with digits and at most one decimal separator, for example 1500.50.',
		],
	],
	'amount.unreadable': [
		[
			{},
			'The amount cannot be read',
			'Write it with digits and at most one decimal separator, for example 1500.50.',
		],
	],
	'amount.ambiguous': [
		[
			{ text: '1,500', whole: '1500', decimal: '1.500', shortDecimal: '1.50' },
			'The amount "1,500" can be read two ways: as 1500 or as 1.500',
			'Write 1500 or 1.50, without a thousands separator.',
		],
	],
	'amount.leadingZero': [
		[
			{},
			'The amount starts with a zero, as numbers of documents do',
			'Check that the column holds amounts, and write it without the leading zero.',
		],
	],
	'amount.tooManyDecimals': [
		[{}, 'The amount has more than two decimals', 'Round it to two decimals, for example 1500.50.'],
	],
	'amount.notWhole': [
		[
			{ currency: 'rub' },
			'The amount is not a whole number of kopecks',
			'Enter whole kopecks, for example 150050, or switch the unit of the amount.',
		],
		[
			{ currency: 'usd' },
			'The amount is not a whole number of cents',
			'Enter whole cents, for example 150050, or switch the unit of the amount.',
		],
	],
	'amount.otherCurrency': [
		[
			{ mark: '$', currency: 'rub' },
			'The amount is marked "$", but the currency of the payout is RUB',
			'Correct the amount or the currency.',
		],
	],
	'amount.markedAsMajor': [
		[
			{ mark: '₽', currency: 'rub' },
			'The amount is marked "₽", but it is to be counted in kopecks',
			'Take the mark away, or switch the unit of the amount from kopecks to RUB.',
		],
		[
			{ mark: '€', currency: 'eur' },
			'The amount is marked "€", but it is to be counted in cents',
			'Take the mark away, or switch the unit of the amount from cents to EUR.',
		],
	],
	'amount.negative': [[{}, 'The amount is negative', 'Enter an amount above zero.']],
	'amount.zero': [[{}, 'The amount is zero', 'Enter an amount above zero, or leave this row out.']],
	'amount.tooLarge': [
		[
			{},
			'The amount is above ten billion',
			'Check the amount, and whether it is meant in whole units or in kopecks.',
		],
	],
	'date.notADay': [
		[
			{ what: { label: 'Date of Birth' } },
			'Date of Birth is not a day',
			'Write it like 1990-01-31 or 31.01.1990.',
		],
	],
	'date.otherDayInMoscow': [
		[
			{ what: { label: 'Date of Birth' } },
			'Date of Birth is one day in Moscow and another in UTC',
			'Write it like 1990-01-31 or 31.01.1990.',
		],
	],
	'date.notFull': [
		[{}, 'It is not a full date', 'Enter day, month and year, e.g. 2026-05-31 or 31.05.2026.'],
	],
};

const requestTexts: ExpectedTexts<RequestProblem> = {
	'card.expiryMonth': [[{}, 'The month of expiry is not a month', 'Enter 1 to 12.']],
	'card.expiryYear': [[{}, 'The year of expiry is not a year', 'Enter it as 27 or 2027.']],
	'card.securityCode': [
		[{}, 'The security code does not have 3 or 4 digits', 'Ask the payer again.'],
	],
	'receipt.payerInnMissing': [
		[{}, 'It is empty', 'Enter the INN of the company that pays for the services.'],
	],
	'receipt.payerNameMissing': [
		[{}, 'It is empty', 'Enter the name of the company that pays for the services.'],
	],
	'receipt.noServices': [[{}, 'The receipt has no service', 'Add at least one service.']],
	'receipt.tooManyServices': [
		[
			{ count: 7, maxCount: 6 },
			'The receipt has 7 services, the bank takes at most 6',
			'Combine some of them, or split the payout.',
		],
	],
	'receipt.serviceNameMissing': [
		[{}, 'A service has no name', 'Say what the person did, e.g. Courier services in November.'],
	],
	'receipt.wrongQuantity': [
		[{}, 'The quantity is not a whole number of at least 1', 'Enter 1 or more.'],
	],
	'receipt.sumDiffers': [
		[
			{
				sum: { minorUnits: 150000, currency: 'rub' },
				amount: { minorUnits: 150050, currency: 'rub' },
			},
			'The services add up to 1500.00, the payout is 1500.50',
			'Make price times quantity of all services equal to the amount.',
		],
	],
	'split.incompleteShare': [
		[
			{},
			'A share has no contractor or no size',
			'Give each share a Contractor Alias, and a Percent or Takes the Rest.',
		],
	],
	'split.percentAndRest': [
		[
			{ alias: 'shop' },
			'The share of "shop" has a percent and takes the rest as well',
			'Give each share a Contractor Alias, and a Percent or Takes the Rest.',
		],
	],
	'split.wrongPercent': [
		[
			{ alias: 'shop' },
			'The percent of "shop" is not a number from 0 to 100 with at most four decimals',
			'Enter digits only, such as 12.5.',
		],
	],
	'split.above100Percent': [
		[{ percent: 100.5 }, 'The shares add up to 100.5 percent', 'Share out 100 at most.'],
	],
	'split.severalRests': [[{}, 'More than one share takes the rest', 'Let one of them take it.']],
	'tax.noSuchPeriod': [
		[
			{ periodType: 'month', entered: '13', last: 12 },
			'There is no month 13',
			'Enter a whole number from 1 to 12.',
		],
		[
			{ periodType: 'quarter', entered: '5', last: 4 },
			'There is no quarter 5',
			'Enter a whole number from 1 to 4.',
		],
	],
	'tax.wrongYear': [[{}, 'The year does not have 4 digits', 'Enter a year such as 2026.']],
	'tax.emptyDetail': [
		[
			{},
			'This field is empty',
			'Fill it in; the bank wants all of them. Use 0 where there is nothing to say.',
		],
	],
};

/** One row per sentence: problem, message, remedy. */
const rowsOf = (expected: Record<string, Array<[facts: object, string, string]>>) =>
	Object.entries(expected).flatMap(([code, entries]) =>
		entries.map(([facts, message, remedy]) => ({
			problem: { code, ...facts } as AnyRequestProblem,
			message,
			remedy,
		})),
	);

describe('the text of a problem', () => {
	it.each([...rowsOf(valueTexts), ...rowsOf(requestTexts)])(
		'$problem.code: $message → $remedy',
		({ problem, message, remedy }) => {
			expect(requestProblemText(problem)).toEqual({ message, remedy });
		},
	);

	it('is expected here for every code that has a text', () => {
		expect(Object.keys(valueTexts).sort()).toEqual(Object.keys(valueProblemTexts).sort());
		expect(Object.keys(requestTexts).sort()).toEqual(Object.keys(requestProblemTexts).sort());
	});

	it('has a code of its own in each of the two catalogues', () => {
		const codes = [...Object.keys(valueProblemTexts), ...Object.keys(requestProblemTexts)];
		expect(new Set(codes).size).toBe(codes.length);
	});
});
