import type { BankClient } from '../client/bankClient';
import type { ProgressStore } from './progress';

/** The client and the stored progress that every flow that moves money needs. */
export interface FlowContext {
	bank: BankClient;
	/** The progress of this operation, which later attempts can load. */
	progressStore: ProgressStore;
}
