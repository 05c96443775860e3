import { compact, type Json, type JsonObject } from '../lib/json';
import type { Money } from '../values/money';
import { customerObject, type Customer } from './extras';
import { amountDetails } from './order';
import { participantDetails } from './participant';

/** What a session may hold before an operation is started in it. */
export interface SessionContents {
	/** The amount that the payment form asks the payer for. */
	amount?: Money;
	customer?: Customer;
	/** Participant objects of `participantObject()`. */
	sender?: JsonObject;
	recipient?: JsonObject;
	/** Any data of the user; the bank takes plain text as well as an object. */
	metadata?: Json;
}

/** The body of `session/create`; it may be `{}`. */
export const sessionBody = ({
	amount,
	customer,
	sender,
	recipient,
	metadata,
}: SessionContents): JsonObject =>
	compact({
		amount_details: amount && amountDetails(amount),
		participant_details: participantDetails({ ...sender }, { ...recipient }),
		customer: customerObject(customer),
		metadata,
	});
