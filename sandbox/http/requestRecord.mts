import { isObject } from '../lib/json.mts';

/** Log entry of one API request. Times: `at` is ISO 8601 in UTC, `ms` the duration. */
export class RequestRecord {
	n = 0;
	at = '';
	method = '';
	path = '';
	project: string | undefined;
	submerchant: string | undefined;
	idempotencyKey: string | undefined;
	signatureOk = false;
	sessionId: string | undefined;
	/** HTTP status of the response, sent or lost. */
	status = 0;
	errorCode: string | undefined;
	/** Its key was used before: the response shows the session of the first request. */
	isRepeated = false;
	/** Session in which the refused start was booked later. */
	bookedLateIn: string | undefined;
	fault: string | undefined;
	ms = 0;
	/** Number of requests in progress when this one arrived, itself included. */
	inFlight = 0;
	readonly #body: unknown;

	constructor(body: unknown) {
		this.#body = body;
	}

	/** The body without card numbers, security codes, tokens and hashes. */
	get body(): unknown {
		return maskSecrets(this.#body);
	}

	/** The entry with the masked body, for the control API. */
	toJSON(): object {
		return { ...this, body: this.body };
	}
}

const SECRET_FIELD =
	/^(number|card_number|expiration_month|expiration_year|security_code|token|\w+_hash)$/;

function maskSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(maskSecrets);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [
			key,
			SECRET_FIELD.test(key) && typeof item === 'string' ? '***' : maskSecrets(item),
		]),
	);
}
