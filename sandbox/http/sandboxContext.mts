import type { Bank } from '../bank/bank.mts';
import type { BoundedLog } from '../lib/boundedLog.mts';
import type { FaultRegistry } from '../config/faults.mts';
import type { Settings } from '../config/settings.mts';
import type { Timers } from '../lib/timers.mts';
import type { EventFeed } from '../lib/eventFeed.mts';
import type { RequestRecord } from './requestRecord.mts';

export interface Partner {
	project: string;
	publicKey: string;
}

/** What the HTTP side works with. `bank` is another one after a reset. */
export interface SandboxContext {
	bank: Bank;
	partner: Partner;
	settings: Settings;
	faults: FaultRegistry;
	feed: EventFeed;
	requests: BoundedLog<RequestRecord>;
	/** API requests that came and are not answered yet. */
	inFlight: number;
	/** Latency and slow faults; apart from the bank's own timers. */
	timers: Timers;
	url: string;
	keys: { bank: string; bankNext: string; partner: string };
	reset: () => void;
}
