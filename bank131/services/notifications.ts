import type { BankClient, BodyForms } from '../client/bankClient';
import { compact, field, isObject, listAt, textAt, integerAt, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { askTaxService } from './taxService';

/**
 * A notification of the tax service for a self-employed person. By law it must be shown to the person: count → read →
 * mark as delivered → update (bank's page "Notifying"). The methods are documented, their bodies are not. The names of
 * the fields follow the documented objects, and answers are read in every form that those objects suggest.
 */
export interface Notification {
	inn: string;
	notificationId: string;
	title?: string;
	message?: string;
	/** `NEW`, `ACKNOWLEDGED` (read), `ARCHIVED`. */
	status?: string;
	/** As the bank sends it. */
	createdAt?: string;
}

/** The documented lists suggest the first form, the page's "for a selected self-employed person" the second one. */
const aboutPerson = (inn: string): BodyForms => [
	{ tax_reference_list: [inn] },
	{ tax_reference: inn },
];

/**
 * Number of notifications that a person has not read. The answer may omit the INN, because it is about one person.
 * @throws BankRefusal, BankUnreachable before the bank accepted the request, TaxServiceError after that
 */
export async function countNotifications(inn: string, bank: BankClient): Promise<number> {
	const read = (answer: JsonObject) =>
		findInnermostObjects(answer, (entry) => integerAt(entry, 'count') !== undefined)
			.filter((entry) => (textAt(entry, 'tax_reference') ?? inn) === inn)
			.map((entry) => integerAt(entry, 'count'))[0];
	return await askTaxService(
		endpoints.notificationsCount,
		aboutPerson(inn),
		{ what: 'notificationCount', read },
		bank,
	);
}

/**
 * Notifications that a person has not read, in the bank's order.
 * @throws BankRefusal, BankUnreachable before the bank accepted the request, TaxServiceError after that
 */
export async function readNotifications(inn: string, bank: BankClient): Promise<Notification[]> {
	const read = (answer: JsonObject) => {
		const people = findInnermostObjects(answer, (entry) =>
			Array.isArray(field(entry, 'notifications')),
		);
		return people.length > 0
			? people.flatMap((person) => readNotificationsOf(person, inn))
			: undefined;
	};
	return await askTaxService(
		endpoints.notificationsRead,
		aboutPerson(inn),
		{ what: 'notifications', read },
		bank,
	);
}

function readNotificationsOf(person: JsonObject, inn: string): Notification[] {
	return (
		listAt(person, 'notifications')
			// An entry with an INN but without an ID is a person who has no notifications.
			.filter(
				(entry) =>
					textAt(entry, 'tax_reference') === undefined || textAt(entry, 'id') !== undefined,
			)
			.map((entry) =>
				compact({
					inn: textAt(person, 'tax_reference') ?? inn,
					notificationId: textAt(entry, 'id') ?? '',
					title: textAt(entry, 'title'),
					message: textAt(entry, 'message'),
					status: textAt(entry, 'status'),
					createdAt: textAt(entry, 'created_at'),
				}),
			) as unknown as Notification[]
	);
}

/** Statuses that the bank accepts; `ACKNOWLEDGED` means read. */
export type NotificationStatus = 'ACKNOWLEDGED' | 'ARCHIVED' | 'NEW';

/**
 * Marks notifications as delivered, if `status` is undefined, or with the status that the person gave them.
 * @throws BankRefusal, BankUnreachable before the bank accepted the request, TaxServiceError after that
 */
export async function markNotifications(
	inn: string,
	ids: string[],
	status: NotificationStatus | undefined,
	bank: BankClient,
): Promise<void> {
	const entry = compact({ tax_reference: inn, message_id_list: ids, status });
	const endpoint =
		status === undefined ? endpoints.notificationsDelivered : endpoints.notificationsUpdate;
	const anyAnswer = { what: 'answer', read: (answer: JsonObject) => answer } as const;
	await askTaxService(endpoint, [{ notification_list: [entry] }], anyAnswer, bank);
}

/** The innermost objects that match, at most four levels deep: the wrapping of the answer is not documented. */
function findInnermostObjects(
	value: unknown,
	isMatch: (object: JsonObject) => boolean,
	depth = 0,
): JsonObject[] {
	if (depth > 4 || typeof value !== 'object' || value === null) return [];
	const below = Object.values(value).flatMap((part) =>
		findInnermostObjects(part, isMatch, depth + 1),
	);
	if (below.length > 0) return below;
	return isObject(value) && isMatch(value) ? [value] : [];
}
