import type { SessionView } from '../session/session';
import type { Money } from '../values/money';
import type { ResultReason } from './reasons';

/**
 * The last check before a confirmation: the session must show exactly the expected amount. Several operations of one
 * kind cannot be compared with one amount.
 * @returns why the amounts differ; `undefined` if they are equal
 */
export function amountMismatch(view: SessionView, expected: Money): ResultReason | undefined {
	const { operation, operations } = view;
	const count = operations.filter(({ kind }) => kind === operation?.kind).length;
	if (operation && count > 1) return { code: 'severalAmounts', kind: operation.kind, count };
	const actual = operation?.amount;
	return isSameAmount(actual, expected)
		? undefined
		: { code: 'amountMismatch', actual: actual, expected };
}

/** Whether both amounts have the same currency and minor units. */
export const isSameAmount = (actual: Money | undefined, expected: Money): boolean =>
	actual?.currency === expected.currency && actual.minorUnits === expected.minorUnits;

/**
 * Whether the session of a payout in a foreign currency shows the rubles to be debited (bank's page on currencies). Such
 * an amount cannot be compared with the expected one.
 */
export function isDebitedAmountShown(view: SessionView, expected: Money): boolean {
	const { kind, amount } = view.operation ?? {};
	return kind === 'payout' && expected.currency !== 'rub' && amount?.currency === 'rub';
}
