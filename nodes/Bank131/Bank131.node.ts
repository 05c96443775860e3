import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { searchFpsBanks } from './listSearch';
import { findOperation, properties } from './registry';
import { refuseAll, runOperation } from './runner';

export class Bank131 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bank 131',
		name: 'bank131',
		icon: { light: 'file:../../icons/bank131.svg', dark: 'file:../../icons/bank131.dark.svg' },
		group: ['output'],
		version: [1],
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Pay people through Bank 131: cards, accounts, phone (FPS), wallets, self-employed',
		defaults: { name: 'Bank 131' },
		// Not offered to AI agents until payouts started by an agent are limited (docs/decisions.md).
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'bank131Api', required: true }],
		// With these somebody could pay or charge: n8n hides them in stored executions, the next nodes still get them.
		sensitiveOutputFields: ['accountToken', 'publicToken', 'recurringToken', 'token'],
		properties,
	};

	methods = { listSearch: { searchFpsBanks } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0) as string;
		const value = this.getNodeParameter('operation', 0) as string;
		const operation = findOperation(resource, value);
		if (!operation) {
			const message = `There is no operation "${value}" of "${resource}"`;
			const description = 'Choose Resource and Operation again.';
			return refuseAll(this, new NodeOperationError(this.getNode(), message, { description }));
		}
		return await runOperation(this, operation);
	}
}
