import type { INodeProperties } from 'n8n-workflow';

import type { Destination } from '../../../bank131/requests/order';
import type { CheckPolicy } from '../../../bank131/values/identifiers';
import { byText, mergeFields } from '../form/mergeFields';
import type { ItemParameters } from '../parameters/itemParameters';
import { bankAccount } from './bankAccount';
import { bankAccountIban } from './bankAccountIban';
import { bankAccountToken } from './bankAccountToken';
import { cardHash } from './cardHash';
import { cardNumber } from './cardNumber';
import { cardToken } from './cardToken';
import { fps } from './fps';
import { moneta } from './moneta';
import type { PayoutMethodForm } from './payoutMethodForm';
import { qiwi } from './qiwi';
import { steam } from './steam';
import { tax } from './tax';
import { taxFull } from './taxFull';
import { yoomoney } from './yoomoney';

/** Every way to pay somebody, in the order of the drop-down (alphabetical by name, as n8n demands). */
export const payoutMethods: PayoutMethodForm[] = [
	bankAccount,
	bankAccountIban,
	bankAccountToken,
	cardHash,
	cardNumber,
	cardToken,
	fps,
	moneta,
	qiwi,
	steam,
	taxFull,
	tax,
	yoomoney,
];

const initialMethod = bankAccount.value;

/** The choice of Payout Method with which each row of a list says how its recipient is paid. */
export const EACH_ROW = 'eachRow';

const payoutMethod: INodeProperties = {
	displayName: 'Payout Method',
	name: 'payoutMethod',
	type: 'options',
	options: [
		...payoutMethods.map(({ name, value, description }) => ({ name, value, description })),
		{
			name: 'From Each Row (Mixed List)',
			value: EACH_ROW,
			description: 'Columns of your list say how much each recipient gets, and how',
		},
	].sort(byText(({ name }) => name)),
	default: initialMethod,
	description: 'Where the money goes',
};

export const payoutMethodFields: INodeProperties[] = [
	payoutMethod,
	...mergeFields(
		payoutMethods.map(({ value, fields }) => ({ show: { payoutMethod: [value] }, fields })),
	),
];

/** Placeholder for a recipient with problems; an item with problems is never run. */
const INVALID: Destination = { kind: 'account', details: {}, displayText: '', identity: [] };

/** Reads the chosen method and its fields. Collects every problem in `param`. */
export function readDestination(param: ItemParameters, policy: CheckPolicy): Destination {
	const method = param.optionValue('payoutMethod');
	const form = payoutMethods.find(({ value }) => value === method);
	if (!form) {
		const allowed = payoutMethods.map(({ value }) => value).join(', ');
		param.addProblem(
			'payoutMethod',
			`"${method}" is not a payout method`,
			`Use one of: ${allowed}.`,
		);
		return INVALID;
	}
	const checked = form.read(param, policy);
	if (checked.ok) return checked.value;
	param.addProblems(checked.problems);
	return INVALID;
}
