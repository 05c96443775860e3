import type { ItemParameters } from '../parameters/itemParameters';

/**
 * Collects a problem if an AI agent sets a field that lets the payer be charged again later. Such a charge needs no
 * further call of the agent, or comes in an execution with limits of its own, so no limit would hold for it.
 */
export function rejectLaterCharge(param: ItemParameters, name: string, isSet: boolean): void {
	if (!isSet || !param.isTool) return;
	param.addProblem(
		name,
		'AI agents may not let a payer be charged again later, because no limit would hold for that',
		'Leave it out, or tell the user that a person must do this.',
	);
}
