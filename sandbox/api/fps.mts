import { see } from '../wire/destination.mts';
import { isObject } from '../lib/json.mts';
import { objectAt, requiredText } from '../wire/fields.mts';
import { checkVerificationDetails } from '../wire/payoutDetails.mts';
import { inV2Names } from '../protocol/apiVersions.mts';
import { requireStartable, startPayouts } from '../bank/startPayouts.mts';
import { sessionAnswer } from '../wire/sessionResponse.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { both, type Call, type Endpoints } from './endpoint.mts';

/** The ids of the docs' samples (api/06); names and the rest are invented. */
const banks = [
	{ id: '100000000069', eng_name: 'Sandbox Sova', ru_name: 'Песочный банк «Сова»' },
	{ id: '100000000197', eng_name: 'Sandbox Fox', ru_name: 'Песочный банк «Лиса»' },
	{ id: '100000000131', eng_name: 'Sandbox Hare', ru_name: 'Песочный банк «Заяц»' },
];

/** Is this person registered in FPS at that bank? Free, never confirmed (api/03 3). */
function customerVerification({ bank, version, body, idempotencyKey }: Call) {
	const request = inV2Names(body, version);
	const details = objectAt(request, 'payout_details');
	checkVerificationDetails(details);
	for (const name of ['first_name', 'last_name']) {
		requiredText(request, `participant_details.recipient.${name}`);
	}
	bank.keys.refuseRepeated(idempotencyKey);
	// `session_id` is mandatory on the sister platform, the SDK does not send it: both work.
	const session =
		request.session_id === undefined
			? bank.sessions.open(version, 'collateral', false, {})
			: bank.sessions.get(request.session_id);
	requireStartable(session);
	const { destination, shown } = see(details, bank.tokens);
	const { metadata, participant_details } = request;
	const check = {
		id: bank.sessions.nextId('po'),
		status: 'in_progress' as const,
		createdAt: bankTime(),
		details: shown,
		destination,
		debit: { amount: 0, currency: 'rub' },
		participants: isObject(participant_details) ? participant_details : undefined,
		metadata,
		purpose: 'verification' as const,
		reserved: false,
		refunds: [],
		outcome: bank.scenarios.decide({ trigger: destination.trigger, metadata }),
	};
	startPayouts(bank, session, [check], idempotencyKey);
	return sessionAnswer(session, version);
}

export const fpsEndpoints: Endpoints = {
	'fps/banks': { versions: both, methods: ['GET'], answer: () => ({ status: 'ok', banks }) },
	'fps/customer_verification': { versions: both, startsMoney: true, answer: customerVerification },
};
