import { explain, withoutPayout } from '../../../../bank131/protocol/errorCodes';
import { compact } from '../../../../bank131/lib/json';
import type { SelfEmployedStatus } from '../../../../bank131/services/selfEmployed';
import { TaxServiceError } from '../../../../bank131/services/taxService';
import type { ItemResult } from '../../contract/operation';

/** The output of a check; `inn` if it is known. */
export const checkResult = (status: SelfEmployedStatus, inn?: string): ItemResult => ({
	json: compact({ inn, ...status }),
});

/**
 * The result of a request to the tax service. A failure of the tax service becomes an error item with the request ID,
 * because the response may come later.
 * @throws every other error of `pending`
 */
export async function withRequestId<T>(
	inn: string,
	pending: Promise<T>,
	result: (answer: T) => ItemResult | ItemResult[],
): Promise<ItemResult | ItemResult[]> {
	const answer = await pending.then(
		(value) => ({ value }),
		(error: unknown) => {
			if (error instanceof TaxServiceError) return error;
			throw error;
		},
	);
	return answer instanceof TaxServiceError ? failed(inn, answer) : result(answer.value);
}

function failed(inn: string, { requestId, message, error }: TaxServiceError): ItemResult {
	const askLater = `Self-Employed: Get Check Result shows the answer, if there is one, to the request ${requestId}.`;
	return {
		json: compact({
			inn,
			requestId,
			errorCode: error?.code,
			errorDescription: error?.description,
		}),
		failure: {
			message,
			description: `${withoutPayout(explain(error?.code)?.advice) ?? ''} ${askLater}`.trim(),
			error,
		},
	};
}
