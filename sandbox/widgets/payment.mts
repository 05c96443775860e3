import { invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { endpoints } from '../api/endpoints.mts';
import { valueAt, isObject, textAt, type JsonObject } from '../lib/json.mts';
import { parseAmount } from '../wire/amount.mts';
import { digits, optionalText, requiredText } from '../wire/fields.mts';
import type { Session } from '../store/model.mts';
import { requireCardNumber } from './checkDigits.mts';
import { requireActiveToken, readIssuedToken, deactivateToken } from './publicToken.mts';
import type { WidgetRequest, WidgetEndpoints } from './endpoint.mts';

const PAN_RULE = { pattern: /^\d{14,19}$/, expected: '14 to 19 digits' };
const SECURITY_CODE_RULE = { pattern: /^\d{3,4}$/, expected: '3 or 4 digits' };

/**
 * Assumption: the form uses amount and customer of `session/create`, because the widget has no other
 * source for them.
 */
function sessionAmount(session: Session) {
	if (session.draft.amount_details === undefined) {
		throw invalidRequest(`session ${session.id}: create it with amount_details and customer`);
	}
	return parseAmount(session.draft);
}

function parseCardDetails(body: JsonObject): JsonObject {
	const number = requiredText(body, 'number', PAN_RULE);
	requireCardNumber(number);
	return {
		type: 'card',
		card: {
			type: 'bank_card',
			bank_card: {
				number,
				expiration_month: requiredText(body, 'expiration_month', digits(2)),
				expiration_year: requiredText(body, 'expiration_year', digits(2)),
				security_code: requiredText(body, 'security_code', SECURITY_CODE_RULE),
			},
		},
	};
}

/** Starts the payment with the session of the token and the card (api/11.6). */
function startPayment({ bank, body }: WidgetRequest): JsonObject {
	const { token, options } = requireActiveToken(bank, body, 'acquiring_widget');
	const session = bank.sessions.get(options.session_id);
	sessionAmount(session);
	endpoints['session/start/payment'].handle({
		bank,
		version: 2,
		body: {
			session_id: session.id,
			payment_details: parseCardDetails(body),
			...(body.recurrent === true &&
				options.show_recurrent_checkbox === true && { payment_options: { recurrent: true } }),
		},
		key: bank.idempotencyKeys.keyOf(undefined, 'session/start/payment'),
	});
	deactivateToken(token);
	return paymentState(bank, session, options);
}

/** State of the payment as the form shows it. */
function paymentState(bank: Bank, session: Session, options: JsonObject): JsonObject {
	const payment = session.payments[0];
	const isHeld = payment?.stage === 'hold' && options.success_on_hold === true;
	const status =
		payment?.status === 'succeeded' || isHeld
			? 'succeeded'
			: payment?.status === 'failed'
				? 'failed'
				: payment?.stage === 'payerAction'
					? 'action_required'
					: 'processing';
	const returnUrl =
		status === 'succeeded'
			? optionalText(options, 'success_return_url')
			: status === 'failed'
				? optionalText(options, 'failure_return_url')
				: undefined;
	return {
		status,
		...(status === 'action_required' && {
			redirect_url: textAt(payment.interaction, 'redirect.url'),
		}),
		...(returnUrl !== undefined && { return_url: returnUrl }),
		...(isObject(payment?.error) && { description: valueAt(payment.error, 'description') }),
	};
}

/** Endpoints of the payment form (api/11.6). */
export const paymentEndpoints: WidgetEndpoints = {
	/** Data of the empty form. */
	'payments/form': ({ bank, body }) => {
		const { options } = requireActiveToken(bank, body, 'acquiring_widget');
		const amount = sessionAmount(bank.sessions.get(options.session_id));
		return { ...amount, recurrent: options.show_recurrent_checkbox === true };
	},
	payments: startPayment,
	'payments/status': ({ bank, body }) => {
		const { widgets } = readIssuedToken(bank, body, 'acquiring_widget');
		const options = widgets.acquiring_widget as JsonObject;
		return paymentState(bank, bank.sessions.get(options.session_id), options);
	},
};
