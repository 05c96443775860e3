import { BankError } from '../protocol/bankError.mts';

/**
 * Keys of requests that began processing. A repeated one is refused, not replayed (api/01).
 * Assumptions: one namespace per project, no expiry, and a request that was refused as invalid or
 * in the wrong state does not use its key up.
 */
export class IdempotencyKeys {
	private readonly used = new Set<string>();

	assertUnused(key: string | undefined): void {
		if (key === undefined || !this.used.has(key)) return;
		throw new BankError('idempotency_key_already_exists', 'already in progress or processed');
	}

	markUsed(key: string | undefined): void {
		if (key !== undefined) this.used.add(key);
	}

	has(key: string): boolean {
		return this.used.has(key);
	}
}
