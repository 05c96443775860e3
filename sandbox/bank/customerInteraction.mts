import type { Bank } from './bank.mts';
import { textAt, type JsonObject } from '../lib/json.mts';
import { pngOf } from '../lib/png.mts';
import { MAX_QR_BYTES, qrCode } from '../lib/qrCode.mts';
import type { Payment, Session } from '../store/model.mts';

function redirectInteraction(bank: Bank, session: Session, payment: Payment): JsonObject {
	const base_url = `${bank.url}/sandbox/payer/${session.id}`;
	const qs = { payment: payment.id };
	const url = `${base_url}?payment=${payment.id}`;
	return { type: 'redirect', redirect: { url, base_url, method: 'GET', qs, params: {} } };
}

/** `img` is a picture that can be scanned. Its encoding is not documented (api/13.6). */
function qrInteraction(bank: Bank, session: Session, payment: Payment): JsonObject {
	const content = `${bank.url}/sandbox/payer/${session.id}?payment=${payment.id}`;
	if (Buffer.byteLength(content) > MAX_QR_BYTES)
		return { type: 'inform', inform: { qr: { content } } };
	const img = `data:image/png;base64,${pngOf(qrCode(content)).toString('base64')}`;
	return { type: 'inform', inform: { qr: { content, img } } };
}

/**
 * The action the payer must take before the payment, by payment method (api/13.7, 13.13–13.16).
 * `undefined` if none is needed.
 */
export function customerInteraction(
	bank: Bank,
	session: Session,
	payment: Payment,
): JsonObject | undefined {
	const { details, outcome } = payment;
	switch (details.type) {
		case 'faster_payment_system':
		case 'faster_payment_system_binding':
			return qrInteraction(bank, session, payment);
		case 'internet_banking': {
			const isPush = textAt(details, 'internet_banking.sber_pay.channel') === 'web';
			return isPush ? undefined : redirectInteraction(bank, session, payment);
		}
		case 'wallet':
			return redirectInteraction(bank, session, payment);
		case 'card':
		case 'secured_card':
			return bank.settings.threeDs || outcome.threeDs === true
				? redirectInteraction(bank, session, payment)
				: undefined;
		case 'recurrent':
			// The payer is present only if the payer initiated the payment (api/13.12).
			return textAt(details, 'recurrent.initiator') === 'client'
				? redirectInteraction(bank, session, payment)
				: undefined;
		default:
			return undefined;
	}
}
