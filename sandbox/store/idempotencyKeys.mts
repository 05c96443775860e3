import { BankError } from '../protocol/bankError.mts';
import type { Settings } from '../config/settings.mts';

/** The key of one request. A request without a key is always accepted. */
export interface IdempotencyKey {
	value: string | undefined;
	/** Throws `idempotency_key_already_exists` if the key is used. */
	assertUnused(): void;
	markUsed(): void;
}

/**
 * Idempotency keys of processed requests. A repeated key is rejected, not replayed (api/01).
 * Assumptions: no expiry; one namespace per project, or per method (setting `idempotencyNamespace`). A request rejected
 * as invalid or in the wrong state does not consume its key; one refused for a business reason does with the setting
 * `refusedStartUsesKey`.
 */
export class IdempotencyKeys {
	private readonly used = new Set<string>();

	constructor(private readonly settings: Pick<Settings, 'idempotencyNamespace'>) {}

	/** The key of a request; `method` is its path without version. */
	keyOf(value: string | undefined, method: string): IdempotencyKey {
		const namespace = this.settings.idempotencyNamespace === 'method' ? method : '';
		const entry = `${namespace} ${value}`;
		return {
			value,
			assertUnused: () => {
				if (value === undefined || !this.used.has(entry)) return;
				throw new BankError('idempotency_key_already_exists', 'already in progress or processed');
			},
			markUsed: () => {
				if (value !== undefined) this.used.add(entry);
			},
		};
	}
}
