import type { INodeProperties } from 'n8n-workflow';

import type { PaymentMethodDetails } from '../../../bank131/requests/payment';
import type { CheckPolicy } from '../../../bank131/values/identifiers';
import { mergeFields } from '../form/mergeFields';
import type { ItemParameters } from '../parameters/itemParameters';
import { applePay } from './applePay';
import { cardHash } from './cardHash';
import { cardNumber } from './cardNumber';
import { cardToken } from './cardToken';
import { fpsQr } from './fpsQr';
import { googlePay } from './googlePay';
import { internalTransfer } from './internalTransfer';
import { recurring } from './recurring';
import { sberPay } from './sberPay';
import { tPay } from './tPay';
import { yooMoney } from './yooMoney';

/** Every way to take a payment, in the order of the drop-down (alphabetical by name, as n8n demands). */
export const paymentMethods = [
	applePay,
	cardHash,
	cardNumber,
	cardToken,
	fpsQr,
	googlePay,
	internalTransfer,
	recurring,
	sberPay,
	tPay,
	yooMoney,
];

const initialMethod = fpsQr.value;

const paymentMethod: INodeProperties = {
	displayName: 'Payment Method',
	name: 'paymentMethod',
	type: 'options',
	options: paymentMethods.map(({ name, value, description }) => ({ name, value, description })),
	default: initialMethod,
	description: 'How the payer pays. Each must be part of your agreement with the bank.',
};

export const paymentMethodFields: INodeProperties[] = [
	paymentMethod,
	...mergeFields(
		paymentMethods.map(({ value, fields }) => ({ show: { paymentMethod: [value] }, fields })),
	),
];

/** Placeholder for a method with problems; an item with problems is never run. */
const INVALID: PaymentMethodDetails = { details: {}, displayText: '', identity: [] };

/** Reads the chosen method and its fields. Collects every problem in `param`. */
export function readPaymentMethod(
	param: ItemParameters,
	policy: CheckPolicy,
): PaymentMethodDetails {
	const method = param.optionValue('paymentMethod');
	const form = paymentMethods.find(({ value }) => value === method);
	if (!form) {
		const allowed = paymentMethods.map(({ value }) => value).join(', ');
		param.addProblem(
			'paymentMethod',
			`"${method}" is not a payment method`,
			`Use one of: ${allowed}.`,
		);
		return INVALID;
	}
	const checked = form.read(param, policy);
	if (checked.ok) return checked.value;
	param.addProblems(checked.problems);
	return INVALID;
}
