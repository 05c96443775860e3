import type { INodeProperties } from 'n8n-workflow';

import { markNotifications, type NotificationStatus } from '../../../../bank131/services/notifications';
import { optionsField } from '../../fields/batchOptions';
import { readInn, readTexts, taxReference } from '../../fields/common';
import { verifyCheckDigits } from '../../fields/policy';
import { operation } from '../../contract/operation';
import type { ItemParameters } from '../../parameters/itemParameters';
import { inferredNotice } from './checkPersonalInfo';
import { orItsRequest } from './result';

const notificationIds: INodeProperties = {
	displayName: 'Notification IDs',
	name: 'notificationIds',
	type: 'string',
	required: true,
	default: '',
	description: 'From Get Many Notifications; one or several, comma-separated',
};

const status: INodeProperties = {
	displayName: 'Status',
	name: 'notificationStatus',
	type: 'options',
	options: [
		{ name: 'Archived', value: 'ARCHIVED' },
		{ name: 'Read', value: 'ACKNOWLEDGED' },
	],
	default: 'ACKNOWLEDGED',
	description: 'What the person did with the notices',
};

const options = optionsField([verifyCheckDigits]);

function readIds(param: ItemParameters): string[] {
	const { name } = notificationIds;
	const ids = readTexts(param, name, param.raw(name));
	if (ids.length === 0) {
		param.problem(name, 'This field holds no ID', 'Take them from Get Many Notifications.');
	}
	return ids;
}

export const markDelivered = operation({
	resource: 'selfEmployed',
	value: 'markDelivered',
	name: 'Mark Notifications as Delivered',
	action: 'Mark notifications as delivered',
	description: 'Tell the tax service that the notices reached the person',
	movesMoney: false,
	forAgents: 'free',
	fields: [inferredNotice, taxReference, notificationIds, options],
	read: (param) => ({ inn: readInn(param), ids: readIds(param) }),
	run: async ({ inn, ids }, { bank }) =>
		await orItsRequest(inn, markNotifications(inn, ids, undefined, bank), () => ({
			json: { inn, notificationIds: ids, delivered: true },
		})),
});

export const updateStatus = operation({
	resource: 'selfEmployed',
	value: 'updateNotificationStatus',
	name: 'Update Notification Status',
	action: 'Update the status of notifications',
	description: 'Tell the tax service that the person has read or archived the notices',
	movesMoney: false,
	forAgents: 'free',
	fields: [inferredNotice, taxReference, notificationIds, status, options],
	read: (param) => ({
		inn: readInn(param),
		ids: readIds(param),
		status: param.choice<NotificationStatus>(
			'notificationStatus',
			param.raw('notificationStatus'),
			['ACKNOWLEDGED', 'ARCHIVED'],
			'ACKNOWLEDGED',
		),
	}),
	run: async ({ inn, ids, status: wanted }, { bank }) =>
		await orItsRequest(inn, markNotifications(inn, ids, wanted, bank), () => ({
			json: { inn, notificationIds: ids, status: wanted },
		})),
});
