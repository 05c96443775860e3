import { BankRefusal } from '../../../bank131/client/bankClient';
import type { Progress } from '../../../bank131/flows/progress';
import { compact } from '../../../bank131/lib/json';
import { withMainFieldsFirst } from '../../../bank131/session/describe';
import { outcomeFields } from '../../../bank131/session/outcomes';
import { adviceOfCode } from '../../shared/messages/adviceTexts';
import { errorAdviceText, errorMessage } from '../../shared/messages/bankErrorTexts';
import { reasonText } from '../../shared/messages/reasonTexts';
import type { Operation } from '../contract/operation';
import type { FailedItem } from './itemErrors';
import { identifyingFacts, type ValidItem } from './readItems';

/**
 * The item whose operation ended with an exception: a failure of the bank, or a fault of this package. Operations that
 * move money save their progress before each step that does. So after the first such step the outcome is `unknown`,
 * whatever the exception is, and before it `rejected`.
 */
export function exceptionItem(
	error: unknown,
	operation: Operation,
	{ item, itemIndex, progress }: { item: ValidItem; itemIndex: number; progress?: Progress },
): FailedItem {
	const message = errorMessage(error);
	const facts = {
		...identifyingFacts(operation, item.input, item.identity),
		...(error instanceof BankRefusal && { errorCode: error.code, errorDescription: message }),
		...(operation.movesMoney && outcomeFields('rejected')),
	};
	if (progress === undefined || progress.step === 'created') {
		const description = errorAdviceText(error, operation.movesMoney);
		return { kind: 'failed', itemIndex, facts, message, description };
	}
	const sessionId = progress.sessionId || undefined;
	const advice = sessionId
		? adviceOfCode({ code: 'readSession', sessionId })
		: { advice: reasonText({ code: 'sessionIdLost' }).advice, adviceCode: 'sessionIdLost' };
	return {
		kind: 'failed',
		itemIndex,
		facts: withMainFieldsFirst(
			compact({
				...facts,
				...(sessionId && { sessionId }),
				...outcomeFields('unknown'),
				...advice,
			}),
		),
		tally: { outcome: 'unknown' },
		message: `It is not known what the bank did, because the node failed: ${message}`,
		description: advice?.advice,
	};
}
