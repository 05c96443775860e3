import type { CompletionPlan } from '../../../../bank131/flows/confirmAndWait';
import { counterpartyKey } from '../../../../bank131/requests/counterparty';
import type { PayoutOrder } from '../../../../bank131/requests/order';
import type { AgentTransfer } from '../../contract/operation';
import { amount, amountUnit, currency, reference } from '../../fields/amount';
import { optionsField } from '../../fields/batchOptions';
import { additionalFields, commonExtras, customerReference } from '../../fields/extras';
import { recipientDetails, senderDetails } from '../../fields/participants';
import { failOnDeclined, planFields, readCompletionPlan, timeLimit } from '../../fields/plan';
import { verifyCheckDigits } from '../../fields/policy';
import { receiptFields } from '../../fields/receipt';
import { simplify } from '../../fields/session';
import type { ItemParameters } from '../../parameters/itemParameters';
import { payoutMethodFields } from '../../payoutMethods';
import type { Output } from '../../results/sessionResult';
import { readOrder } from './readPayout';
import { payFromFields } from './payFrom';

const payoutExtras = additionalFields([currency, customerReference, ...commonExtras]);

const payoutOptions = optionsField([
	amountUnit,
	failOnDeclined,
	simplify,
	timeLimit,
	verifyCheckDigits,
]);

/** The fields of every operation that pays somebody, in the order in which one thinks of them. */
export const payoutFields = [
	reference,
	amount,
	...payoutMethodFields,
	...payFromFields,
	...receiptFields,
	...planFields,
	payoutExtras,
	recipientDetails,
	senderDetails,
	payoutOptions,
];

export interface PayoutInput {
	order: PayoutOrder;
	plan: CompletionPlan;
	output: Output;
}

export function readPayout(param: ItemParameters): PayoutInput {
	const options = param.collection('options');
	return {
		order: readOrder(param),
		plan: readCompletionPlan(param),
		output: {
			simplify: param.flagIn(options, 'simplify', true),
			failOnDeclined: param.flagIn(options, 'failOnDeclined'),
		},
	};
}

export const payoutTransfer = ({ order }: PayoutInput): AgentTransfer => ({
	field: 'amount',
	amount: order.amount,
	to: counterpartyKey(order.destination.details),
});
