import type { BankClient } from '../client/bankClient';
import { compact, isObject, textAt, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { askTaxService } from './taxService';

/** Details of a self-employed person, to be compared with those of the tax service. */
export interface PersonalInfo {
	inn: string;
	firstName: string;
	lastName: string;
	middleName?: string;
	phone: string;
}

/**
 * Asks the tax service which of these details differ from its own. The form of the answer is not documented: the first
 * list in it is read as the names of the fields that differ.
 * @returns `mismatches`: empty if all details match; absent if the answer has no list. `answer`: the whole answer.
 * @throws BankRefusal, BankUnreachable before the bank accepted the request, TaxServiceError after that
 */
export async function checkPersonalInfo(
	person: PersonalInfo,
	bank: BankClient,
): Promise<{ mismatches?: string[]; answer: JsonObject }> {
	return await askTaxService(
		endpoints.personalInfoCheck,
		[
			compact({
				tax_reference: person.inn,
				first_name: person.firstName,
				last_name: person.lastName,
				middle_name: person.middleName,
				phone: person.phone,
			}),
		],
		{ what: 'result', read: (answer) => ({ mismatches: readMismatches(answer), answer }) },
		bank,
	);
}

/** Names of the fields in the first list of the answer; its elements are texts, or objects of any form. */
function readMismatches(body: JsonObject): string[] | undefined {
	const list = Object.values(body).find(Array.isArray);
	return list?.map((entry) =>
		isObject(entry)
			? (['name', 'parameter', 'field', 'code']
					.map((key) => textAt(entry, key))
					.find((text) => text !== undefined) ?? JSON.stringify(entry))
			: String(entry),
	);
}
