import type { SelfEmployedAdvice } from '../../../../bank131/services/selfEmployed';
import type { TaxServiceError } from '../../../../bank131/services/taxService';
import { failureText } from '../../../shared/messages/reasonTexts';

/** Texts of the output field `advice`. */
export const selfEmployedAdviceTexts: Readonly<Record<SelfEmployedAdvice, string>> = {
	readResultLater:
		'The tax service has not answered yet. Ask again with Self-Employed: Get Check Result.',
	answerIsUnclear:
		'The answer is there, but it does not say whether the person is self-employed or linked to the bank: see the field "answer". Asking again will not change it.',
	notSelfEmployed:
		'The person is not registered as self-employed and cannot be paid with a receipt.',
	linkToBank:
		"The person is self-employed but not linked to Bank 131. Let them link in the bank's widget, then check again.",
	receiptIsPossible: 'A payout with a receipt can be sent.',
};

/** Message of an item that failed after the bank accepted its request. An error keeps the bank's own description. */
export const taxServiceMessage = (problem: TaxServiceError['problem']): string =>
	problem.code === 'taxServiceTimeout'
		? 'The tax service has not answered in time'
		: failureText(problem);

/** How to read the answer later. */
export const readLaterAdvice = (requestId: string): string =>
	`Self-Employed: Get Check Result shows the answer, if there is one, to the request ${requestId}.`;
