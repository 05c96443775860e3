import type { AnyOperation, Resource } from './contract/operation';
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

/** All resources with their operations. The form and the execution both use this list. */
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

/** The operations of all resources. */
export const operations: AnyOperation[] = resources.flatMap((resource) => resource.operations);

/** The operation `value` of a resource; `undefined` if there is none. */
export function findOperation(resource: string, value: string): AnyOperation | undefined {
	return operations.find(
		(operation) => operation.resource === resource && operation.value === value,
	);
}
