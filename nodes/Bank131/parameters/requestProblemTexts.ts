import type { AnyRequestProblem, RequestProblem } from '../../../bank131/requests/problems';
import { formatAmount, type Money } from '../../../bank131/values/money';
import {
	createText,
	problemText,
	type ProblemText,
	type ProblemTexts,
} from '../../shared/messages/problemText';
import { valueProblemTexts } from './valueProblemTexts';

const formatDecimal = ({ minorUnits, currency }: Money): string =>
	formatAmount(minorUnits, currency);

const COMPLETE_SHARE = 'Give each share a Contractor Alias, and a Percent or Takes the Rest.';

/** The sentences for every problem of a request. */
export const requestProblemTexts: ProblemTexts<RequestProblem> = {
	'card.expiryMonth': () => createText('The month of expiry is not a month', 'Enter 1 to 12.'),
	'card.expiryYear': () =>
		createText('The year of expiry is not a year', 'Enter it as 27 or 2027.'),
	'card.securityCode': () =>
		createText('The security code does not have 3 or 4 digits', 'Ask the payer again.'),
	'receipt.payerInnMissing': () =>
		createText('It is empty', 'Enter the INN of the company that pays for the services.'),
	'receipt.payerNameMissing': () =>
		createText('It is empty', 'Enter the name of the company that pays for the services.'),
	'receipt.noServices': () => createText('The receipt has no service', 'Add at least one service.'),
	'receipt.tooManyServices': ({ count, maxCount }) =>
		createText(
			`The receipt has ${count} services, the bank takes at most ${maxCount}`,
			'Combine some of them, or split the payout.',
		),
	'receipt.serviceNameMissing': () =>
		createText(
			'A service has no name',
			'Say what the person did, e.g. Courier services in November.',
		),
	'receipt.wrongQuantity': () =>
		createText('The quantity is not a whole number of at least 1', 'Enter 1 or more.'),
	'receipt.sumDiffers': ({ sum, amount }) =>
		createText(
			`The services add up to ${formatDecimal(sum)}, the payout is ${formatDecimal(amount)}`,
			'Make price times quantity of all services equal to the amount.',
		),
	'split.incompleteShare': () => createText('A share has no contractor or no size', COMPLETE_SHARE),
	'split.percentAndRest': ({ alias }) =>
		createText(`The share of "${alias}" has a percent and takes the rest as well`, COMPLETE_SHARE),
	'split.wrongPercent': ({ alias }) =>
		createText(
			`The percent of "${alias}" is not a number from 0 to 100 with at most four decimals`,
			'Enter digits only, such as 12.5.',
		),
	'split.above100Percent': ({ percent }) =>
		createText(`The shares add up to ${percent} percent`, 'Share out 100 at most.'),
	'split.severalRests': () =>
		createText('More than one share takes the rest', 'Let one of them take it.'),
	'tax.noSuchPeriod': ({ periodType, entered, last }) =>
		createText(`There is no ${periodType} ${entered}`, `Enter a whole number from 1 to ${last}.`),
	'tax.wrongYear': () =>
		createText('The year does not have 4 digits', 'Enter a year such as 2026.'),
	'tax.emptyDetail': () =>
		createText(
			'This field is empty',
			'Fill it in; the bank wants all of them. Use 0 where there is nothing to say.',
		),
};

const allTexts: ProblemTexts<AnyRequestProblem> = { ...valueProblemTexts, ...requestProblemTexts };

/** The sentence of a problem that a check of `bank131/values` or `bank131/requests` has found. */
export const requestProblemText = (problem: AnyRequestProblem): ProblemText =>
	problemText(allTexts, problem);
