import { readNotifications } from '../../../../bank131/services/notifications';
import { defineOperation } from '../../contract/operation';
import { inferredNotice } from '../../fields/inferredNotice';
import { readSelfEmployedInn, selfEmployedInnField } from '../../fields/inn';
import { limitFields, readLimit } from '../../fields/limit';
import { notificationOptions } from './notificationFields';
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
	fields: [inferredNotice, selfEmployedInnField, ...limitFields, notificationOptions],
	read: (param) => ({ inn: readSelfEmployedInn(param), limit: readLimit(param) }),
	run: async ({ inn, limit }, { bank }) =>
		await withRequestId(inn, readNotifications(inn, bank), (notifications) =>
			notifications.slice(0, limit).map((one) => ({ json: { ...one } })),
		),
});
