import { BankUnreachable, type BankClient } from './client';
import { endpoints } from './endpoints';
import { field, textAt, type JsonObject } from './json';

/** Can this person be paid with a fiscal receipt? */
export interface SelfEmployedStatus {
	/** `pending`: the tax service has not answered yet. */
	status: 'answered' | 'pending';
	requestId: string;
	isSelfEmployed?: boolean;
	isLinked?: boolean;
	/** Self-employed and linked to the bank: a payout with a receipt can go through. */
	canGetReceipt?: boolean;
	advice: string;
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
		throw new BankUnreachable("The bank's answer has no request ID in it");
	}
	for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * 1.5, POLL_MAX_MS)) {
		const status = await selfEmployedResult(requestId, bank).catch(pendingIfLost(requestId));
		const left = deadline - bank.clock.now();
		if (status.status === 'answered' || left <= 0 || bank.clock.stopped?.()) return status;
		await bank.clock.sleep(Math.min(pause, left));
	}
}

/** The question is at the tax service: when only our look at the answer fails, its ID must not be lost. */
const pendingIfLost = (requestId: string) => (error: unknown) => {
	if (error instanceof BankUnreachable) return readStatus(requestId, {});
	throw error;
};

/** One look at the answer to an earlier check. */
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
	const answered = isSelfEmployed !== undefined && field(body, 'status') !== 'pending';
	return {
		status: answered ? 'answered' : 'pending',
		requestId,
		...(answered && {
			isSelfEmployed,
			isLinked,
			canGetReceipt: isSelfEmployed === true && isLinked === true,
		}),
		advice: adviceFor(answered, isSelfEmployed, isLinked),
	};
}

/** Decision table of the bank's pages "Payout scenarios" and "Linking". */
function adviceFor(answered: boolean, isSelfEmployed?: boolean, isLinked?: boolean): string {
	if (!answered)
		return 'The tax service has not answered yet. Ask again with Self-Employed: Get Check Result.';
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
