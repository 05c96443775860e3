import { BankUnreachable, successfulBody, type BankClient } from '../client/bankClient';
import { pollSession } from '../client/sessionReader';
import { compact, field, listAt, textAt, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';
import { readSession, type SessionView } from '../session/session';

/** A bank of the Faster Payments System. */
export interface FpsBank {
	/** ID of the bank in FPS, for `bank_id` of a payout. */
	bankId: string;
	/** English name; the Russian one if there is no English name. */
	name: string;
	/** May be empty. */
	russianName: string;
}

/**
 * Banks of the Faster Payments System. The method is named on the bank's page; its fields come from the PHP SDK.
 * @throws BankRefusal, BankUnreachable, also when the response has no list or a list without any ID of a bank
 */
export async function listFpsBanks(bank: BankClient): Promise<FpsBank[]> {
	const body = await bank.request(endpoints.fpsBanks, {});
	const banks = listAt(body, 'banks').flatMap((entry) => {
		const bankId = textAt(entry, 'id');
		if (bankId === undefined) return [];
		const russianName = textAt(entry, 'ru_name') ?? '';
		return [{ bankId, name: textAt(entry, 'eng_name') ?? russianName, russianName }];
	});
	const list = field(body, 'banks');
	if (!Array.isArray(list) || (list.length > 0 && banks.length === 0)) {
		throw new BankUnreachable({ code: 'responseIncomplete', missing: 'banks' });
	}
	return banks;
}

/** The person whose registration is verified. */
export interface FpsRecipient {
	/** Digits only, with the country code. */
	phone: string;
	bankId: string;
	firstName: string;
	lastName: string;
	middleName?: string;
}

/** Result of a verification, or its state when the time limit is over. */
export interface FpsVerification {
	/** Whether the person is registered in FPS at that bank. Absent while this is not known. */
	isRegistered?: boolean;
	/** The verification has not ended yet. */
	isPending: boolean;
	/** The session of the verification. */
	view: SessionView;
}

/**
 * Error codes of a verification that found nobody. Assumption: a verification that was cancelled with another code,
 * such as a timeout, says nothing about the person.
 */
const NOT_FOUND_CODES: ReadonlySet<string> = new Set(['account_not_found']);

/**
 * Asks whether a person can receive an FPS payout at a bank, and waits at most `timeLimitMs` for the result. The
 * session ends with `accepted` (found) or `cancelled` (not found, unless its error code says otherwise). Moves no
 * money; the bank confirms the session itself. A sister platform's page requires `session_id`, and the bank's own SDK
 * omits it: it is sent, and left out if the bank refuses the request with it.
 * @throws BankRefusal, BankUnreachable
 */
export async function verifyFpsRecipient(
	recipient: FpsRecipient,
	timeLimitMs: number,
	bank: BankClient,
): Promise<FpsVerification> {
	const deadline = bank.clock.now() + timeLimitMs;
	const { sessionId } = await bank.createSession();
	const started =
		(await startVerification(recipient, sessionId, bank)) ?? (await bank.readSession(sessionId));
	if (hasEnded(started)) return toVerification(started);
	const polled = await pollSession(started, bank, deadline, hasEnded);
	return toVerification('view' in polled ? polled.view : started);
}

/**
 * Starts the verification, in this session or in one of the bank's own. Returns `undefined` if an earlier attempt,
 * whose response was lost, has already started it, or if the response to a request with this session is about another
 * one.
 */
async function startVerification(
	recipient: FpsRecipient,
	sessionId: string,
	bank: BankClient,
): Promise<SessionView | undefined> {
	const details = verificationBody(recipient, bank);
	const { response, body } = await bank.sendInAnyForm(endpoints.fpsVerification, [
		{ session_id: sessionId, ...details },
		details,
	]);
	const isOwnSession = body !== details;
	if (isOwnSession && response.kind === 'refused' && response.error.code === 'session_wrong_state')
		return undefined;
	const view = readSession(successfulBody(response, endpoints.fpsVerification));
	if (isOwnSession) return view?.sessionId === sessionId ? view : undefined;
	if (!view) throw new BankUnreachable({ code: 'responseIncomplete', missing: 'session' });
	return view;
}

function verificationBody(recipient: FpsRecipient, bank: BankClient): JsonObject {
	const details = FIELD_NAMES_BY_VERSION.payoutDetails[bank.versionOf(endpoints.fpsVerification)];
	const type = 'faster_payment_system_verification';
	return {
		[details]: {
			type: 'bank_account',
			bank_account: {
				system_type: type,
				[type]: { phone: recipient.phone, bank_id: recipient.bankId },
			},
		},
		participant_details: {
			recipient: compact({
				first_name: recipient.firstName,
				last_name: recipient.lastName,
				middle_name: recipient.middleName,
			}),
		},
	};
}

const hasEnded = ({ sessionStatus }: SessionView): boolean =>
	sessionStatus === 'accepted' || sessionStatus === 'cancelled' || sessionStatus === 'error';

function toVerification(view: SessionView): FpsVerification {
	const { sessionStatus, errorCode } = view;
	const isNotFound = errorCode === undefined || NOT_FOUND_CODES.has(errorCode);
	return {
		...(sessionStatus === 'accepted' && { isRegistered: true }),
		...(sessionStatus === 'cancelled' && isNotFound && { isRegistered: false }),
		isPending: !hasEnded(view),
		view,
	};
}
