/**
 * Currencies of payouts: rubles, and dollars and euros "by agreement" (api/03 §1). `names`: signs and words, in lower
 * case, with which people mark an amount.
 */
export const currencies = {
	rub: {
		decimals: 2,
		names: ['₽', 'руб', 'руб.', 'рублей', 'рубля', 'рубль', 'р', 'р.', 'rub', 'rur'],
	},
	usd: { decimals: 2, names: ['$', 'usd'] },
	eur: { decimals: 2, names: ['€', 'eur', 'евро'] },
} as const;

/** ISO 4217 code in lower case. */
export type CurrencyCode = keyof typeof currencies;
