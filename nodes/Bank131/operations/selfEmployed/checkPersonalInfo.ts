import { compact } from '../../../../bank131/lib/json';
import { checkPersonalInfo as checkInfo } from '../../../../bank131/services/personalInfo';
import { checkPhone } from '../../../../bank131/values/identifiers';
import { defineOperation } from '../../contract/operation';
import { optionsField } from '../../fields/batchOptions';
import { inferredNotice } from '../../fields/inferredNotice';
import { readSelfEmployedInn, selfEmployedInnField } from '../../fields/inn';
import { verifyCheckDigits } from '../../fields/policy';
import { firstName, lastName, middleName } from '../../fields/recipient/personName';
import { requiredPhone } from '../../fields/recipient/phone';
import { readRequiredText } from '../../fields/text';
import { withRequestId } from './result';

export const checkPersonalInfo = defineOperation({
	resource: 'selfEmployed',
	value: 'checkPersonalInfo',
	name: 'Check Personal Info',
	action: 'Check the personal info of a self-employed person',
	description: 'Compare INN, name and phone with what the tax service has',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [
		inferredNotice,
		selfEmployedInnField,
		requiredPhone,
		firstName,
		lastName,
		middleName,
		optionsField([verifyCheckDigits]),
	],
	read: (param) => ({
		inn: readSelfEmployedInn(param),
		firstName: readRequiredText(param, 'firstName', 'Enter the first name as in the passport.'),
		lastName: readRequiredText(param, 'lastName', 'Enter the last name as in the passport.'),
		middleName: param.text('middleName') || undefined,
		phone: param.checked('phone', checkPhone(param.raw('phone')), ''),
	}),
	run: async (person, { bank }) =>
		await withRequestId(person.inn, checkInfo(person, bank), ({ mismatches, answer }) => {
			const matches = mismatches && mismatches.length === 0;
			return { json: compact({ inn: person.inn, matches, mismatches, answer }) };
		}),
});
