import type { BankClient } from '../client/bankClient';
import type { ProgressStore } from './progress';

/**
 * By which of the bank's methods each idempotency key was sent. It is not public whether the bank counts keys per
 * project or per method: a key that is sent by two methods could pay twice.
 */
export interface KeyRoutes {
	/** `new`: the key was not sent before. `same`: only by this method. `other`: by another one. */
	claim(key: string, path: string): 'new' | 'same' | 'other';
	/** Nothing was started under the key, so it may take another way. */
	release(key: string): void;
}

/** The client and the stored progress that every flow that moves money needs. */
export interface FlowContext {
	bank: BankClient;
	/** The progress of this operation, which later attempts can load. */
	progressStore: ProgressStore;
	/** The methods by which keys were sent in this execution. Absent: not watched. */
	keyRoutes?: KeyRoutes;
}
