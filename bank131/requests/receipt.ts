import { compact } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { checkInn, type CheckPolicy } from '../values/identifiers';
import type { Money } from '../values/money';
import { isGiven, cleanText } from '../values/text';
import { extraFields, type OrderExtras } from './extras';
import { amountDetails, type Receipt, type SessionRequest } from './order';
import type { AnyRequestProblem, LocatedProblem } from './problems';

/** Who pays the self-employed person: an individual, a legal entity or a foreign organization (`payer_type`). */
export type PayerType = 'individual' | 'legal' | 'foreign';

/** The content of a fiscal receipt (чек НПД) of a self-employed person. Prices are in minor units of the payout. */
export interface ReceiptInput {
	/** 12-digit INN of the self-employed person. */
	inn: unknown;
	payerType: PayerType;
	/** Empty for none. A foreign organization has a tax number of its own country. */
	payerInn: unknown;
	payerName: string;
	services: Array<{ name: string; price: number; quantity: number }>;
}

type Report = (field: string, problem: AnyRequestProblem) => void;

/** Most services of a receipt (a third-party copy of the bank's page "Objects"). */
const MAX_SERVICES = 6;
/** Characters. Assumption: no country has longer tax numbers. */
const MAX_FOREIGN_NUMBER = 50;

/**
 * `fiscalization_details` for a payout (bank's pages "Payouts to the self-employed" and "Objects"), and its problems.
 * The sum of price × quantity must equal the payout's amount; a payer of type `legal` needs INN and name.
 */
export function receiptDetails(
	input: ReceiptInput,
	amount: Money,
	policy: CheckPolicy,
): Receipt & { problems: LocatedProblem[] } {
	const problems: LocatedProblem[] = [];
	const report: Report = (field, problem) => problems.push({ field, ...problem });

	const inn = checkInn(input.inn, policy, 12);
	if (!inn.ok) report('selfEmployedInn', inn.problem);

	const payerInn = isGiven(input.payerInn) ? checkTaxNumber(input, policy) : undefined;
	if (payerInn && !payerInn.ok) report('payerInn', payerInn.problem);
	if (input.payerType === 'legal') {
		if (!payerInn) report('payerInn', { code: 'receipt.payerInnMissing' });
		if (input.payerName === '') report('payerName', { code: 'receipt.payerNameMissing' });
	}
	checkServices(input.services, amount, report);
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
		kind: 'receipt',
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

const checkTaxNumber = ({ payerType, payerInn }: ReceiptInput, policy: CheckPolicy) =>
	payerType === 'foreign'
		? cleanText(payerInn, 'taxNumber', MAX_FOREIGN_NUMBER)
		: checkInn(payerInn, policy);

function checkServices(services: ReceiptInput['services'], amount: Money, report: Report): void {
	const count = services.length;
	if (count === 0) {
		report('receiptServices', { code: 'receipt.noServices' });
		return;
	}
	if (count > MAX_SERVICES) {
		const maxCount = MAX_SERVICES;
		report('receiptServices', { code: 'receipt.tooManyServices', count, maxCount });
		return;
	}
	for (const { name, quantity } of services) {
		if (name === '') report('serviceName', { code: 'receipt.serviceNameMissing' });
		if (!Number.isSafeInteger(quantity) || quantity < 1) {
			report('quantity', { code: 'receipt.wrongQuantity' });
		}
	}
	const minorUnits = services.reduce((total, { price, quantity }) => total + price * quantity, 0);
	// A sum with a wrong quantity in it is no sum, and 0 is no amount; they have been reported.
	const isComparable = Number.isSafeInteger(minorUnits) && amount.minorUnits > 0;
	if (isComparable && minorUnits !== amount.minorUnits) {
		const sum = { minorUnits, currency: amount.currency };
		report('receiptServices', { code: 'receipt.sumDiffers', sum, amount });
	}
}
