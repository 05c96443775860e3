import { BankRefusal, BankUnreachable } from '../../../bank131/client/bankClient';
import { USE_NEW_REFERENCE } from './adviceTexts';
import { errorAdvice, errorAdviceWithReference, errorDescription } from './errorCodeTexts';
import { failureText, NOTHING_CHANGED } from './reasonTexts';

/** The bank refused a repeated request; the response to an earlier attempt was lost. */
const REFUSED_AFTER_LOST_RESPONSE =
	'The answer to an earlier try was lost: that one may have done it, and this refusal may be its consequence.';

/** No attempt of a request that changes something got a response. Such requests move no money. */
const ALL_RESPONSES_LOST =
	'The responses were lost, so it is not known whether the bank did this. It moves no money. Check the current state if you can, then run it again.';

/** What an exception says, as a sentence: the bank's description of a refusal, or why there was no response. */
export function errorMessage(error: unknown): string {
	if (error instanceof BankRefusal) return errorDescription(error.error);
	if (error instanceof BankUnreachable) return failureText(error.reason);
	return error instanceof Error ? error.message : String(error);
}

/**
 * What to do after an exception of the bank client; undefined for other exceptions and unknown codes.
 * @param movesMoney the operation has a Reference under which it could be paid again
 */
export function errorAdviceText(error: unknown, movesMoney: boolean): string | undefined {
	if (error instanceof BankUnreachable) {
		return error.mayHaveActed ? ALL_RESPONSES_LOST : NOTHING_CHANGED;
	}
	if (!(error instanceof BankRefusal)) return undefined;
	const advice = movesMoney
		? errorAdviceWithReference(error.code, USE_NEW_REFERENCE)
		: errorAdvice(error.code);
	return error.mayHaveActed
		? [REFUSED_AFTER_LOST_RESPONSE, advice].filter(Boolean).join(' ')
		: advice;
}
