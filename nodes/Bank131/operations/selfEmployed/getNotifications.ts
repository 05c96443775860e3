import { readNotifications } from '../../../../bank131/services/notifications';
import { defineOperation } from '../../contract/operation';
import { readSelfEmployedInn } from '../../fields/inn';
import { notificationFields } from './notificationFields';
import { withRequestId } from './result';

export const getNotifications = defineOperation({
	resource: 'selfEmployed',
	value: 'getNotifications',
	name: 'Get Many Notifications',
	action: 'Get many notifications of a self-employed person',
	description:
		'Get the unread notifications of the tax service, one item each. By law they must be shown to the person.',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: notificationFields,
	read: readSelfEmployedInn,
	run: async (inn, { bank }) =>
		await withRequestId(inn, readNotifications(inn, bank), (notifications) =>
			notifications.map((one) => ({ json: { ...one } })),
		),
});
