import { BankError, invalidRequest } from '../protocol/bankError.mts';
import type { JsonObject } from '../lib/json.mts';
import { requiredText } from '../wire/fields.mts';
import { requireActiveToken, readIssuedToken, deactivateToken } from './publicToken.mts';
import type { WidgetRequest, WidgetEndpoints } from './endpoint.mts';

const INN_OR_PHONE = {
	pattern: /^(\d{12}|\d{11})$/,
	expected: 'an INN of 12 digits or a phone of 11',
};

/** The INN for which the token was issued. Throws if another INN is entered. */
function requireMatchingInn(options: JsonObject, body: JsonObject): string {
	const inn = requiredText(options, 'tax_reference');
	const entered = requiredText(body, 'tax_reference_or_phone', INN_OR_PHONE);
	// Assumption: any phone number is accepted, because only the tax service knows its owner.
	if (entered.length === 12 && entered !== inn) {
		throw invalidRequest('tax_reference_or_phone: is not the INN that the token was issued for');
	}
	return inn;
}

/** Requests the link. The tax service then asks the person in the app My Tax. */
function requestLink({ bank, body }: WidgetRequest): JsonObject {
	const { token, options } = requireActiveToken(bank, body, 'self_employed_widget');
	const inn = requireMatchingInn(options, body);
	const taxpayerState = bank.scenarios.taxpayerState(inn);
	if (taxpayerState === 'notSelfEmployed')
		throw invalidRequest('This person is not registered as self-employed');
	if (taxpayerState === 'fnsError') {
		throw new BankError('npd_service_internal_error', 'The tax service did not answer');
	}
	deactivateToken(token);
	const status = taxpayerState === 'notLinked' || taxpayerState === 'silent' ? 'sent' : 'confirmed';
	bank.linkRequests.set(token.token, { inn, status });
	return { status };
}

function requireLinkRequest({ bank, body }: WidgetRequest) {
	const { token } = readIssuedToken(bank, body, 'self_employed_widget');
	const linkRequest = bank.linkRequests.get(token);
	if (linkRequest === undefined)
		throw invalidRequest('public_token: nothing was asked with it yet');
	return linkRequest;
}

/** Endpoints of the widget for self-employed persons (api/11.5). */
export const linkingEndpoints: WidgetEndpoints = {
	links: requestLink,
	'links/status': (request) => ({ status: requireLinkRequest(request).status }),
	/** Sandbox only: the decision of the person in the app My Tax. */
	'links/answer': (request) => {
		const linkRequest = requireLinkRequest(request);
		if (linkRequest.status === 'sent') {
			linkRequest.status = request.body.allow === true ? 'confirmed' : 'rejected';
			if (linkRequest.status === 'confirmed')
				request.bank.scenarios.setTaxpayer(linkRequest.inn, 'linked');
		}
		return { answered: true };
	},
};
