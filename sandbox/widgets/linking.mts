import { BankError, invalidRequest } from '../protocol/bankError.mts';
import type { JsonObject } from '../lib/json.mts';
import { requiredText } from '../wire/fields.mts';
import { openToken, seenToken, useUp } from './publicToken.mts';
import type { WidgetCall, WidgetEndpoints } from './endpoint.mts';

const innOrPhone = { pattern: /^(\d{12}|\d{11})$/, says: 'an INN of 12 digits or a phone of 11' };

/** The INN for which the partner asked the token; the person can link nobody else. */
function askedInn(allowed: JsonObject, body: JsonObject): string {
	const inn = requiredText(allowed, 'tax_reference');
	const typed = requiredText(body, 'tax_reference_or_phone', innOrPhone);
	// Assumption: a phone is believed; whose it is only the tax service knows.
	if (typed.length === 12 && typed !== inn) {
		throw invalidRequest('tax_reference_or_phone: is not the INN that the token was issued for');
	}
	return inn;
}

/** The person asks to be linked; the tax service then asks the person, in the app My Tax. */
function request({ bank, body }: WidgetCall): JsonObject {
	const { token, allowed } = openToken(bank, body, 'self_employed_widget');
	const inn = askedInn(allowed, body);
	const state = bank.scenarios.taxpayerState(inn);
	if (state === 'notSelfEmployed') throw invalidRequest('This person is not registered as self-employed');
	if (state === 'fnsError') {
		throw new BankError('npd_service_internal_error', 'The tax service did not answer');
	}
	useUp(token);
	const status = state === 'notLinked' || state === 'silent' ? 'sent' : 'confirmed';
	bank.linkRequests.set(token.token, { inn, status });
	return { status };
}

function linkOf({ bank, body }: WidgetCall) {
	const { token } = seenToken(bank, body, 'self_employed_widget');
	const link = bank.linkRequests.get(token);
	if (link === undefined) throw invalidRequest('public_token: nothing was asked with it yet');
	return link;
}

export const linkingEndpoints: WidgetEndpoints = {
	links: request,
	'links/status': (call) => ({ status: linkOf(call).status }),
	/** The sandbox's own: what the person taps in the app My Tax. */
	'links/answer': (call) => {
		const link = linkOf(call);
		if (link.status === 'sent') {
			link.status = call.body.allow === true ? 'confirmed' : 'rejected';
			if (link.status === 'confirmed') call.bank.scenarios.setTaxpayer(link.inn, 'linked');
		}
		return { answered: true };
	},
};
