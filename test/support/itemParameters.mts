/** The parameters of one item without n8n: plain values, no expressions. */
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { BatchParameters } from '../../nodes/Bank131/parameters/batchParameters.ts';
import { ItemParameters } from '../../nodes/Bank131/parameters/itemParameters.ts';

export function itemParametersOf(values: INodeParameters): ItemParameters {
	const node = {
		getNode: () => ({ type: 'bank131', parameters: values }),
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: string, _itemIndex: number, fallback: unknown) =>
			name in values ? values[name] : fallback,
	} as unknown as IExecuteFunctions;
	return new ItemParameters(node, 0, new BatchParameters(node, false));
}
