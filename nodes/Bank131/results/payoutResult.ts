import type { CompletionPlan } from '../../../bank131/flows/confirmAndWait';
import type { SessionResult } from '../../../bank131/flows/sessionResult';
import type { JsonObject } from '../../../bank131/lib/json';
import type { PayoutOrder } from '../../../bank131/requests/order';
import { recipientNameOf } from '../../../bank131/requests/payout';
import { amountFields } from '../../../bank131/session/describe';
import type { ItemResult } from '../contract/operation';
import { sessionResult, type OutputOptions } from './sessionResult';
import { outcomesOfPlan, tallyOf } from './tally';

/** What was asked for, as far as the output shows it. */
interface RequestedPayout {
	order: PayoutOrder;
	/** The value of Payout Method. */
	method: string;
	plan: CompletionPlan;
	output: OutputOptions;
}

/**
 * The item for a payout. Reference, recipient and method come from the order, because the bank may not show them yet or
 * knows the method by a wider word, which is output as `bankMethod`. The amount is that of the order while the bank
 * shows none.
 */
export function payoutResult(
	payout: SessionResult,
	{ order, method, plan, output }: RequestedPayout,
): ItemResult {
	const { kind, amount, method: bankMethod } = payout.view?.operation ?? {};
	const requested: JsonObject = {
		reference: order.reference,
		recipientName: recipientNameOf(order),
		recipient: order.destination.displayText,
		method,
		bankMethod: kind === 'payout' ? bankMethod : undefined,
		...(!amount && amountFields(order.amount)),
	};
	const shownAmount = kind === 'payout' ? amount : undefined;
	return {
		...sessionResult(payout, output, requested),
		tally: tallyOf(payout, outcomesOfPlan(plan), shownAmount ?? order.amount),
	};
}
