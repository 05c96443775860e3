import { invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { endpoints } from '../api/endpoints.mts';
import { valueAt, isObject, textAt, type JsonObject } from '../lib/json.mts';
import { parseAmount } from '../wire/amount.mts';
import { digits, optionalText, requiredText } from '../wire/fields.mts';
import type { Session } from '../store/model.mts';
import { requireCardNumber } from './checkDigits.mts';
import { openToken, seenToken, useUp } from './publicToken.mts';
import type { WidgetCall, WidgetEndpoints } from './endpoint.mts';

const pan = { pattern: /^\d{14,19}$/, says: '14 to 19 digits' };
const securityCode = { pattern: /^\d{3,4}$/, says: '3 or 4 digits' };

/** Assumption: the form takes amount and customer from `session/create`, as nobody else knows them. */
function amountOf(session: Session) {
	if (session.draft.amount_details === undefined) {
		throw invalidRequest(`session ${session.id}: create it with amount_details and customer`);
	}
	return parseAmount(session.draft);
}

function cardOf(body: JsonObject): JsonObject {
	const number = requiredText(body, 'number', pan);
	requireCardNumber(number);
	return {
		type: 'card',
		card: {
			type: 'bank_card',
			bank_card: {
				number,
				expiration_month: requiredText(body, 'expiration_month', digits(2)),
				expiration_year: requiredText(body, 'expiration_year', digits(2)),
				security_code: requiredText(body, 'security_code', securityCode),
			},
		},
	};
}

/** The widget starts the payment itself (api/11.6), with nothing but the session and the card. */
function pay({ bank, body }: WidgetCall): JsonObject {
	const { token, allowed } = openToken(bank, body, 'acquiring_widget');
	const session = bank.sessions.get(allowed.session_id);
	amountOf(session);
	endpoints['session/start/payment'].answer({
		bank,
		version: 2,
		body: {
			session_id: session.id,
			payment_details: cardOf(body),
			...(body.recurrent === true &&
				allowed.show_recurrent_checkbox === true && { payment_options: { recurrent: true } }),
		},
		idempotencyKey: undefined,
	});
	useUp(token);
	return state(bank, session, allowed);
}

function state(bank: Bank, session: Session, allowed: JsonObject): JsonObject {
	const payment = session.payments[0];
	const held = payment?.stage === 'hold' && allowed.success_on_hold === true;
	const status =
		payment?.status === 'succeeded' || held
			? 'succeeded'
			: payment?.status === 'failed'
				? 'failed'
				: payment?.stage === 'payer'
					? 'action_required'
					: 'processing';
	const returnUrl =
		status === 'succeeded'
			? optionalText(allowed, 'success_return_url')
			: status === 'failed'
				? optionalText(allowed, 'failure_return_url')
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

export const paymentEndpoints: WidgetEndpoints = {
	/** What the form shows before anything was typed. */
	'payments/form': ({ bank, body }) => {
		const { allowed } = openToken(bank, body, 'acquiring_widget');
		const amount = amountOf(bank.sessions.get(allowed.session_id));
		return { ...amount, recurrent: allowed.show_recurrent_checkbox === true };
	},
	payments: pay,
	'payments/status': ({ bank, body }) => {
		const { widgets } = seenToken(bank, body, 'acquiring_widget');
		const allowed = widgets.acquiring_widget as JsonObject;
		return state(bank, bank.sessions.get(allowed.session_id), allowed);
	},
};
