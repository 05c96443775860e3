import type { INodeProperties } from 'n8n-workflow';

import type { CompletionPlan } from '../../../bank131/flows/confirmAndWait';
import type { ItemParameters } from '../parameters/itemParameters';

export const confirmation: INodeProperties = {
	displayName: 'Confirmation',
	name: 'confirmation',
	type: 'options',
	options: [
		{
			name: 'Confirm Automatically',
			value: 'automatic',
			description:
				'The node confirms as soon as the bank is ready, if the bank shows the same amount',
		},
		{
			name: 'Leave for Approval',
			value: 'manual',
			description:
				'The money waits for Session: Confirm. The bank cancels what nobody confirms in time.',
		},
	],
	default: 'automatic',
	description: 'Who approves the payout before money moves',
};

const waitForAutomatic: INodeProperties = {
	displayName: 'Wait For',
	name: 'waitFor',
	type: 'options',
	options: [
		{
			name: 'Confirmed',
			value: 'confirmed',
			description: 'Go on once the confirmation is at the bank',
		},
		{
			name: 'Final Result',
			value: 'final',
			description: 'Go on once the money has moved or the payout has failed',
		},
	],
	default: 'final',
	description:
		'When the node goes on. Transfers to accounts can take days: let the trigger report their result.',
	displayOptions: { show: { confirmation: ['automatic'] } },
};

const waitForManual: INodeProperties = {
	displayName: 'Wait For',
	name: 'waitFor',
	type: 'options',
	options: [
		{ name: 'Started', value: 'started', description: 'Go on once the bank has the payout' },
		{ name: 'Ready to Confirm', value: 'ready', description: 'Go on once the bank has checked it' },
		{
			name: 'Final Result',
			value: 'final',
			description:
				'For projects where the bank confirms by itself, or somebody else confirms meanwhile',
		},
	],
	default: 'ready',
	description: 'When the node goes on',
	displayOptions: { show: { confirmation: ['manual'] } },
};

export const timeLimit: INodeProperties = {
	displayName: 'Wait at Most (Seconds)',
	name: 'timeLimit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 60,
	description:
		'How long to wait per item. After that it is output as "processing", which is no error. A payout that was not ready by then is not confirmed.',
};

export const failOnDeclined: INodeProperties = {
	displayName: 'Fail on Declined Payout',
	name: 'failOnDeclined',
	type: 'boolean',
	default: false,
	description:
		'Whether a payout or receipt that the bank declined or cancelled, or money that came back, stops the workflow or goes to the error branch, instead of leaving as a result',
};

export const planFields = [confirmation, waitForAutomatic, waitForManual];

/** The operation only starts the payout or payment; a confirmation and the result are left to others. */
export const START_ONLY_PLAN: CompletionPlan = {
	confirm: 'manual',
	waitFor: 'started',
	timeLimitMs: 0,
};

/** Reads Confirmation: whether the node or a person confirms. */
export const readConfirmation = (param: ItemParameters): CompletionPlan['confirm'] =>
	param.choice('confirmation', param.raw('confirmation'), ['automatic', 'manual'], 'automatic');

/** Reads Wait at Most from Options, in ms. `field` is the field that the operation shows. */
export const readTimeLimitMs = (param: ItemParameters, field = timeLimit): number =>
	param.numberIn(param.collection('options'), field) * 1000;

/** Reads who confirms and how long to wait. Collects every problem in `param`. */
export function readCompletionPlan(param: ItemParameters): CompletionPlan {
	const confirm = readConfirmation(param);
	return {
		confirm,
		waitFor: readWaitFor(param, confirm),
		timeLimitMs: readTimeLimitMs(param),
	};
}

const WAIT_FOR = ['started', 'ready', 'confirmed', 'final'] as const;

/**
 * If Confirmation is an expression, n8n may pass a choice of the other list. The nearest choice of the right list is
 * used.
 */
function readWaitFor(
	param: ItemParameters,
	confirm: CompletionPlan['confirm'],
): CompletionPlan['waitFor'] {
	const nearest = confirm === 'automatic' ? 'final' : 'ready';
	const waitFor = param.choice('waitFor', param.raw('waitFor'), WAIT_FOR, nearest);
	if (waitFor === 'final') return 'final';
	if (confirm === 'automatic') return waitFor === 'confirmed' ? 'confirmed' : 'final';
	return waitFor === 'started' ? 'started' : 'ready';
}
