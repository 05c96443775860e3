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

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	displayOptions: { hide: { '/options.simplify': [{ _cnd: { exists: true } }] } },
};

/** Simplify where it was before. Only a workflow that was saved with it shows it, in place of the switch. */
const savedSimplify: INodeProperties = {
	...simplify,
	displayOptions: { show: { simplify: [true, false] } },
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
export function readOutputOptions(param: ItemParameters) {
	const { simplify: saved } = param.collection('options');
	const chosen = saved ?? (param.raw(simplify.name) as boolean | null);
	return {
		simplify: param.flagIn({ simplify: chosen }, simplify.name, true),
		failOnDeclined: false,
	};
}

/** Reads Simplify and Fail on Declined Payout. */
export const readPayoutOutputOptions = (param: ItemParameters) => ({
	...readOutputOptions(param),
	failOnDeclined: param.flagIn(param.collection('options'), 'failOnDeclined'),
});

/** Simplify and the Options of an operation that outputs a session. */
export const outputFields = (ownOptions: INodeProperties[] = []): INodeProperties[] => [
	simplify,
	optionsField([savedSimplify, ...ownOptions]),
];

/** The last fields of operations on a session that have no other options. */
export const sessionOutputFields = outputFields();
