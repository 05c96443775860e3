import { invalidRequest } from '../protocol/bankError.mts';
import { valueAt, type JsonObject } from '../lib/json.mts';
import type { Money } from '../store/model.mts';
import { parseAmount } from './amount.mts';
import { digits, requiredObject, oneOf, requiredText } from './fields.mts';

const TAXPAYER_PATH = 'fiscalization_details.professional_income_taxpayer';

/** A checked receipt of a self-employed person. */
export interface Receipt {
	/** INN of the person, 12 digits. */
	taxReference: string;
	/** Sum of price × quantity of all services. */
	total: Money;
	/** `fiscalization_details` as in the request; responses repeat it. */
	details: JsonObject;
}

/** Parses `fiscalization_details` (api/10.10). Throws `invalid_request`. */
export function parseReceipt(body: JsonObject): Receipt {
	const taxpayer = requiredObject(body, TAXPAYER_PATH);
	const taxReference = requiredText(body, `${TAXPAYER_PATH}.tax_reference`, digits(12));
	const services = taxpayer.services;
	if (!Array.isArray(services) || services.length < 1 || services.length > 6) {
		throw invalidRequest(`${TAXPAYER_PATH}.services: 1 to 6 services`);
	}
	let amount = 0;
	let currency: string | undefined;
	services.forEach((service: unknown, index) => {
		requiredText(service, 'name');
		const price = parseAmount(service);
		const quantity = valueAt(service, 'quantity') ?? 1;
		if (!Number.isSafeInteger(quantity) || Number(quantity) < 1) {
			throw invalidRequest(
				`${TAXPAYER_PATH}.services[${index}].quantity: a whole number above zero`,
			);
		}
		currency ??= price.currency;
		if (currency.toLowerCase() !== price.currency.toLowerCase()) {
			throw invalidRequest(`${TAXPAYER_PATH}.services[${index}]: all prices in one currency`);
		}
		amount += price.amount * Number(quantity);
	});
	if (taxpayer.payer_type !== undefined && taxpayer.payer_type !== null) {
		const payer = oneOf(body, `${TAXPAYER_PATH}.payer_type`, ['legal', 'individual', 'foreign']);
		if (payer === 'legal') {
			requiredText(body, `${TAXPAYER_PATH}.payer_tax_number`, {
				pattern: /^(\d{10}|\d{12})$/,
				expected: '10 or 12 digits',
			});
			requiredText(body, `${TAXPAYER_PATH}.payer_name`);
		}
	}
	return {
		taxReference,
		total: { amount, currency: currency ?? 'rub' },
		details: requiredObject(body, 'fiscalization_details'),
	};
}

/**
 * Throws unless price × quantity of all services equals the amount of the payout (api/10.10, the code
 * is inferred).
 */
export function checkReceiptTotal(receipt: Receipt, amount: Money): void {
	const sameCurrency = receipt.total.currency.toLowerCase() === amount.currency.toLowerCase();
	if (receipt.total.amount !== amount.amount || !sameCurrency) {
		throw invalidRequest(
			`${TAXPAYER_PATH}.services: the sum of the services must equal amount_details`,
		);
	}
}
