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
		operations.map((operation) => ({
			show: { resource: [operation.resource], operation: [operation.value] },
			fields: [
				...('agentPolicy' in operation ? agentFields(operation.agentPolicy) : []),
				...operation.fields,
			],
		})),
	),
];

/** Resource and operation under the node on the canvas, such as `Payout: Send`. */
export const subtitle = `={{ (${JSON.stringify(
	Object.fromEntries(
		resources.flatMap(({ value, name, operations: ownOperations }) =>
			ownOperations.map((operation) => [
				`${value}.${operation.value}`,
				`${name}: ${operation.name}`,
			]),
		),
	),
)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;

/** The drop-down of the operations of a resource; the first operation of the resource is the default. */
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
