import { compact } from '../../../../bank131/lib/json';
import type { SelfEmployedStatus } from '../../../../bank131/services/selfEmployed';
import { TaxServiceError } from '../../../../bank131/services/taxService';
import { errorAdvice, errorDescription } from '../../../shared/messages/errorCodeTexts';
import type { ItemResult } from '../../contract/operation';
import { readLaterAdvice, selfEmployedAdviceTexts, taxServiceMessage } from './taxServiceTexts';

/** The output of a check; `inn` is absent if only the request ID is known. */
export const checkResult = (status: SelfEmployedStatus, inn?: string): ItemResult => ({
	json: compact({ inn, ...status, advice: selfEmployedAdviceTexts[status.advice] }),
});

/**
 * The result of a request to the tax service. After the bank accepted the request, an error item has the request ID,
 * because the answer may come later.
 * @throws whatever `request` rejects with, except TaxServiceError
 */
export async function withRequestId<T>(
	inn: string,
	request: Promise<T>,
	toResult: (answer: T) => ItemResult | ItemResult[],
): Promise<ItemResult | ItemResult[]> {
	const answer = await request.then(
		(value) => ({ value }),
		(error: unknown) => {
			if (error instanceof TaxServiceError) return error;
			throw error;
		},
	);
	return answer instanceof TaxServiceError ? failedResult(inn, answer) : toResult(answer.value);
}

function failedResult(inn: string, { requestId, problem }: TaxServiceError): ItemResult {
	const error = problem.code === 'refused' ? problem.error : undefined;
	return {
		json: compact({
			inn,
			requestId,
			errorCode: error?.code,
			errorDescription: error && errorDescription(error),
		}),
		failure: {
			message: taxServiceMessage(problem),
			description: `${errorAdvice(error?.code) ?? ''} ${readLaterAdvice(requestId)}`.trim(),
		},
	};
}
