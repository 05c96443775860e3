import { textAt, type JsonObject } from '../lib/json';

/**
 * Lines of a report that are compared as one: payments together with their returns. Each line is in one group only.
 * Amounts are in minor units and mean nothing when the lines have several currencies.
 */
export interface OperationGroup {
	lines: JsonObject[];
	/** Absent when the report has only returns: their payments are in an earlier report. */
	paid?: number;
	returned: number;
}

/** The bank's id of the payout or payment; empty when the line has none. */
export const operationIdOf = (line: JsonObject): string =>
	textAt(line, 'payoutId') ?? textAt(line, 'paymentId') ?? '';

/** Types of operations (api/12 §12.6) that pay. */
const PAYMENT_TYPES: ReadonlySet<unknown> = new Set(['Advice', 'Recurrent']);
/** Types of operations (api/12 §12.6) that return an earlier payment. */
const RETURN_TYPES: ReadonlySet<unknown> = new Set(['Adjustment', 'Chargeback', 'Refund']);

/** Whether neither the type nor the sign says if the line is a payment or a return. Such a line counts as a payment. */
export const hasUnknownDirection = (line: JsonObject): boolean =>
	!PAYMENT_TYPES.has(line.type) && !isReturn(line);

/** The currency code of rubles in the rows of a report. */
export const RUBLES = 'RUB';
/** Assumption: these all mean rubles. 643 is the number of RUB; RUR and 810 are its codes from before 1998. */
const RUBLE_CODES: ReadonlySet<string> = new Set([RUBLES, 'RUR', 'РУБ', '₽', '643', '810']);

/** The currency code of a line in capitals. Assumption: a report without the column is in rubles. */
export function currencyOf(line: JsonObject): string {
	const code = (textAt(line, 'currency') ?? RUBLES).replace(/[\s.]/g, '').toUpperCase();
	return RUBLE_CODES.has(code) ? RUBLES : code;
}

/** The lines of each currency, rubles first. */
export function groupByCurrency(lines: readonly JsonObject[]): Map<string, JsonObject[]> {
	const currencies = [...new Set(lines.map(currencyOf))].sort(
		(a, b) => Number(b === RUBLES) - Number(a === RUBLES),
	);
	return new Map(
		currencies.map((code) => [code, lines.filter((line) => currencyOf(line) === code)]),
	);
}

/** Drops repeated lines, as when one file was read twice. A line without an operation id is never dropped. */
export function removeRepeatedLines(lines: readonly JsonObject[]): JsonObject[] {
	const identities = new Set<string>();
	return lines.filter((line) => {
		if (operationIdOf(line) === '') return true;
		const { report, type, sessionId, amountMinorUnits, createdAt, finishedAt } = line;
		const identity = JSON.stringify([
			...[report, type, sessionId, operationIdOf(line)],
			...[amountMinorUnits, createdAt, finishedAt],
		]);
		return !identities.has(identity) && identities.add(identity);
	});
}

/** Minor units of all payments, without returns; `undefined` when there is no payment. */
export function sumPaid(lines: JsonObject[]): number | undefined {
	const payments = lines.filter((line) => !isReturn(line));
	return payments.length > 0 ? sumAbsolute(payments) : undefined;
}

/** `sumPaid` in kopecks; `undefined` also when a line is in another currency. */
export const sumPaidRubles = (lines: JsonObject[]): number | undefined =>
	lines.every((line) => currencyOf(line) === RUBLES) ? sumPaid(lines) : undefined;

/** All the lines as one group. */
export const toOperationGroup = (lines: JsonObject[]): OperationGroup => ({
	lines,
	paid: sumPaid(lines),
	returned: sumAbsolute(lines.filter(isReturn)),
});

/**
 * One group per payment, with the returns that belong to it. A return belongs to the payment with its operation id,
 * else to the first payment of the same amount without a return, else to the first payment.
 */
export function groupByPayment(lines: JsonObject[]): OperationGroup[] {
	const groups = lines.filter((line) => !isReturn(line)).map((payment) => [payment]);
	if (groups.length === 0) return [toOperationGroup(lines)];
	for (const returned of lines.filter(isReturn)) {
		const withoutReturn = groups.filter((group) => group.length === 1);
		const group =
			groups.find(([payment]) => operationIdOf(payment) === operationIdOf(returned)) ??
			withoutReturn.find(
				([payment]) => minorUnitsOf(payment) === Math.abs(minorUnitsOf(returned)),
			) ??
			groups[0];
		group.push(returned);
	}
	return groups.map(toOperationGroup);
}

const minorUnitsOf = (line: JsonObject): number => Number(line.amountMinorUnits);

const isReturn = (line: JsonObject): boolean =>
	RETURN_TYPES.has(line.type) || minorUnitsOf(line) < 0;

const sumAbsolute = (lines: JsonObject[]): number =>
	lines.reduce((total, line) => total + Math.abs(minorUnitsOf(line)), 0);
