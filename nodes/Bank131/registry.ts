import type { INodeProperties } from 'n8n-workflow';

import type { AnyOperation, Resource } from './operation';
import { account } from './operations/account';
import { balance } from './operations/balance';
import { fps } from './operations/fps';
import { payment } from './operations/payment';
import { payout } from './operations/payout';
import { receipt } from './operations/receipt';
import { recurringToken } from './operations/recurringToken';
import { refund } from './operations/refund';
import { report } from './operations/report';
import { selfEmployed } from './operations/selfEmployed';
import { session } from './operations/session';
import { subscription } from './operations/subscription';
import { token } from './operations/token';
import { byText, mergeFields } from './shownFields';

/** Everything the node can do. An operation that is here is shown and handled; there is no second list. */
export const resources: Resource[] = [
	account,
	balance,
	fps,
	payment,
	payout,
	receipt,
	recurringToken,
	refund,
	report,
	selfEmployed,
	session,
	subscription,
	token,
];

export const operations: AnyOperation[] = resources.flatMap((resource) => resource.operations);

export function findOperation(resource: string, value: string): AnyOperation | undefined {
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
