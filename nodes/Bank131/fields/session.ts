import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../parameters/itemParameters';
import { optionsField } from './batchOptions';

export const sessionId: INodeProperties = {
	displayName: 'Session ID',
	name: 'sessionId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ps_3230',
	description: 'From the output of an earlier operation or of the trigger',
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Reads Session ID; an empty text if the field is empty, which is a problem. */
export function readSessionId(param: ItemParameters): string {
	const id = param.text('sessionId');
	if (id === '') {
		param.addProblem(
			'sessionId',
			'The session ID is empty',
			'Take it from the output of an earlier operation or of the trigger.',
		);
	}
	return id;
}

/** Reads Simplify, for operations without the option Fail on Declined Payout. */
export const readOutputOptions = (param: ItemParameters) => ({
	simplify: param.flagIn(param.collection('options'), 'simplify', true),
	failOnDeclined: false,
});

/** Reads Simplify and Fail on Declined Payout. */
export const readPayoutOutputOptions = (param: ItemParameters) => ({
	...readOutputOptions(param),
	failOnDeclined: param.flagIn(param.collection('options'), 'failOnDeclined'),
});

/** The Options of operations on a session that have no other options. */
export const sessionOptions = optionsField([simplify]);
