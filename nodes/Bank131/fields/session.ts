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

export const readOutputOptions = (param: ItemParameters) => ({
	simplify: param.flagIn(param.collection('options'), 'simplify', true),
	failOnDeclined: false,
});

export const sessionOptions = optionsField([simplify]);
