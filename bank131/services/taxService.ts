import { BankUnreachable, type BankClient } from '../client/bankClient';
import { endpoints, type HarmlessEndpoint } from '../protocol/endpoints';
import { isOutcomeUncertain } from '../protocol/errorCodes';
import { field, textAt, type JsonObject } from '../lib/json';
import type { RequestFailure, ResponsePart } from '../client/requestFailure';

/** What went wrong after the tax service has taken a question: with its ID the answer can still be asked for. */
export class TaxServiceError extends Error {
	constructor(
		readonly requestId: string,
		readonly reason: RequestFailure | { code: 'taxServiceTimeout' },
	) {
		super(reason.code);
	}
}

const POLL_PAUSE_MS = 1000;
const POLLS = 30;

/** Says that the tax service itself has failed: its answer, and no trouble of the bank's while it looks for one. */
const TAX_SERVICE_FAILED = 'npd_service_internal_error';

/** What is looked for in an answer, and how it is called if it is not there. */
interface Wanted<T> {
	what: ResponsePart;
	read(answer: JsonObject): T | undefined;
}

/**
 * Asks the tax service through the bank: an answer at once, or a `request_id` whose answer is asked for until it is there.
 * @throws BankRefusal, BankUnreachable when the question was not taken, TaxServiceError after that
 */
export async function askTaxService<T>(
	endpoint: HarmlessEndpoint,
	body: JsonObject,
	{ what, read }: Wanted<T>,
	bank: BankClient,
): Promise<T> {
	const first = await bank.ask(endpoint, body);
	const requestId = textAt(first, 'request_id');
	const answer = requestId === undefined ? first : await waitForAnswer(requestId, bank);
	const found = read(answer);
	if (found !== undefined) return found;
	const reason = { code: 'answerIncomplete', missing: what } as const;
	throw requestId === undefined
		? new BankUnreachable(reason)
		: new TaxServiceError(requestId, reason);
}

async function waitForAnswer(requestId: string, bank: BankClient): Promise<JsonObject> {
	for (let poll = 0; poll < POLLS && !bank.clock.stopped?.(); poll++) {
		const answer = await readAnswer(requestId, bank);
		if (field(answer, 'status') !== 'pending') return answer;
		await bank.clock.sleep(POLL_PAUSE_MS);
	}
	throw new TaxServiceError(requestId, { code: 'taxServiceTimeout' });
}

/** One look. While the bank can't be reached, or does not know itself, the answer is pending. */
export async function readAnswer(requestId: string, bank: BankClient): Promise<JsonObject> {
	const reply = await bank.repeat(endpoints.selfEmployedResult, { request_id: requestId });
	if (reply.kind === 'ok') return reply.body;
	if (reply.kind !== 'refused') return { status: 'pending' };
	const { error } = reply;
	const { code } = error;
	if (isOutcomeUncertain(code) && code !== TAX_SERVICE_FAILED) return { status: 'pending' };
	throw new TaxServiceError(requestId, { code: 'refused', error });
}
