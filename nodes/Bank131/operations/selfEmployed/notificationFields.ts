import type { INodeProperties } from 'n8n-workflow';

import { optionsField } from '../../fields/batchOptions';
import { verifyCheckDigits } from '../../fields/policy';
import { readTextList } from '../../fields/text';
import type { ItemParameters } from '../../parameters/itemParameters';

export const notificationIds: INodeProperties = {
	displayName: 'Notification IDs',
	name: 'notificationIds',
	type: 'string',
	required: true,
	default: '',
	description: 'From Get Many Notifications; one or several, comma-separated',
};

export const notificationOptions = optionsField([verifyCheckDigits]);

/** Reads Notification IDs. No ID is a problem. */
export function readNotificationIds(param: ItemParameters): string[] {
	const { name } = notificationIds;
	const ids = readTextList(param, name, param.raw(name));
	if (ids.length === 0) {
		param.addProblem(name, 'This field holds no ID', 'Take them from Get Many Notifications.');
	}
	return ids;
}
