/**
 * The fields of each payout method, under the internal names of the form's parameters. `needs`: the details that
 * identify the recipient. A row in which all of them are filled has a complete set of details of the method.
 */
export const payoutMethodFields = {
	bankAccount: {
		needs: ['account', 'bik'],
		others: ['accountHolder', 'recipientName', 'inn', 'kpp', 'purpose', 'urgent'],
	},
	bankAccountIban: { needs: ['iban'], others: ['recipientName'] },
	bankAccountToken: {
		needs: ['savedAccount'],
		others: ['accountHolder', 'recipientName', 'inn', 'kpp', 'purpose', 'urgent'],
	},
	cardHash: { needs: ['cardHash'], others: ['recipientName'] },
	cardNumber: { needs: ['cardNumber'], others: ['recipientName'] },
	cardToken: { needs: ['savedCard'], others: ['recipientName'] },
	fps: { needs: ['phone', 'fpsBankId'], others: ['recipientName', 'purpose'] },
	moneta: { needs: ['walletAccount'], others: ['recipientName', 'walletNote'] },
	qiwi: { needs: ['walletAccount'], others: ['recipientName', 'walletNote'] },
	steam: { needs: ['walletAccount'], others: ['recipientName'] },
	taxFull: {
		needs: ['tax_kbk', 'tax_oktmo'],
		others: [
			'tax_description',
			'tax_uin',
			'tax_paymentReason',
			'tax_period',
			'tax_documentNumber',
			'tax_documentDate',
			'tax_payerInn',
			'tax_payerKpp',
			'tax_payeeName',
			'tax_payeeInn',
			'tax_payeeKpp',
			'tax_payeeBik',
			'tax_payeeAccount',
			'tax_payeeSingleAccount',
		],
	},
	tax: { needs: ['taxPeriodType', 'taxPeriodNumber', 'taxPeriodYear'], others: [] },
	yoomoney: { needs: ['walletAccount'], others: ['recipientName', 'walletNote'] },
} as const;

/** A value of the parameter `payoutMethod`. */
export type PayoutMethod = keyof typeof payoutMethodFields;

/** All methods, in the order of the form. */
export const payoutMethodValues = Object.keys(payoutMethodFields) as PayoutMethod[];

type MethodField =
	| (typeof payoutMethodFields)[PayoutMethod]['needs'][number]
	| (typeof payoutMethodFields)[PayoutMethod]['others'][number];

/** The fields that every payout may have, whatever its method. */
export const commonFields = [
	'reference',
	'recipientName',
	'amount',
	'currency',
	'payoutMethod',
	'payFrom',
	'sourceAccount',
	'beneficiaryInn',
	'transferPurpose',
	'issueReceipt',
	'selfEmployedInn',
	'serviceName',
	'payerType',
	'payerInn',
	'payerName',
	'confirmation',
] as const;

/** A field of a payout, under the internal name of the form's parameter. */
export type PayoutField = MethodField | (typeof commonFields)[number];

/** All fields: what every payout has, then the details of each method. */
export const payoutListFields: readonly PayoutField[] = [
	...new Set<PayoutField>([
		'reference',
		'amount',
		...commonFields,
		...payoutMethodValues.flatMap(fieldsOfMethod),
	]),
];

/** The fields of a payout method. */
export function fieldsOfMethod(method: PayoutMethod): PayoutField[] {
	const { needs, others } = payoutMethodFields[method];
	return [...needs, ...others];
}

/**
 * Columns of lists that are no field of the form: parts of a field (`lastName`), or a field whose meaning the method or
 * another column decides (`token`, `wallet`, `anyInn`, `taxPeriod`).
 */
export type HelperColumn =
	| 'lastName'
	| 'firstName'
	| 'middleName'
	| 'token'
	| 'wallet'
	| 'yoomoneyWallet'
	| 'qiwiWallet'
	| 'monetaWallet'
	| 'steamWallet'
	| 'taxPeriod'
	| 'anyInn';

/** A column of a list that is recognised by its name. */
export type ListColumn = PayoutField | HelperColumn;

/** Where a field comes from if the list has no column of its own for it. */
export const sourceColumns: Readonly<Partial<Record<PayoutField, readonly ListColumn[]>>> = {
	recipientName: ['lastName', 'firstName', 'middleName'],
	savedCard: ['token'],
	cardHash: ['token'],
	savedAccount: ['token'],
	walletAccount: ['yoomoneyWallet', 'qiwiWallet', 'monetaWallet', 'steamWallet', 'wallet'],
	inn: ['anyInn'],
	taxPeriodType: ['taxPeriod'],
	taxPeriodNumber: ['taxPeriod'],
	taxPeriodYear: ['taxPeriod'],
	tax_period: ['taxPeriod'],
	tax_description: ['purpose'],
};
