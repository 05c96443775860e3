import type { SessionResult } from '../../../bank131/flows/sessionResult';
import type { PayoutOrder } from '../../../bank131/requests/order';
import type { ItemResult } from '../contract/operation';
import { sessionResult, type Output } from './sessionResult';

/** The item for a payout: the same shape as the trigger's, with what was asked for where the bank said nothing yet. */
export function payoutResult(end: SessionResult, order: PayoutOrder, output: Output): ItemResult {
	const { minorUnits, currency } = order.amount;
	const result = sessionResult(end, output, {
		reference: order.reference,
		recipient: order.destination.masked,
	});
	return { ...result, tally: { outcome: end.outcome, minorUnits, currency } };
}
