import type { Resource } from '../../contract/operation';
import { cancel } from './cancel';
import { confirm } from './confirm';
import { create } from './create';
import { get } from './get';
import { initMultiple } from './initMultiple';
import { wait } from './wait';

export const session: Resource = {
	value: 'session',
	name: 'Session',
	description: 'Read, confirm or cancel what the bank is doing: a payout or a payment',
	operations: [get, cancel, confirm, create, initMultiple, wait],
};
