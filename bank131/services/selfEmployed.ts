import { BankUnreachable, type BankClient } from '../client/bankClient';
import { booleanAt, field, textAt, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { readAnswer } from './taxService';

/** What the caller should do next. */
export type SelfEmployedAdvice =
	/** The tax service has not answered yet: read the result later. */
	| 'readResultLater'
	/** The answer does not say whether the person is self-employed or linked to the bank, and will not change. */
	| 'answerIsUnclear'
	| 'notSelfEmployed'
	/** Self-employed, but not linked to the bank: the person links in the bank's widget. */
	| 'linkToBank'
	/** A payout with a receipt can be sent. */
	| 'receiptIsPossible';

/** Whether a person can be paid with a fiscal receipt. */
export interface SelfEmployedStatus {
	/**
	 * `pending`: the tax service has not answered yet. `unclear`: its answer has an unknown form, or does not say whether
	 * a self-employed person is linked to the bank.
	 */
	status: 'answered' | 'pending' | 'unclear';
	/** ID for `npd/request/status`; empty if the bank answered at once. */
	requestId: string;
	isSelfEmployed?: boolean;
	isLinked?: boolean;
	/** Self-employed and linked to the bank: the bank accepts a payout with a receipt. */
	canGetReceipt?: boolean;
	advice: SelfEmployedAdvice;
	/** The whole answer, if `status` is `unclear`. */
	answer?: JsonObject;
}

const FIRST_POLL_DELAY_MS = 500;
const MAX_POLL_DELAY_MS = 10_000;

/**
 * Asks the tax service about a person through the bank: `npd/check`, then `npd/request/status` until the answer is
 * there or `timeLimitMs` is over; then the status is `pending`. The names of the methods are documented. Their bodies
 * come from third-party code for the demo host.
 * @throws BankRefusal, BankUnreachable before the bank accepted the request, TaxServiceError after that
 */
export async function checkSelfEmployed(
	inn: string,
	timeLimitMs: number,
	bank: BankClient,
): Promise<SelfEmployedStatus> {
	const deadline = bank.clock.now() + timeLimitMs;
	const response = await bank.request(endpoints.selfEmployedCheck, { tax_reference: inn });
	const requestId = textAt(response, 'request_id');
	// Assumption: an answer that already holds the result needs no second request.
	if (requestId === undefined) {
		if (booleanAt(response, 'is_professional_income_taxpayer') !== undefined)
			return readStatus('', response);
		throw new BankUnreachable({ code: 'responseIncomplete', missing: 'requestId' });
	}
	for (let delayMs = FIRST_POLL_DELAY_MS; ; delayMs = Math.min(delayMs * 1.5, MAX_POLL_DELAY_MS)) {
		const status = readStatus(requestId, await readAnswer(requestId, bank));
		const remainingMs = deadline - bank.clock.now();
		if (status.status !== 'pending' || remainingMs <= 0 || bank.clock.isCancelled?.())
			return status;
		await bank.clock.sleep(Math.min(delayMs, remainingMs));
	}
}

/**
 * Reads the answer to an earlier `checkSelfEmployed` once.
 * @throws BankRefusal, BankUnreachable
 */
export async function getSelfEmployedResult(
	requestId: string,
	bank: BankClient,
): Promise<SelfEmployedStatus> {
	return readStatus(
		requestId,
		await bank.request(endpoints.selfEmployedResult, { request_id: requestId }),
	);
}

function readStatus(requestId: string, body: JsonObject): SelfEmployedStatus {
	const isSelfEmployed = booleanAt(body, 'is_professional_income_taxpayer');
	const isLinked = booleanAt(body, 'is_linked');
	const answerStatus = field(body, 'status');
	if (answerStatus !== 'pending' && isSelfEmployed === true && isLinked === undefined) {
		// Without `is_linked` it is not known whether the bank accepts a payout with a receipt.
		return {
			status: 'unclear',
			requestId,
			isSelfEmployed,
			advice: 'answerIsUnclear',
			answer: body,
		};
	}
	if (answerStatus !== 'pending' && isSelfEmployed !== undefined) {
		return {
			status: 'answered',
			requestId,
			isSelfEmployed,
			isLinked,
			canGetReceipt: isSelfEmployed && isLinked === true,
			advice: selfEmployedAdvice(isSelfEmployed, isLinked),
		};
	}
	return answerStatus === 'ok'
		? { status: 'unclear', requestId, advice: 'answerIsUnclear', answer: body }
		: { status: 'pending', requestId, advice: 'readResultLater' };
}

/** Decision table of the bank's pages "Payout scenarios" and "Linking". */
function selfEmployedAdvice(
	isSelfEmployed: boolean,
	isLinked: boolean | undefined,
): SelfEmployedAdvice {
	if (!isSelfEmployed) return 'notSelfEmployed';
	return isLinked ? 'receiptIsPossible' : 'linkToBank';
}
