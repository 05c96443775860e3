import type { SessionResult } from '../../../bank131/flows/sessionResult';
import type { PayoutOrder } from '../../../bank131/requests/order';
import type { ItemResult } from '../contract/operation';
import { sessionResult, type OutputOptions } from './sessionResult';

/**
 * The item for a payout, with the same fields as the trigger's output. Reference, recipient and amount come from the
 * order, because the bank may not show them yet.
 */
export function payoutResult(
	payout: SessionResult,
	order: PayoutOrder,
	output: OutputOptions,
): ItemResult {
	const result = sessionResult(payout, output, {
		reference: order.reference,
		recipient: order.destination.displayText,
	});
	const { kind, amount } = payout.view?.operation ?? {};
	const shownAmount = kind === 'payout' ? amount : undefined;
	return { ...result, tally: { outcome: payout.outcome, ...(shownAmount ?? order.amount) } };
}
