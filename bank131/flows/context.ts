import type { BankClient } from '../client/bankClient';
import type { ProgressStore } from './progress';

/** What every flow that moves money works with. */
export interface FlowContext {
	bank: BankClient;
	/** The progress of this operation, which survives a crash of the attempt. */
	progressStore: ProgressStore;
}
