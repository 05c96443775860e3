import {
	countNotifications as countUnread,
	readNotifications,
} from '../../../../bank131/services/notifications';
import { optionsField } from '../../fields/batchOptions';
import { readInn, taxReference } from '../../fields/common';
import { verifyCheckDigits } from '../../fields/policy';
import { operation } from '../../contract/operation';
import { inferredNotice } from './checkPersonalInfo';
import { orItsRequest } from './result';

const fields = [inferredNotice, taxReference, optionsField([verifyCheckDigits])];

export const countNotifications = operation({
	resource: 'selfEmployed',
	value: 'countNotifications',
	name: 'Count Notifications',
	action: 'Count the notifications of a self-employed person',
	description: 'Tell how many notices of the tax service a person has not read',
	movesMoney: false,
	forAgents: 'free',
	fields,
	read: readInn,
	run: async (inn, { bank }) =>
		await orItsRequest(inn, countUnread(inn, bank), (count) => ({ json: { inn, count } })),
});

export const getNotifications = operation({
	resource: 'selfEmployed',
	value: 'getNotifications',
	name: 'Get Many Notifications',
	action: 'Get many notifications of a self-employed person',
	description:
		'Get the unread notices of the tax service, one item each. By law they must be shown to the person.',
	movesMoney: false,
	forAgents: 'free',
	fields,
	read: readInn,
	run: async (inn, { bank }) =>
		await orItsRequest(inn, readNotifications(inn, bank), (notices) =>
			notices.map((one) => ({ json: { ...one } })),
		),
});
