import { BankUnreachable, type BankClient } from './client';
import { endpoints, type HarmlessEndpoint } from './endpoints';
import { compact, field, isObject, listAt, textAt, type JsonObject } from './json';

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

const POLL_PAUSE_MS = 1000;
const POLLS = 30;

export async function countNotifications(
	inns: string[],
	bank: BankClient,
): Promise<Array<{ inn: string; count: number }>> {
	const body = await askTaxService(
		endpoints.notificationsCount,
		{ tax_reference_list: inns },
		bank,
	);
	return objectsWith(body, 'count').map((entry) => ({
		inn: textAt(entry, 'tax_reference') ?? onlyOne(inns),
		count: Number(field(entry, 'count') ?? 0),
	}));
}

export async function readNotifications(inns: string[], bank: BankClient): Promise<Notification[]> {
	const body = await askTaxService(endpoints.notificationsRead, { tax_reference_list: inns }, bank);
	return objectsWith(body, 'notifications').flatMap(
		(person) =>
			listAt(person, 'notifications').map((one) =>
				compact({
					inn: textAt(person, 'tax_reference') ?? onlyOne(inns),
					notificationId: textAt(one, 'id') ?? '',
					title: textAt(one, 'title'),
					message: textAt(one, 'message'),
					status: textAt(one, 'status'),
					createdAt: textAt(one, 'created_at'),
				}),
			) as unknown as Notification[],
	);
}

/** An answer about one person may leave the INN out. */
const onlyOne = (inns: string[]): string => (inns.length === 1 ? inns[0] : '');

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
	await askTaxService(endpoint, { notification_list: [entry] }, bank);
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
	const answer = await askTaxService(
		endpoints.personalInfoCheck,
		compact({
			tax_reference: person.inn,
			first_name: person.firstName,
			last_name: person.lastName,
			middle_name: person.middleName,
			phone: person.phone,
		}),
		bank,
	);
	return { mismatches: namesIn(answer), answer };
}

/** An answer at once, or a `request_id` whose answer is asked for until it is there. */
async function askTaxService(
	endpoint: HarmlessEndpoint,
	body: JsonObject,
	bank: BankClient,
): Promise<JsonObject> {
	let answer = await bank.ask(endpoint, body);
	const requestId = textAt(answer, 'request_id');
	if (requestId === undefined) return answer;
	for (let poll = 0; poll < POLLS; poll++) {
		answer = await bank.ask(endpoints.selfEmployedResult, { request_id: requestId });
		if (field(answer, 'status') !== 'pending') return answer;
		await bank.clock.sleep(POLL_PAUSE_MS);
	}
	throw new BankUnreachable('The tax service has not answered in time');
}

/** The objects that carry `key`, in any list of the answer or the answer itself. */
function objectsWith(body: JsonObject, key: string): JsonObject[] {
	const lists = Object.values(body).flatMap((value) =>
		Array.isArray(value) ? value.filter(isObject) : [],
	);
	const found = lists.filter((entry) => field(entry, key) !== undefined);
	if (found.length > 0) return found;
	return field(body, key) !== undefined ? [body] : [];
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
