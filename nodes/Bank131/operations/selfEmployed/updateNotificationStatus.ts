import type { INodeProperties } from 'n8n-workflow';

import {
	markNotifications,
	type NotificationStatus,
} from '../../../../bank131/services/notifications';
import { defineOperation } from '../../contract/operation';
import { inferredNotice } from '../../fields/inferredNotice';
import { readSelfEmployedInn, selfEmployedInnField } from '../../fields/inn';
import { notificationIds, notificationOptions, readNotificationIds } from './notificationFields';
import { withRequestId } from './result';

const notificationStatus: INodeProperties = {
	displayName: 'Status',
	name: 'notificationStatus',
	type: 'options',
	options: [
		{ name: 'Archived', value: 'ARCHIVED' },
		{ name: 'Read', value: 'ACKNOWLEDGED' },
	],
	default: 'ACKNOWLEDGED',
	description: 'What the person did with the notifications',
};

export const updateNotificationStatus = defineOperation({
	resource: 'selfEmployed',
	value: 'updateNotificationStatus',
	name: 'Update Notification Status',
	action: 'Update the status of notifications',
	description: 'Report to the tax service that the person has read or archived the notifications',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [
		inferredNotice,
		selfEmployedInnField,
		notificationIds,
		notificationStatus,
		notificationOptions,
	],
	read: (param) => ({
		inn: readSelfEmployedInn(param),
		ids: readNotificationIds(param),
		status: param.choice<NotificationStatus>(
			'notificationStatus',
			param.raw('notificationStatus'),
			['ACKNOWLEDGED', 'ARCHIVED'],
			'ACKNOWLEDGED',
		),
	}),
	run: async ({ inn, ids, status }, { bank }) =>
		await withRequestId(inn, markNotifications(inn, ids, status, bank), () => ({
			json: { inn, notificationIds: ids, status },
		})),
});
