import type { SessionView } from '../session/session';
import { formatMoney, type Money } from '../values/money';

/** The last look before money moves: the bank must be about to pay exactly what was asked. */
export function amountMismatch(view: SessionView, expected: Money): string | undefined {
	const alike = view.operations.filter(({ kind }) => kind === view.operation?.kind).length;
	if (alike > 1) {
		return `Not confirmed: the session holds ${alike} ${view.operation?.kind}s, which one amount can't be compared with.`;
	}
	const actual = view.operation?.amount;
	return isSameAmount(actual, expected)
		? undefined
		: `Not confirmed: the bank shows ${formatMoney(actual)}, ${formatMoney(expected)} was asked for. Cancel the session with Session: Cancel and tell the bank's support.`;
}

export const isSameAmount = (actual: Money | undefined, expected: Money): boolean =>
	actual?.currency === expected.currency && actual.minorUnits === expected.minorUnits;

/** A payout in a foreign currency shows the rubles to be debited (bank's page on currencies), which can't be compared. */
export function showsDebitedRubles(view: SessionView, expected: Money): boolean {
	const { kind, amount } = view.operation ?? {};
	return kind === 'payout' && expected.currency !== 'rub' && amount?.currency === 'rub';
}
