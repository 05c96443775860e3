import type { INodeProperties } from 'n8n-workflow';

import { optionsField } from '../../fields/batchOptions';
import { readTexts, taxReference } from '../../fields/common';
import { inferredNotice } from '../../fields/inferredNotice';
import { verifyCheckDigits } from '../../fields/policy';
import type { ItemParameters } from '../../parameters/itemParameters';

export const notificationIds: INodeProperties = {
	displayName: 'Notification IDs',
	name: 'notificationIds',
	type: 'string',
	required: true,
	default: '',
	description: 'From Get Many Notifications; one or several, comma-separated',
};

export const options = optionsField([verifyCheckDigits]);

export function readIds(param: ItemParameters): string[] {
	const { name } = notificationIds;
	const ids = readTexts(param, name, param.raw(name));
	if (ids.length === 0) {
		param.problem(name, 'This field holds no ID', 'Take them from Get Many Notifications.');
	}
	return ids;
}

export const fields = [inferredNotice, taxReference, optionsField([verifyCheckDigits])];
