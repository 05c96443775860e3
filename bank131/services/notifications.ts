import type { BankClient } from '../client/bankClient';
import { endpoints } from '../protocol/endpoints';
import { compact, field, isObject, listAt, textAt, wholeAt, type JsonObject } from '../lib/json';
import { askTaxService } from './taxService';

/**
 * Notices of the tax service for self-employed people, who by law must be shown them: count → read → mark as delivered →
 * update (bank's page "Notifying"). The methods are documented, their bodies are not: the names follow the documented
 * objects, and answers are taken in every form that those objects suggest, also through `npd/request/status`.
 */
export interface Notification {
	inn: string;
	notificationId: string;
	title?: string;
	message?: string;
	/** `NEW`, `ACKNOWLEDGED` (read), `ARCHIVED`. */
	status?: string;
	createdAt?: string;
}

/** How many notices a person has not read. An answer about one person may leave the INN out. */
export async function countNotifications(inn: string, bank: BankClient): Promise<number> {
	const read = (answer: JsonObject) =>
		objectsIn(answer, (entry) => wholeAt(entry, 'count') !== undefined)
			.filter((entry) => (textAt(entry, 'tax_reference') ?? inn) === inn)
			.map((entry) => wholeAt(entry, 'count'))[0];
	const body = { tax_reference_list: [inn] };
	return await askTaxService(
		endpoints.notificationsCount,
		body,
		{ what: 'notificationCount', read },
		bank,
	);
}

export async function readNotifications(inn: string, bank: BankClient): Promise<Notification[]> {
	const read = (answer: JsonObject) => {
		const people = objectsIn(answer, (entry) => Array.isArray(field(entry, 'notifications')));
		return people.length > 0 ? people.flatMap((person) => noticesOf(person, inn)) : undefined;
	};
	const what = 'notifications';
	const body = { tax_reference_list: [inn] };
	return await askTaxService(endpoints.notificationsRead, body, { what, read }, bank);
}

function noticesOf(person: JsonObject, inn: string): Notification[] {
	return (
		listAt(person, 'notifications')
			// A person in the list who has no notices is not one.
			.filter(
				(one) => textAt(one, 'tax_reference') === undefined || textAt(one, 'id') !== undefined,
			)
			.map((one) =>
				compact({
					inn: textAt(person, 'tax_reference') ?? inn,
					notificationId: textAt(one, 'id') ?? '',
					title: textAt(one, 'title'),
					message: textAt(one, 'message'),
					status: textAt(one, 'status'),
					createdAt: textAt(one, 'created_at'),
				}),
			) as unknown as Notification[]
	);
}

export type NotificationStatus = 'ACKNOWLEDGED' | 'ARCHIVED' | 'NEW';

/** Tells the tax service that notices reached the person (no status) or what the person did with them. */
export async function markNotifications(
	inn: string,
	ids: string[],
	status: NotificationStatus | undefined,
	bank: BankClient,
): Promise<void> {
	const entry = compact({ tax_reference: inn, message_id_list: ids, status });
	const endpoint =
		status === undefined ? endpoints.notificationsDelivered : endpoints.notificationsUpdate;
	const done = { what: 'answer', read: (answer: JsonObject) => answer } as const;
	await askTaxService(endpoint, { notification_list: [entry] }, done, bank);
}

export interface PersonalInfo {
	inn: string;
	firstName: string;
	lastName: string;
	middleName?: string;
	phone: string;
}

/**
 * Which of these details the tax service has otherwise. An empty list: all of them are right. No list: the answer, whose
 * form is not documented, does not say.
 */
export async function checkPersonalInfo(
	person: PersonalInfo,
	bank: BankClient,
): Promise<{ mismatches?: string[]; answer: JsonObject }> {
	return await askTaxService(
		endpoints.personalInfoCheck,
		compact({
			tax_reference: person.inn,
			first_name: person.firstName,
			last_name: person.lastName,
			middle_name: person.middleName,
			phone: person.phone,
		}),
		{ what: 'result', read: (answer) => ({ mismatches: namesIn(answer), answer }) },
		bank,
	);
}

/** The innermost objects of this kind, at most four levels down: whatever the answer wraps them in. */
function objectsIn(
	value: unknown,
	isWanted: (one: JsonObject) => boolean,
	depth = 0,
): JsonObject[] {
	if (depth > 4 || typeof value !== 'object' || value === null) return [];
	const below = Object.values(value).flatMap((part) => objectsIn(part, isWanted, depth + 1));
	if (below.length > 0) return below;
	return isObject(value) && isWanted(value) ? [value] : [];
}

/** The first list in the answer: names of the fields that do not match, as texts or in objects of any form. */
function namesIn(body: JsonObject): string[] | undefined {
	const list = Object.values(body).find(Array.isArray);
	return list?.map((entry) =>
		isObject(entry)
			? (['name', 'parameter', 'field', 'code']
					.map((key) => textAt(entry, key))
					.find((text) => text !== undefined) ?? JSON.stringify(entry))
			: String(entry),
	);
}
