import { objectAt, textAt, type JsonObject } from '../lib/json';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';
import type { SessionRequest } from '../requests/order';
import { accountIn, readAmount } from '../session/operation';
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
 * Whether the amount that the session shows can be that of our request. Several operations (`currency` is then empty)
 * and rubles to be debited for another currency cannot be compared.
 */
export const isOwnAmount = (view: SessionView, expected: Money): boolean =>
	expected.currency === '' ||
	isDebitedAmountShown(view, expected) ||
	isSameAmount(view.operation?.amount, expected);

/**
 * Whether the session of a payout in a foreign currency shows the rubles to be debited (bank's page on currencies).
 * Such an amount cannot be compared with the expected one.
 */
export function isDebitedAmountShown(view: SessionView, expected: Money): boolean {
	const { kind, amount } = view.operation ?? {};
	return kind === 'payout' && expected.currency !== 'rub' && amount?.currency === 'rub';
}

/**
 * Another last check before a confirmation: what `confirm_information` shows of a transfer from a settlement or escrow
 * account (bank's page "Objects": TransferDetails, AccountDetails). An amount in another currency and a masked account
 * cannot be compared.
 * @returns how the transfer differs from what is expected; `undefined` if it shows no difference
 */
export function transferMismatch(
	information: JsonObject | undefined,
	{ amount: expected, account }: Partial<Pick<SessionRequest, 'amount' | 'account'>>,
): ResultReason | undefined {
	const transfer = objectAt(information, 'transfer_details');
	const actual = readAmount(objectAt(transfer, 'amount'));
	if (
		expected &&
		actual?.currency === expected.currency &&
		actual.minorUnits !== expected.minorUnits
	) {
		return { code: 'amountMismatch', actual, expected };
	}
	if (!isWholeAccount(account)) return undefined;
	const otherAccount = recipientAccounts(information).find((one) => one !== account);
	return otherAccount === undefined
		? undefined
		: { code: 'accountMismatch', actual: otherAccount, expected: account };
}

/** Whether `confirm_information` shows anything of the transfer. */
export const isTransferShown = (information: JsonObject | undefined): boolean =>
	Object.keys(information ?? {}).length > 0;

/**
 * Whether `confirm_information` should show the transfer of this session: its payout names a settlement or escrow
 * account, or the money for it comes from one of them.
 */
export const isTransferExpected = ({ operation, operations }: SessionView): boolean =>
	operation?.kind === 'payout' &&
	(operation.needsConfirmInformation === true ||
		operations.some(({ method }) => method === 'internal_transfer'));

/** The accounts of the recipient that are shown in full. */
function recipientAccounts(information: JsonObject | undefined): string[] {
	const transfer = objectAt(information, 'transfer_details');
	const { v1, v2 } = FIELD_NAMES_BY_VERSION.payoutDetails;
	const details = objectAt(transfer, v2) ?? objectAt(transfer, v1);
	return [
		accountIn(details),
		textAt(objectAt(transfer, 'recipient'), 'account_number'),
		textAt(objectAt(objectAt(information, 'account_details'), 'recipient'), 'account_number'),
	].filter(isWholeAccount);
}

const isWholeAccount = (account: string | undefined): account is string =>
	account !== undefined && /^\d{20}$/.test(account);
