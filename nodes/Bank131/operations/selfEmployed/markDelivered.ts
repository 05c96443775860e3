import { markNotifications } from '../../../../bank131/services/notifications';
import { defineOperation } from '../../contract/operation';
import { inferredNotice } from '../../fields/inferredNotice';
import { readSelfEmployedInn, selfEmployedInnField } from '../../fields/inn';
import { notificationIds, notificationOptions, readNotificationIds } from './notificationFields';
import { withRequestId } from './result';

export const markDelivered = defineOperation({
	resource: 'selfEmployed',
	value: 'markDelivered',
	name: 'Mark Notifications as Delivered',
	action: 'Mark notifications as delivered',
	description: 'Report to the tax service that the notifications reached the person',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [inferredNotice, selfEmployedInnField, notificationIds, notificationOptions],
	read: (param) => ({ inn: readSelfEmployedInn(param), ids: readNotificationIds(param) }),
	run: async ({ inn, ids }, { bank }) =>
		await withRequestId(inn, markNotifications(inn, ids, undefined, bank), () => ({
			json: { inn, notificationIds: ids, delivered: true },
		})),
});
