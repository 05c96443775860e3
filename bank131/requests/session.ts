import { compact, type JsonObject } from '../lib/json';
import type { Money } from '../values/money';
import { customerObject, type Customer } from './extras';
import { amountDetails } from './order';

/** What a session may hold before an operation is started in it. */
export interface SessionContents {
	/** The amount that the payment form asks the payer for. */
	amount?: Money;
	customer?: Customer;
	metadata?: JsonObject;
}

/** The body of `session/create`; it may be `{}`. */
export const sessionBody = ({ amount, customer, metadata }: SessionContents): JsonObject =>
	compact({
		amount_details: amount && amountDetails(amount),
		customer: customerObject(customer),
		metadata,
	});
