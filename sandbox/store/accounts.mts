import type { AccountKind } from './model.mts';

/** A bank account of the partner. */
export interface Account {
	number: string;
	/** Minor units of roubles. */
	balance: number;
	/** Minor units reserved for payouts in progress; part of `balance`. */
	reserved: number;
}

/**
 * The three accounts of the partner. Numbers are from the samples of the docs (api/06); the start
 * balances are invented.
 */
export class Accounts {
	readonly collateral: Account = { number: '131', balance: 0, reserved: 0 };
	readonly settlement: Account = { number: '40702810300200000013', balance: 0, reserved: 0 };
	readonly escrow: Account = { number: '40702810400000000333', balance: 0, reserved: 0 };

	constructor(startBalance: number) {
		for (const kind of ['collateral', 'settlement', 'escrow'] as const) {
			this[kind].balance = startBalance;
		}
	}

	/** The account with this number; `undefined` if there is none. */
	findByNumber(number: string): { kind: AccountKind; account: Account } | undefined {
		for (const kind of ['settlement', 'escrow', 'collateral'] as const) {
			if (this[kind].number === number) return { kind, account: this[kind] };
		}
		return undefined;
	}

	/** Reserves an amount (minor units). `false` if the available balance is too low. */
	reserve(kind: AccountKind, amount: number): boolean {
		const account = this[kind];
		if (account.balance - account.reserved < amount) return false;
		account.reserved += amount;
		return true;
	}

	/** Releases a reserved amount (minor units). */
	release(kind: AccountKind, amount: number): void {
		this[kind].reserved -= amount;
	}

	/** Adds an amount to the balance, minor units; negative to debit. */
	adjustBalance(kind: AccountKind, amount: number): void {
		this[kind].balance += amount;
	}
}
