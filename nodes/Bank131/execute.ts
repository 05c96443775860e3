import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { PlainError } from '../shared/shownTexts';
import { findOperation } from './registry';
import { refuseAll } from './runner/refuseAll';
import { runOperation } from './runner/runOperation';

/** Runs the operation that the user chose for all items. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = node.getNodeParameter('resource', 0) as string;
	const value = node.getNodeParameter('operation', 0) as string;
	const operation = findOperation(resource, value);
	if (!operation) {
		const message = `There is no operation "${value}" of "${resource}"`;
		const description = 'Choose Resource and Operation again.';
		return refuseAll(node, new PlainError({ message, description }));
	}
	return await runOperation(node, operation);
}
