import { compact } from '../lib/json';
import type { Problem } from '../lib/result';
import { endpoints } from '../protocol/endpoints';
import { checkInn, type CheckPolicy } from '../values/identifiers';
import { formatAmount, type Money } from '../values/money';
import { isGiven, cleanText } from '../values/text';
import { extraFields, type OrderExtras } from './extras';
import { amountDetails, type Receipt, type SessionRequest } from './order';

export type PayerType = 'individual' | 'legal' | 'foreign';

/** What a fiscal receipt (чек НПД) of a self-employed person says. Amounts in minor units. */
export interface ReceiptInput {
	/** 12-digit INN of the self-employed person. */
	inn: unknown;
	payerType: PayerType;
	/** Empty for none. A foreign organization has a tax number of its own country. */
	payerInn: unknown;
	payerName: string;
	services: Array<{ name: string; price: number; quantity: number }>;
}

/** At most six services: a third-party copy of the bank's page "Objects" says so. */
const MAX_SERVICES = 6;
/** Assumption: longer than any country's tax number. */
const MAX_FOREIGN_NUMBER = 50;

/**
 * `fiscalization_details` for a payout (bank's pages "Payouts to the self-employed" and "Objects"), or what is wrong.
 * The sum of price × quantity must equal the payout's amount; a payer of type `legal` needs INN and name.
 */
export function receiptDetails(
	input: ReceiptInput,
	amount: Money,
	policy: CheckPolicy,
): Receipt & { problems: Problem[] } {
	const problems: Problem[] = [];
	const note = (field: string, message: string, remedy: string) =>
		problems.push({ field, message, remedy });

	const inn = checkInn(input.inn, policy, 12);
	if (!inn.ok) note('selfEmployedInn', inn.problem.message, inn.problem.remedy);

	const payerInn = isGiven(input.payerInn) ? checkTaxNumber(input, policy) : undefined;
	if (payerInn && !payerInn.ok) note('payerInn', payerInn.problem.message, payerInn.problem.remedy);
	if (input.payerType === 'legal') {
		if (!payerInn)
			note(
				'payerInn',
				'The INN of the payer is missing',
				'Enter the INN of the company that pays for the services.',
			);
		if (input.payerName === '')
			note(
				'payerName',
				'The name of the payer is missing',
				'Enter the name of the company that pays for the services.',
			);
	}
	noteServices(input.services, amount, note);
	const taxReference = inn.ok ? inn.value : '';
	return {
		problems,
		identity: [taxReference],
		details: {
			professional_income_taxpayer: compact({
				services: input.services.map(({ name, price, quantity }) => ({
					name,
					amount_details: { amount: price, currency: amount.currency },
					quantity,
				})),
				tax_reference: taxReference,
				payer_type: input.payerType,
				payer_tax_number: payerInn?.ok ? payerInn.value : undefined,
				payer_name: input.payerName === '' ? undefined : input.payerName,
			}),
		},
	};
}

const checkTaxNumber = ({ payerType, payerInn }: ReceiptInput, policy: CheckPolicy) =>
	payerType === 'foreign'
		? cleanText(payerInn, 'Tax number', MAX_FOREIGN_NUMBER)
		: checkInn(payerInn, policy);

function noteServices(
	services: ReceiptInput['services'],
	amount: Money,
	note: (field: string, message: string, remedy: string) => void,
): void {
	if (services.length === 0)
		return note('receiptServices', 'The receipt has no service', 'Add at least one service.');
	if (services.length > MAX_SERVICES) {
		return note(
			'receiptServices',
			`The receipt has ${services.length} services, the bank takes at most ${MAX_SERVICES}`,
			'Combine some of them, or split the payout.',
		);
	}
	for (const { name, quantity } of services) {
		if (name === '')
			note(
				'serviceName',
				'A service has no name',
				'Say what the person did, e.g. Courier services in November.',
			);
		if (!Number.isSafeInteger(quantity) || quantity < 1)
			note('quantity', 'The quantity is not a whole number of at least 1', 'Enter 1 or more.');
	}
	const sum = services.reduce((total, { price, quantity }) => total + price * quantity, 0);
	if (sum !== amount.minorUnits) {
		note(
			'receiptServices',
			`The services add up to ${formatAmount(sum, amount.currency)}, the payout is ${formatAmount(amount.minorUnits, amount.currency)}`,
			'Make price times quantity of all services equal to the amount.',
		);
	}
}

/**
 * A receipt without a payout (bank's page "Fiscalization"): a session, then `fiscalization` in it. The method has no
 * form with one request, so `init` is the same method and never used. The receipt's link comes later, with the
 * session.
 */
export function receiptRequest(order: {
	reference: string;
	amount: Money;
	receipt: Receipt;
	extras: OrderExtras;
}): SessionRequest {
	return {
		what: 'receipt',
		reference: order.reference,
		amount: order.amount,
		endpoints: {
			create: endpoints.sessionCreate,
			start: endpoints.receiptCreate,
			init: endpoints.receiptCreate,
		},
		body: () =>
			compact({
				fiscalization_details: order.receipt.details,
				amount_details: amountDetails(order.amount),
				...extraFields(order.extras, order.reference),
			}),
	};
}
