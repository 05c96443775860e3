import type { INodeProperties } from 'n8n-workflow';

import { checkInn } from '../../../bank131/values/identifiers';
import type { ItemParameters } from '../parameters/itemParameters';
import { readCheckPolicy } from './policy';

/** 12-digit INN of a self-employed person. */
export const selfEmployedInnField: INodeProperties = {
	displayName: 'Self-Employed INN',
	name: 'taxReference',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 123456789012',
	description: 'INN (ИНН) of the person, 12 digits',
};

/** Reads `taxReference`: the 12 digits, or an empty text after collecting a problem. */
export const readSelfEmployedInn = (param: ItemParameters): string =>
	param.checked(
		'taxReference',
		checkInn(param.raw('taxReference'), readCheckPolicy(param), 12),
		'',
	);
