import type { PayoutOrder } from '../../../../bank131/requests/order';
import type { ItemParameters } from '../../parameters/itemParameters';
import { readDestination } from '../../payoutMethods';
import { readAmount, readReference } from '../../fields/amount';
import { readExtras } from '../../fields/extras';
import { readCheckPolicy } from '../../fields/policy';
import { readReceipt } from '../../fields/receipt';
import { readPayFrom } from './payFrom';

/** Everything about one payout from the parameters of one item, checked. */
export function readOrder(param: ItemParameters): PayoutOrder {
	const policy = readCheckPolicy(param);
	const money = readAmount(param);
	const order: PayoutOrder = {
		reference: readReference(param),
		amount: money,
		destination: readDestination(param, policy),
		payFrom: readPayFrom(param),
		receipt: readReceipt(param, money, policy),
		extras: readExtras(param),
	};
	if (order.receipt && !order.destination.recipientName && !order.extras.recipient?.full_name) {
		param.problem(
			'recipientName',
			'A payout with a receipt needs the name of the recipient',
			'Enter the full name as in the passport.',
		);
	}
	return order;
}
