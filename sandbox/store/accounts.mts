import type { AccountKind } from './model.mts';

export interface Account {
	number: string;
	/** Minor units of roubles. */
	balance: number;
	/** Promised to payouts under way. */
	reserved: number;
}

/** Account numbers of the docs' samples (api/06); the starting balances are invented. */
export class Accounts {
	readonly collateral: Account = { number: '131', balance: 0, reserved: 0 };
	readonly settlement: Account = { number: '40702810300200000013', balance: 0, reserved: 0 };
	readonly escrow: Account = { number: '40702810400000000333', balance: 0, reserved: 0 };

	constructor(startBalance: number) {
		for (const kind of ['collateral', 'settlement', 'escrow'] as const) {
			this[kind].balance = startBalance;
		}
	}

	findByNumber(number: string): { kind: AccountKind; account: Account } | undefined {
		for (const kind of ['settlement', 'escrow', 'collateral'] as const) {
			if (this[kind].number === number) return { kind, account: this[kind] };
		}
		return undefined;
	}

	/** False when the free part does not cover the amount. */
	reserve(kind: AccountKind, amount: number): boolean {
		const account = this[kind];
		if (account.balance - account.reserved < amount) return false;
		account.reserved += amount;
		return true;
	}

	release(kind: AccountKind, amount: number): void {
		this[kind].reserved -= amount;
	}

	adjustBalance(kind: AccountKind, amount: number): void {
		this[kind].balance += amount;
	}
}
