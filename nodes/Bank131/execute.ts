import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

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
		return refuseAll(node, new NodeOperationError(node.getNode(), message, { description }));
	}
	return await runOperation(node, operation);
}
