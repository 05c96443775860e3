import { countNotifications as countUnread } from '../../../../bank131/services/notifications';
import { defineOperation } from '../../contract/operation';
import { readSelfEmployedInn } from '../../fields/inn';
import { notificationFields } from './notificationFields';
import { withRequestId } from './result';

export const countNotifications = defineOperation({
	resource: 'selfEmployed',
	value: 'countNotifications',
	name: 'Count Notifications',
	action: 'Count the notifications of a self-employed person',
	description: 'Tell how many notifications of the tax service a person has not read',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: notificationFields,
	read: readSelfEmployedInn,
	run: async (inn, { bank }) =>
		await withRequestId(inn, countUnread(inn, bank), (count) => ({ json: { inn, count } })),
});
