import { answerOf, type BankClient } from '../client/bankClient';
import { pollSession } from '../client/sessionReader';
import { compact, listAt, textAt, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';
import { readSession, type SessionView } from '../session/session';

export interface FpsBank {
	bankId: string;
	name: string;
	russianName: string;
}

/** Banks of the Faster Payments System. Method named on the bank's page, its fields known from the PHP SDK. */
export async function listFpsBanks(bank: BankClient): Promise<FpsBank[]> {
	const body = await bank.ask(endpoints.fpsBanks, {});
	return listAt(body, 'banks').flatMap((entry) => {
		const bankId = textAt(entry, 'id');
		if (bankId === undefined) return [];
		const russianName = textAt(entry, 'ru_name') ?? '';
		return [{ bankId, name: textAt(entry, 'eng_name') ?? russianName, russianName }];
	});
}

export interface FpsRecipient {
	phone: string;
	bankId: string;
	firstName: string;
	lastName: string;
	middleName?: string;
}

export interface FpsVerification {
	/** The person is registered in FPS at that bank. Absent where the bank has not said so, nor the contrary. */
	found?: boolean;
	/** The bank is still asking. */
	pending: boolean;
	view: SessionView;
}

/**
 * With these the check ended because nobody is there. Assumption: a check that was cancelled with another code, such as a
 * timeout, says nothing about the person.
 */
const NOBODY_THERE: ReadonlySet<string> = new Set(['account_not_found']);

/**
 * Asks whether a person can get an FPS payout at a bank, and waits for the answer: the session ends `accepted` (found) or
 * `cancelled` (not found, unless a code says otherwise). Moves no money; confirmed by the bank itself. `session_id` is sent
 * as a sister platform's page demands, although the PHP SDK leaves it out.
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
	if (isAnswered(started)) return answer(started);
	const seen = await pollSession(started, bank, deadline, isAnswered);
	return answer('view' in seen ? seen.view : started);
}

/** Undefined when an earlier try, whose answer was lost, has started it already, or the answer is about another session. */
async function startVerification(
	recipient: FpsRecipient,
	sessionId: string,
	bank: BankClient,
): Promise<SessionView | undefined> {
	const reply = await bank.repeat(
		endpoints.fpsVerification,
		verificationBody(recipient, sessionId, bank),
	);
	if (reply.kind === 'refused' && reply.error.code === 'session_wrong_state') return undefined;
	const view = readSession(answerOf(reply, endpoints.fpsVerification));
	return view?.sessionId === sessionId ? view : undefined;
}

function verificationBody(
	recipient: FpsRecipient,
	sessionId: string,
	bank: BankClient,
): JsonObject {
	const details = FIELD_NAMES_BY_VERSION.payoutDetails[bank.versionOf(endpoints.fpsVerification)];
	const type = 'faster_payment_system_verification';
	return {
		session_id: sessionId,
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

const isAnswered = ({ sessionStatus }: SessionView): boolean =>
	sessionStatus === 'accepted' || sessionStatus === 'cancelled' || sessionStatus === 'error';

function answer(view: SessionView): FpsVerification {
	const { sessionStatus, errorCode } = view;
	const isNobody = errorCode === undefined || NOBODY_THERE.has(errorCode);
	return {
		...(sessionStatus === 'accepted' && { found: true }),
		...(sessionStatus === 'cancelled' && isNobody && { found: false }),
		pending: !isAnswered(view),
		view,
	};
}
