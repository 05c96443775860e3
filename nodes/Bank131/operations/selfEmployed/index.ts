import type { Resource } from '../../operation';
import { check } from './check';
import { getResult } from './getResult';

export const selfEmployed: Resource = {
	value: 'selfEmployed',
	name: 'Self-Employed',
	description: 'People who pay the tax on professional income (НПД)',
	operations: [check, getResult],
};
