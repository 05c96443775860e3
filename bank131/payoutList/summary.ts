import type { PayoutMethod } from './fields';
import type { PayoutRow } from './readRow';

/** How many payouts a list has, and their amounts in minor units. */
export interface ListSummary {
	payouts: number;
	/** In the order in which the list has them. */
	currencies: CurrencySummary[];
}

/** The payouts in one currency. */
export interface CurrencySummary {
	/** ISO 4217 code in lower case. */
	currency: string;
	minorUnits: number;
	methods: Array<{ method: PayoutMethod; count: number; minorUnits: number }>;
}

/** Counts and adds up the rows of a list that have no problem, by currency and method. */
export function summariseList(rows: readonly PayoutRow[]): ListSummary {
	const currencies = new Map<string, CurrencySummary>();
	for (const { method, amount } of rows) {
		if (!method || !amount) continue;
		const { currency, minorUnits } = amount;
		const ofCurrency = currencies.get(currency) ?? { currency, minorUnits: 0, methods: [] };
		currencies.set(currency, ofCurrency);
		ofCurrency.minorUnits += minorUnits;
		const ofMethod = ofCurrency.methods.find((one) => one.method === method);
		if (ofMethod) {
			ofMethod.count++;
			ofMethod.minorUnits += minorUnits;
		} else ofCurrency.methods.push({ method, count: 1, minorUnits });
	}
	return { payouts: rows.length, currencies: [...currencies.values()] };
}
