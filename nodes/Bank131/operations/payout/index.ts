import type { Resource } from '../../contract/operation';
import { initiate } from './initiate';
import { readList } from './readList';
import { send } from './send';
import { start } from './start';

export const payout: Resource = {
	value: 'payout',
	name: 'Payout',
	description: 'Money to a person or a company',
	operations: [send, start, initiate, readList],
};
