import { compact } from '../../../../bank131/lib/json';
import type { SelfEmployedStatus } from '../../../../bank131/services/selfEmployed';
import { TaxServiceError } from '../../../../bank131/services/taxService';
import { errorAdvice, errorDescription } from '../../../shared/messages/errorCodes';
import { failureText } from '../../../shared/messages/reasons';
import type { ItemResult } from '../../contract/operation';

export const checkResult = (status: SelfEmployedStatus, inn?: string): ItemResult => ({
	json: compact({ inn, ...status }),
});

/** What the tax service was asked, or an error that names the request: its answer may come later. */
export async function withRequestId<T>(
	inn: string,
	asked: Promise<T>,
	result: (answer: T) => ItemResult | ItemResult[],
): Promise<ItemResult | ItemResult[]> {
	const answer = await asked.then(
		(value) => ({ value }),
		(error: unknown) => {
			if (error instanceof TaxServiceError) return error;
			throw error;
		},
	);
	return answer instanceof TaxServiceError ? failed(inn, answer) : result(answer.value);
}

function failed(inn: string, { requestId, reason }: TaxServiceError): ItemResult {
	const error = reason.code === 'refused' ? reason.error : undefined;
	const askLater = `Self-Employed: Get Check Result shows the answer, if there is one, to the request ${requestId}.`;
	return {
		json: compact({
			inn,
			requestId,
			errorCode: error?.code,
			errorDescription: error && errorDescription(error),
		}),
		failure: {
			message:
				reason.code === 'taxServiceTimeout'
					? 'The tax service has not answered in time'
					: failureText(reason),
			description: `${errorAdvice(error?.code) ?? ''} ${askLater}`.trim(),
		},
	};
}
