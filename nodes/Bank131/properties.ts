import type { INodeProperties } from 'n8n-workflow';

import { agentFields } from './agent/agentFields';
import type { Resource } from './contract/operation';
import { byText, mergeFields } from './form/mergeFields';
import { operations, resources } from './registry';

const INITIAL_RESOURCE = 'payout';

/**
 * The node's properties: resource, operation of each resource, then every field where it applies. Published as JSON;
 * gulpfile.js explains why.
 */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value, description }) => ({ name, value, description })),
		default: INITIAL_RESOURCE,
	},
	...resources.map(operationProperty),
	...mergeFields(
		operations.map((one) => ({
			show: { resource: [one.resource], operation: [one.value] },
			fields: [...('agentPolicy' in one ? agentFields(one.agentPolicy) : []), ...one.fields],
		})),
	),
];

function operationProperty(resource: Resource): INodeProperties {
	const first = resource.operations[0].value;
	const byName = [...resource.operations].sort(byText(({ name }) => name));
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: byName.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: first,
	};
}
