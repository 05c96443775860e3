import { BankError } from '../protocol/bankError.mts';

/**
 * Idempotency keys of processed requests. A repeated key is rejected, not replayed (api/01).
 * Assumptions: one namespace per project, no expiry. A request rejected as invalid or in the wrong
 * state does not consume its key.
 */
export class IdempotencyKeys {
	private readonly used = new Set<string>();

	/** Throws `idempotency_key_already_exists` if the key is used. `undefined` is always accepted. */
	assertUnused(key: string | undefined): void {
		if (key === undefined || !this.used.has(key)) return;
		throw new BankError('idempotency_key_already_exists', 'already in progress or processed');
	}

	/** Marks a key as used; `undefined` is ignored. */
	markUsed(key: string | undefined): void {
		if (key !== undefined) this.used.add(key);
	}

	/** True if the key is used. */
	has(key: string): boolean {
		return this.used.has(key);
	}
}
