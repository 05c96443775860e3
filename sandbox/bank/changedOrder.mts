// A bank that pays something else than was ordered: with a fee deducted, or as `confirm_information` shows it.
import type { Bank } from './bank.mts';
import { textAt } from '../lib/json.mts';
import type { Money, Payment, Payout, Session } from '../store/model.mts';
import { fingerprint } from '../lib/fingerprint.mts';
import { isTransferConfirmed } from './confirmInformation.mts';
import { maskAccount } from '../wire/destination.mts';

/** What the setting `otherAmount` adds, minor units. */
export const ADDED_AMOUNT = 1_00;

/** Subtracts the setting `deductedFee` from the amount of an operation; smaller amounts stay. */
export function deductFee(bank: Bank, operation: Payout | Payment): void {
	const fee = bank.settings.deductedFee;
	const deducted = (money: Money) =>
		money.amount > fee ? { ...money, amount: money.amount - fee } : money;
	if (operation.amount !== undefined) operation.amount = deducted(operation.amount);
	if ('debit' in operation) operation.debit = deducted(operation.debit);
}

/**
 * Changes what a payout from a settlement or escrow account pays, by the setting `confirmedTransfer`. Only
 * `confirm_information` shows it, so nothing changes without a confirmation.
 */
export function changeTransfer(bank: Bank, session: Session, payout: Payout): void {
	const { autoConfirm, confirmedTransfer } = bank.settings;
	if (autoConfirm || payout.amount === undefined) return;
	if (!isTransferConfirmed(bank, session, payout)) return;
	if (confirmedTransfer === 'otherAmount') {
		const amount = { ...payout.amount, amount: payout.amount.amount + ADDED_AMOUNT };
		payout.otherTransfer = { amount };
		payout.debit = { ...payout.debit, amount: payout.debit.amount + ADDED_AMOUNT };
	}
	if (confirmedTransfer === 'otherAccount') changeAccount(payout);
}

/** Replaces an account by another one of the same bank; its last two digits are exchanged for others. */
function changeAccount(payout: Payout): void {
	const { destination } = payout;
	const ordered = textAt(payout.details, 'bank_account.ru.account');
	const bik = textAt(payout.details, 'bank_account.ru.bik');
	if (destination === undefined || ordered === undefined || bik === undefined) return;
	const account = `${ordered.slice(0, -2)}${ordered.endsWith('31') ? '13' : '31'}`;
	payout.otherTransfer = { account };
	const full = fingerprint(`${bik}/${account}`);
	payout.destination = { ...destination, masked: maskAccount(account), fingerprint: full };
}
