import type { JsonObject } from '../lib/json.mts';
import type { Session } from '../store/model.mts';
import { shapeSession, type SessionShape } from '../wire/sessionShape.mts';
import { renderConfirmInformation, renderSession } from '../wire/sessionResponse.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';

/** Webhook types of the docs (api/05); tests can send others. */
export type WebhookType =
	| 'ready_to_confirm'
	| 'ready_to_capture'
	| 'action_required'
	| 'payment_finished'
	| 'payment_refunded'
	| 'confirmation_payout'
	| 'nominal_topup'
	| 'transaction_registration'
	| (string & {});

/**
 * Webhook body `{"type", "session", "confirm_information"?}` with the current state of the session
 * (api/05).
 */
export function webhookBody(
	type: WebhookType,
	session: Session,
	version: ApiVersion,
	shape: SessionShape,
): string {
	const body: JsonObject = { type, session: renderSession(session, version) };
	if (type === 'ready_to_confirm') {
		const information = renderConfirmInformation(session, version);
		if (information !== undefined) body.confirm_information = information;
	}
	return JSON.stringify(shapeSession(body, shape));
}
