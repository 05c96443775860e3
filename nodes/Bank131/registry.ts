import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from './operation';
import { balance } from './operations/balance';
import { payout } from './operations/payout';
import { selfEmployed } from './operations/selfEmployed';
import { session } from './operations/session';
import { mergeFields } from './shownFields';

/** Everything the node can do. An operation that is here is shown and handled; there is no second list. */
export const resources: Resource[] = [balance, payout, selfEmployed, session];

export const operations: Operation[] = resources.flatMap((resource) => resource.operations);

export function findOperation(resource: string, value: string): Operation | undefined {
	return operations.find((one) => one.resource === resource && one.value === value);
}

const initial = payout.value;

/** The node's properties: resource, operation of each resource, then every field where it applies. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value, description }) => ({ name, value, description })),
		default: initial,
	},
	...resources.map(operationProperty),
	...mergeFields(
		operations.map(({ resource, value, fields }) => ({
			show: { resource: [resource], operation: [value] },
			fields,
		})),
	),
];

function operationProperty(resource: Resource): INodeProperties {
	const first = resource.operations[0].value;
	const byName = [...resource.operations].sort((a, b) => a.name.localeCompare(b.name));
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
