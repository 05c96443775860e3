// Starts of money: repeated ones, and unclear ones, which the bank refuses with a code of no table and may book later.
import type { Endpoint, EndpointRequest } from '../api/endpoint.mts';
import { textAt, valueAt, type JsonObject } from '../lib/json.mts';
import { BankError } from '../protocol/bankError.mts';
import type { Outcome } from '../config/scenarioTable.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import type { RequestRecord } from './requestRecord.mts';

/** Invented codes: no source of the bank has them. */
const REFUSALS = {
	neverBooked: new BankError('service_timeout', 'The service did not answer in time'),
	bookedLater: new BankError('request_in_progress', 'The request is being processed'),
};

function unclearOutcome({ bank, body }: EndpointRequest): Outcome['unclear'] {
	const amount = valueAt(body, 'amount_details.amount');
	const { unclear } = bank.scenarios.outcomeFor({
		amount: typeof amount === 'number' ? amount : undefined,
		metadata: body.metadata,
	});
	if (unclear !== undefined) return unclear;
	if (bank.settings.unclearStartRate <= bank.random()) return undefined;
	return bank.random() < 0.5 ? 'neverBooked' : 'bookedLater';
}

/**
 * Calls an endpoint that starts money. An unclear start is refused; a late booking that fails is dropped. With the
 * setting `refusedStartUsesKey` its key is used from the refusal on, otherwise from the booking on.
 */
export function startMoney(
	endpoint: Endpoint,
	call: EndpointRequest,
	record: RequestRecord,
): JsonObject {
	const { bank, key } = call;
	const unclear = unclearOutcome(call);
	if (unclear === undefined) return startOnce(endpoint, call, record);
	key.assertUnused();
	const isKeyUsed = bank.settings.refusedStartUsesKey;
	if (isKeyUsed) key.markUsed();
	const lateCall = isKeyUsed ? { ...call, key: { ...key, assertUnused: () => {} } } : call;
	if (unclear === 'bookedLater') {
		bank.timers.schedule(bank.settings.lateBookingMs, () => {
			record.bookedLateIn = bookLate(endpoint, lateCall);
		});
	}
	throw REFUSALS[unclear];
}

/** A repeated key is refused, or answered with its session if it has one (setting `repeatedKey`). */
function startOnce(endpoint: Endpoint, call: EndpointRequest, record: RequestRecord): JsonObject {
	const { bank, key, version } = call;
	try {
		return endpoint.handle(call);
	} catch (error) {
		const isRepeated =
			error instanceof BankError && error.code === 'idempotency_key_already_exists';
		const isAnswered = isRepeated && bank.settings.repeatedKey === 'answered';
		const session = isAnswered ? bank.sessions.findByIdempotencyKey(key.value ?? '') : undefined;
		if (session === undefined) throw error;
		record.isRepeated = true;
		return sessionResponse(session, version);
	}
}

/** Id of the session of the late booking; `undefined` if it failed. */
function bookLate(endpoint: Endpoint, call: EndpointRequest): string | undefined {
	try {
		return textAt(endpoint.handle(call), 'session.id');
	} catch (error) {
		if (error instanceof BankError) return undefined;
		throw error;
	}
}
