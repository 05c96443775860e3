import { parseDestination } from '../wire/destination.mts';
import { isObject } from '../lib/json.mts';
import { requiredObject, requiredText } from '../wire/fields.mts';
import { checkVerificationDetails } from '../wire/payoutDetails.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import { requireStartable, startPayouts } from '../bank/startPayouts.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
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
	const request = toV2Names(body, version);
	const details = requiredObject(request, 'payout_details');
	checkVerificationDetails(details);
	for (const name of ['first_name', 'last_name']) {
		requiredText(request, `participant_details.recipient.${name}`);
	}
	bank.idempotencyKeys.assertUnused(idempotencyKey);
	// `session_id` is mandatory on the sister platform, the SDK does not send it: both work.
	const session =
		request.session_id === undefined
			? bank.sessions.create(version, 'collateral', false, {})
			: bank.sessions.get(request.session_id);
	requireStartable(session);
	const { destination, publicDetails: shown } = parseDestination(details, bank.tokens);
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
		isReserved: false,
		refunds: [],
		outcome: bank.scenarios.outcomeFor({ trigger: destination.scenarioKey, metadata }),
	};
	startPayouts(bank, session, [check], idempotencyKey);
	return sessionResponse(session, version);
}

export const fpsEndpoints: Endpoints = {
	'fps/banks': { versions: both, methods: ['GET'], answer: () => ({ status: 'ok', banks }) },
	'fps/customer_verification': { versions: both, startsMoney: true, answer: customerVerification },
};
