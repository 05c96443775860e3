import type { SessionResult } from '../../../bank131/flows/sessionResult';
import { compact, type JsonObject } from '../../../bank131/lib/json';
import { adviceFor } from '../../../bank131/session/advice';
import { describeSession } from '../../../bank131/session/describe';
import type { Outcome } from '../../../bank131/session/session';
import type { ItemResult } from '../contract/operation';

/** How a result is written out. */
export interface Output {
	simplify: boolean;
	failOnDeclined: boolean;
}

/** The item for a session. `rejected` and `unknown` leave as failures: a workflow must not take them for payouts. */
export function sessionResult(
	end: SessionResult,
	output: Output,
	asked: JsonObject = {},
): ItemResult {
	const { view, error, outcome } = end;
	const json = compact({
		...asked,
		...(view
			? describeSession(view)
			: { sessionId: outcome === 'duplicate' ? undefined : end.sessionId }),
		...asked,
		outcome,
		...(error && { errorCode: error.code, errorDescription: error.description }),
		...(error?.rejectReasons && { rejectReasons: error.rejectReasons }),
		advice: end.advice ?? advice(end),
		...(!output.simplify && view && { session: view.raw }),
	});
	const message = failureMessage(end, output);
	return message === undefined
		? { json }
		: {
				json,
				failure: {
					message,
					description: json.advice === undefined ? undefined : String(json.advice),
					error,
				},
			};
}

export function advice({ outcome, sessionId, view, error }: SessionResult): string | undefined {
	return adviceFor({
		outcome,
		sessionId: sessionId ?? '',
		sessionStatus: view?.sessionStatus ?? '',
		errorCode: error?.code ?? view?.errorCode,
		operation: view?.operation,
		operations: view?.operations ?? [],
	});
}

export const DECLINED: ReadonlySet<Outcome> = new Set<Outcome>(['failed', 'cancelled', 'returned']);

export function failureMessage(
	{ outcome, reason, view, error }: SessionResult,
	{ failOnDeclined }: Output,
): string | undefined {
	if (outcome === 'rejected' || outcome === 'unknown' || reason !== undefined)
		return reason ?? view?.errorDescription ?? 'The result is not known';
	if (error && outcome !== 'duplicate') return error.description;
	if (!failOnDeclined || !DECLINED.has(outcome)) return undefined;
	return view?.errorDescription ?? `It ended as ${outcome}`;
}
