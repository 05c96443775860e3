import type { Resource } from '../../contract/operation';
import { check } from './check';
import { checkPersonalInfo } from './checkPersonalInfo';
import { getResult } from './getResult';
import { countNotifications, getNotifications } from './notifications';
import { markDelivered, updateStatus } from './markNotifications';

export const selfEmployed: Resource = {
	value: 'selfEmployed',
	name: 'Self-Employed',
	description: 'People who pay the tax on professional income (НПД)',
	operations: [
		check,
		getResult,
		checkPersonalInfo,
		countNotifications,
		getNotifications,
		markDelivered,
		updateStatus,
	],
};
