import { parseDestination } from '../wire/destination.mts';
import { isObject } from '../lib/json.mts';
import { invalidRequest } from '../protocol/bankError.mts';
import { requiredObject, requiredText } from '../wire/fields.mts';
import { checkVerificationDetails } from '../wire/payoutDetails.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import { requireStartable, startPayouts } from '../bank/startPayouts.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { BOTH_VERSIONS, type EndpointRequest, type Endpoints } from './endpoint.mts';
import { FPS_BANKS } from './fpsBanks.mts';

/**
 * Checks whether a person is registered in FPS at a bank. Moves no money, needs no confirmation
 * (api/03 3).
 */
function handleCustomerVerification({ bank, version, body, key }: EndpointRequest) {
	const request = toV2Names(body, version);
	const details = requiredObject(request, 'payout_details');
	checkVerificationDetails(details);
	for (const name of ['first_name', 'last_name']) {
		requiredText(request, `participant_details.recipient.${name}`);
	}
	key.assertUnused();
	const { verificationSession } = bank.settings;
	const isRefused = request.session_id !== undefined && verificationSession === 'refused';
	const isMissing = request.session_id === undefined && verificationSession === 'required';
	if (isRefused) throw invalidRequest('session_id: is not expected');
	if (isMissing) throw invalidRequest('session_id: is required');
	const session =
		request.session_id === undefined
			? bank.sessions.create(version, 'collateral', false, {})
			: bank.sessions.get(request.session_id);
	requireStartable(session);
	const { destination, publicDetails } = parseDestination(details, bank.tokens);
	const { metadata, participant_details } = request;
	const verification = {
		id: bank.sessions.nextId('po'),
		status: 'in_progress' as const,
		createdAt: bankTime(),
		details: publicDetails,
		destination,
		debit: { amount: 0, currency: 'rub' },
		participants: isObject(participant_details) ? participant_details : undefined,
		metadata,
		purpose: 'verification' as const,
		isReserved: false,
		refunds: [],
		outcome: bank.scenarios.outcomeFor({ scenarioKey: destination.scenarioKey, metadata }),
	};
	startPayouts(bank, session, [verification], key);
	return sessionResponse(session, version);
}

/** Methods of the Faster Payments System (api/03 3). */
export const fpsEndpoints: Endpoints = {
	'fps/banks': {
		versions: BOTH_VERSIONS,
		methods: ['GET'],
		handle: () => ({ status: 'ok', banks: FPS_BANKS }),
	},
	'fps/customer_verification': {
		versions: BOTH_VERSIONS,
		startsMoney: true,
		handle: handleCustomerVerification,
	},
};
