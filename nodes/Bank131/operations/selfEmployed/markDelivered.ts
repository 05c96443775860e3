import { markNotifications } from '../../../../bank131/services/notifications';
import { operation } from '../../contract/operation';
import { readInn, taxReference } from '../../fields/common';
import { inferredNotice } from '../../fields/inferredNotice';
import { notificationIds, options, readIds } from './notificationFields';
import { withRequestId } from './result';

export const markDelivered = operation({
	resource: 'selfEmployed',
	value: 'markDelivered',
	name: 'Mark Notifications as Delivered',
	action: 'Mark notifications as delivered',
	description: 'Tell the tax service that the notices reached the person',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [inferredNotice, taxReference, notificationIds, options],
	read: (param) => ({ inn: readInn(param), ids: readIds(param) }),
	run: async ({ inn, ids }, { bank }) =>
		await withRequestId(inn, markNotifications(inn, ids, undefined, bank), () => ({
			json: { inn, notificationIds: ids, delivered: true },
		})),
});
