import { invalid } from '../protocol/bankError.mts';
import { at, type JsonObject } from '../lib/json.mts';
import type { Amount } from '../store/model.mts';
import { readAmount } from './amount.mts';
import { digits, objectAt, oneOf, requiredText } from './fields.mts';

const root = 'fiscalization_details.professional_income_taxpayer';

export interface Receipt {
	taxReference: string;
	total: Amount;
	/** As it is echoed. */
	details: JsonObject;
}

/** Checks `fiscalization_details` of a receipt for a self-employed person (api/10.10). */
export function readReceipt(body: JsonObject): Receipt {
	const taxpayer = objectAt(body, root);
	const taxReference = requiredText(body, `${root}.tax_reference`, digits(12));
	const services = taxpayer.services;
	if (!Array.isArray(services) || services.length < 1 || services.length > 6) {
		throw invalid(`${root}.services: 1 to 6 services`);
	}
	let amount = 0;
	let currency: string | undefined;
	services.forEach((service: unknown, index) => {
		requiredText(service, 'name');
		const price = readAmount(service);
		const quantity = at(service, 'quantity') ?? 1;
		if (!Number.isSafeInteger(quantity) || Number(quantity) < 1) {
			throw invalid(`${root}.services[${index}].quantity: a whole number above zero`);
		}
		currency ??= price.currency;
		if (currency.toLowerCase() !== price.currency.toLowerCase()) {
			throw invalid(`${root}.services[${index}]: all prices in one currency`);
		}
		amount += price.amount * Number(quantity);
	});
	if (taxpayer.payer_type !== undefined && taxpayer.payer_type !== null) {
		const payer = oneOf(body, `${root}.payer_type`, ['legal', 'individual', 'foreign']);
		if (payer === 'legal') {
			requiredText(body, `${root}.payer_tax_number`, {
				pattern: /^(\d{10}|\d{12})$/,
				says: '10 or 12 digits',
			});
			requiredText(body, `${root}.payer_name`);
		}
	}
	return {
		taxReference,
		total: { amount, currency: currency ?? 'rub' },
		details: objectAt(body, 'fiscalization_details'),
	};
}

/** price × quantity of all services must be the payout's amount (api/10.10, the code is inferred). */
export function checkReceiptTotal(receipt: Receipt, amount: Amount): void {
	const sameCurrency = receipt.total.currency.toLowerCase() === amount.currency.toLowerCase();
	if (receipt.total.amount !== amount.amount || !sameCurrency) {
		throw invalid(`${root}.services: the sum of the services must equal amount_details`);
	}
}
