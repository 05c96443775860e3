import type { BankClient } from '../client/bankClient';
import type { KeyRoutes } from './keyRoutes';
import type { ProgressStore } from './progress';

/** The client and the stored progress that every flow that moves money needs. */
export interface FlowContext {
	bank: BankClient;
	/** The progress of this operation, which later attempts can load. */
	progressStore: ProgressStore;
	/** The methods by which keys were sent in this execution. Absent: not watched. */
	keyRoutes?: KeyRoutes;
}
