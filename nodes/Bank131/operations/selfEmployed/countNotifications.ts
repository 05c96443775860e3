import { countNotifications as countUnread } from '../../../../bank131/services/notifications';
import { defineOperation } from '../../contract/operation';
import { inferredNotice } from '../../fields/inferredNotice';
import { readSelfEmployedInn, selfEmployedInnField } from '../../fields/inn';
import { notificationOptions } from './notificationFields';
import { withRequestId } from './result';

export const countNotifications = defineOperation({
	resource: 'selfEmployed',
	value: 'countNotifications',
	name: 'Count Notifications',
	action: 'Count the notifications of a self-employed person',
	description: 'Count the notifications of the tax service that a person has not read',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [inferredNotice, selfEmployedInnField, notificationOptions],
	read: readSelfEmployedInn,
	run: async (inn, { bank }) =>
		await withRequestId(inn, countUnread(inn, bank), (count) => ({ json: { inn, count } })),
});
