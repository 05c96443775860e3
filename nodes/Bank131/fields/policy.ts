import type { INodeProperties } from 'n8n-workflow';

import type { CheckPolicy } from '../../../bank131/values/identifiers';
import type { KnownValue } from '../../../bank131/values/problems';
import type { ItemParameters } from '../parameters/itemParameters';
import { nameOf } from '../parameters/valueProblemTexts';

export const verifyCheckDigits: INodeProperties = {
	displayName: 'Verify Check Digits',
	name: 'verifyCheckDigits',
	type: 'options',
	options: [
		{ name: 'Always', value: 'always' },
		{ name: 'Automatic', value: 'automatic', description: 'Only on Live' },
		{ name: 'Never', value: 'never' },
	],
	default: 'automatic',
	description:
		"Whether to reject cards, accounts and INNs with wrong check digits. The bank's test values have wrong ones.",
};

/** Reads whether check digits are verified: by default only with a credential that leads to the real bank. */
export function readCheckPolicy(param: ItemParameters): CheckPolicy {
	const { verifyCheckDigits: value } = param.collection('options');
	const choices = ['automatic', 'always', 'never'] as const;
	const mode = param.choice('verifyCheckDigits', value, choices, 'automatic');
	return {
		checkDigits: mode === 'always' || (mode === 'automatic' && param.isLive),
		// Who chose Never knows it.
		...(mode === 'automatic' && {
			onWrongDigits: (what) => param.once('wrongDigits', () => param.addHint(untestedText(what))),
		}),
	};
}

const untestedText = (what: KnownValue): string =>
	`Check digits were not tested, because Environment is not Live. There, wrong ones are refused: ${nameOf(what)} of a row of this run, for example.`;

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
