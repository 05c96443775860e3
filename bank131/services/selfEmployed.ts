import { BankUnreachable, type BankClient } from '../client/bankClient';
import { endpoints } from '../protocol/endpoints';
import { field, textAt, type JsonObject } from '../lib/json';
import { readAnswer } from './taxService';

/** Can this person be paid with a fiscal receipt? */
export interface SelfEmployedStatus {
	/** `pending`: the tax service has not answered yet. `unclear`: it has, and not in a form that is known here. */
	status: 'answered' | 'pending' | 'unclear';
	requestId: string;
	isSelfEmployed?: boolean;
	isLinked?: boolean;
	/** Self-employed and linked to the bank: a payout with a receipt can go through. */
	canGetReceipt?: boolean;
	advice: string;
	/** What came, where it is unclear. */
	answer?: JsonObject;
}

const POLL_FIRST_MS = 500;
const POLL_MAX_MS = 10_000;

/**
 * Asks the tax service through the bank and waits for the answer: `npd/check`, then `npd/request/status` until it is there
 * or the time is up. Names of the methods are documented; bodies come from third-party code for the demo host.
 */
export async function checkSelfEmployed(
	inn: string,
	timeLimitMs: number,
	bank: BankClient,
): Promise<SelfEmployedStatus> {
	const deadline = bank.clock.now() + timeLimitMs;
	const asked = await bank.ask(endpoints.selfEmployedCheck, { tax_reference: inn });
	const requestId = textAt(asked, 'request_id');
	// Assumption: an answer that already holds the result needs no second request.
	if (requestId === undefined) {
		if (typeof field(asked, 'is_professional_income_taxpayer') === 'boolean')
			return readStatus('', asked);
		throw new BankUnreachable({ code: 'answerIncomplete', missing: 'requestId' });
	}
	for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * 1.5, POLL_MAX_MS)) {
		const status = readStatus(requestId, await readAnswer(requestId, bank));
		const left = deadline - bank.clock.now();
		if (status.status !== 'pending' || left <= 0 || bank.clock.stopped?.()) return status;
		await bank.clock.sleep(Math.min(pause, left));
	}
}

/** One look at the answer to an earlier request. */
export async function selfEmployedResult(
	requestId: string,
	bank: BankClient,
): Promise<SelfEmployedStatus> {
	return readStatus(
		requestId,
		await bank.ask(endpoints.selfEmployedResult, { request_id: requestId }),
	);
}

function readStatus(requestId: string, body: JsonObject): SelfEmployedStatus {
	const isSelfEmployed = flag(body, 'is_professional_income_taxpayer');
	const isLinked = flag(body, 'is_linked');
	const told = field(body, 'status');
	if (told !== 'pending' && isSelfEmployed !== undefined) {
		return {
			status: 'answered',
			requestId,
			isSelfEmployed,
			isLinked,
			canGetReceipt: isSelfEmployed && isLinked === true,
			advice: adviceFor(isSelfEmployed, isLinked),
		};
	}
	return told === 'ok'
		? { status: 'unclear', requestId, advice: UNCLEAR, answer: body }
		: { status: 'pending', requestId, advice: PENDING };
}

const PENDING =
	'The tax service has not answered yet. Ask again with Self-Employed: Get Check Result.';
const UNCLEAR =
	'The answer is there, but it does not say whether the person is self-employed: see the field "answer". Asking again will not change it.';

/** Decision table of the bank's pages "Payout scenarios" and "Linking". */
function adviceFor(isSelfEmployed: boolean, isLinked: boolean | undefined): string {
	if (!isSelfEmployed)
		return 'The person is not registered as self-employed and cannot be paid with a receipt.';
	return isLinked
		? 'A payout with a receipt can be sent.'
		: "The person is self-employed but not linked to Bank 131. Let them link in the bank's widget, then check again.";
}

function flag(body: JsonObject, key: string): boolean | undefined {
	const value = field(body, key);
	return typeof value === 'boolean' ? value : undefined;
}
