import {
	BankUnreachable,
	successfulBody,
	type BankClient,
	type BodyForms,
} from '../client/bankClient';
import type { RequestFailure, ResponsePart } from '../client/requestFailure';
import { field, textAt, type JsonObject } from '../lib/json';
import { endpoints, type RetryableEndpoint } from '../protocol/endpoints';
import { isOutcomeUncertain } from '../protocol/errorCodes';

/**
 * Thrown after the bank accepted a request to the tax service: its answer can still be read later with `requestId`
 * (`npd/request/status`). The message of the error is the code of the problem.
 */
export class TaxServiceError extends Error {
	constructor(
		readonly requestId: string,
		/** `taxServiceTimeout`: no answer within the time limit. */
		readonly problem: RequestFailure | { code: 'taxServiceTimeout' },
	) {
		super(problem.code);
	}
}

const POLL_INTERVAL_MS = 1000;
const MAX_POLLS = 30;

/** The tax service itself failed, so this error is final. Other internal errors are those of the bank. */
const TAX_SERVICE_FAILED = 'npd_service_internal_error';

/** How a caller reads its content from the answer. */
interface ExpectedAnswer<T> {
	/** Named in the problem when the answer does not have it. */
	what: ResponsePart;
	/** `undefined` when the answer does not have it. */
	read(answer: JsonObject): T | undefined;
}

/**
 * Sends a request to the tax service through the bank. In this file, the answer is what the tax service says. The
 * response of the bank holds it, or holds a `request_id`: then it is polled every second, 30 times at most. The form of
 * the answers is not documented; the callers say what they assume.
 * @throws BankRefusal, BankUnreachable before the bank accepted the request, TaxServiceError after that
 */
export async function askTaxService<T>(
	endpoint: RetryableEndpoint,
	bodies: BodyForms,
	{ what, read }: ExpectedAnswer<T>,
	bank: BankClient,
): Promise<T> {
	const { response: accepted } = await bank.sendInAnyForm(endpoint, bodies);
	const response = successfulBody(accepted, endpoint);
	const requestId = textAt(response, 'request_id');
	const answer = requestId === undefined ? response : await waitForAnswer(requestId, bank);
	const value = read(answer);
	if (value !== undefined) return value;
	const problem = { code: 'responseIncomplete', missing: what } as const;
	throw requestId === undefined
		? new BankUnreachable(problem)
		: new TaxServiceError(requestId, problem);
}

/**
 * Reads the answer once (`npd/request/status`). Returns `{ status: 'pending' }` while there is none, and also when the
 * bank cannot be reached or reports an error that leaves the result open.
 * @throws TaxServiceError for every other error
 */
export async function readAnswer(requestId: string, bank: BankClient): Promise<JsonObject> {
	const response = await bank.sendWithRetry(endpoints.selfEmployedResult, {
		request_id: requestId,
	});
	if (response.kind === 'ok') return response.body;
	if (response.kind !== 'refused') return { status: 'pending' };
	const { code } = response.error;
	if (isOutcomeUncertain(code) && code !== TAX_SERVICE_FAILED) return { status: 'pending' };
	throw new TaxServiceError(requestId, { code: 'refused', error: response.error });
}

async function waitForAnswer(requestId: string, bank: BankClient): Promise<JsonObject> {
	for (let poll = 0; poll < MAX_POLLS && !bank.clock.isCancelled?.(); poll++) {
		const answer = await readAnswer(requestId, bank);
		if (field(answer, 'status') !== 'pending') return answer;
		await bank.clock.sleep(POLL_INTERVAL_MS);
	}
	throw new TaxServiceError(requestId, { code: 'taxServiceTimeout' });
}
