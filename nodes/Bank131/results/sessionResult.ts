import type { SessionResult } from '../../../bank131/flows/sessionResult';
import { compact, type Json, type JsonObject } from '../../../bank131/lib/json';
import { adviceOf } from '../../../bank131/session/advice';
import { describeSession, withMainFieldsFirst } from '../../../bank131/session/describe';
import { outcomeFields, type Outcome } from '../../../bank131/session/outcomes';
import { referenceOf, type SessionView } from '../../../bank131/session/session';
import { adviceOfCode } from '../../shared/messages/adviceTexts';
import { errorDescription } from '../../shared/messages/errorCodeTexts';
import { reasonText } from '../../shared/messages/reasonTexts';
import type { ItemResult } from '../contract/operation';

/** The options of the user for the output of a session. */
export interface OutputOptions {
	/** Leaves out the bank's own session object. */
	simplify: boolean;
	/** Reports declined operations as failures as well. */
	failOnDeclined: boolean;
}

/**
 * The item for an operation on a session. `rejected` and `unknown` are failures: a workflow must not take them for
 * payouts.
 * @param requested what the user asked for; the output has these values instead of the bank's
 */
export function sessionResult(
	result: SessionResult,
	output: OutputOptions,
	requested: JsonObject = {},
): ItemResult {
	const { view, error, outcome, reason } = result;
	const text = reason && reasonText(reason);
	const advice =
		reason && text?.advice !== undefined
			? { advice: text.advice, adviceCode: reason.code }
			: adviceOfCode(result.advice ?? generalAdvice(result));
	const errorFields = error && {
		errorCode: error.code,
		errorDescription: errorDescription(error),
		rejectReasons: error.rejectReasons,
	};
	const own: JsonObject = {
		...requested,
		bankReference: otherFormOf(requested.reference, view),
		...outcomeFields(outcome, !view || view.operation !== undefined),
		...errorFields,
		...advice,
	};
	const sessionName = outcome === 'duplicate' ? 'triedSessionId' : 'sessionId';
	const json = view
		? describeSession(view, own)
		: withMainFieldsFirst(compact({ [sessionName]: result.sessionId, ...own }));
	if (!output.simplify && view) json.session = view.raw;
	const message = failureMessage(result, text?.message, output);
	return message === undefined
		? { json }
		: { json, failure: { message, description: advice?.advice } };
}

/** The Reference as the bank shows it, if it differs from the requested one. */
function otherFormOf(
	reference: Json | undefined,
	view: SessionView | undefined,
): string | undefined {
	const shown = view && referenceOf(view);
	return reference === undefined || shown === reference ? undefined : shown;
}

/** The advice that follows from the outcome alone. */
function generalAdvice({ outcome, sessionId, view, error }: SessionResult) {
	return adviceOf({
		outcome,
		sessionId: sessionId ?? '',
		sessionStatus: view?.sessionStatus ?? '',
		errorCode: error?.code ?? view?.errorCode,
		operation: view?.operation,
		operations: view?.operations ?? [],
		hasUnreadableOperations: view?.hasUnreadableOperations ?? false,
	});
}

const DECLINED_OUTCOMES: ReadonlySet<Outcome> = new Set<Outcome>([
	'failed',
	'cancelled',
	'returned',
]);

/** Why the item is a failure; undefined if it is not one. */
function failureMessage(
	{ outcome, view, error }: SessionResult,
	reason: string | undefined,
	{ failOnDeclined }: OutputOptions,
): string | undefined {
	if (outcome === 'rejected' || outcome === 'unknown' || reason !== undefined)
		return reason ?? view?.errorDescription ?? 'The result is not known';
	if (error && outcome !== 'duplicate') return errorDescription(error);
	if (!failOnDeclined || !DECLINED_OUTCOMES.has(outcome)) return undefined;
	return view?.errorDescription ?? `It ended as ${outcome}`;
}
