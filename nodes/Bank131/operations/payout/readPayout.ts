import type { CompletionPlan } from '../../../../bank131/flows/confirmAndWait';
import type { PayoutOrder } from '../../../../bank131/requests/order';
import { recipientNameOf } from '../../../../bank131/requests/payout';
import { foldIdentifier } from '../../../../bank131/values/identifiers';
import type { AgentTransfer } from '../../contract/operation';
import { readAmount, readReference } from '../../fields/amount';
import { readExtras } from '../../fields/extras';
import { readCompletionPlan } from '../../fields/plan';
import { readCheckPolicy } from '../../fields/policy';
import { readReceipt } from '../../fields/receipt';
import { readPayoutOutputOptions } from '../../fields/session';
import type { ItemParameters } from '../../parameters/itemParameters';
import { readDestination } from '../../payoutMethods';
import type { OutputOptions } from '../../results/sessionResult';
import { readEachRow } from './eachRow/readEachRow';
import { readPayFrom } from './payFrom';

/** The input of every payout operation. */
export interface PayoutInput {
	order: PayoutOrder;
	/** The value of Payout Method. */
	method: string;
	plan: CompletionPlan;
	output: OutputOptions;
}

/** Reads one payout. Collects every problem in `param`. */
export function readPayout(form: ItemParameters): PayoutInput {
	const row = readEachRow(form);
	const param = row?.param ?? form;
	const input = {
		order: readOrder(param),
		method: param.optionValue('payoutMethod'),
		plan: readCompletionPlan(param),
		output: readPayoutOutputOptions(param),
	};
	row?.report();
	return input;
}

/** The transfer that the agent guard compares with the limits. */
export const payoutTransfer = ({ order }: PayoutInput): AgentTransfer => ({
	field: 'amount',
	amount: order.amount,
	recipientIdentity: order.destination.identity.map(foldIdentifier),
});

function readOrder(param: ItemParameters): PayoutOrder {
	const policy = readCheckPolicy(param);
	const amount = readAmount(param);
	const order: PayoutOrder = {
		reference: readReference(param),
		amount,
		destination: readDestination(param, policy),
		payFrom: readPayFrom(param),
		receipt: readReceipt(param, amount, policy),
		extras: readExtras(param),
	};
	if (order.receipt && !recipientNameOf(order)) {
		param.addProblem(
			'recipientName',
			'A payout with a receipt needs Recipient Name',
			'Enter the full name as in the passport.',
		);
	}
	return order;
}
