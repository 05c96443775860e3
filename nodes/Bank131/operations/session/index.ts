import type { Resource } from '../../operation';
import { cancel } from './cancel';
import { confirm } from './confirm';
import { create } from './create';
import { get } from './get';
import { initMultiple } from './initMultiple';
import { wait } from './wait';

export const session: Resource = {
	value: 'session',
	name: 'Session',
	description: 'The container in which the bank runs a payout',
	operations: [get, cancel, confirm, create, initMultiple, wait],
};
