import type { Resource } from '../../contract/operation';
import { check } from './check';
import { checkPersonalInfo } from './checkPersonalInfo';
import { countNotifications } from './countNotifications';
import { getNotifications } from './getNotifications';
import { getResult } from './getResult';
import { markDelivered } from './markDelivered';
import { updateNotificationStatus } from './updateNotificationStatus';

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
		updateNotificationStatus,
	],
};
