import type { Bank } from '../bank.mts';
import type { BoundedLog } from '../bounded-log.mts';
import type { Faults } from '../faults.mts';
import type { Settings } from '../settings.mts';
import type { Timers } from '../time.mts';
import type { Feed } from './feed.mts';
import type { RequestRecord } from './request-log.mts';

export interface Partner {
	project: string;
	publicKey: string;
}

/** What the HTTP side works with. `bank` is another one after a reset. */
export interface House {
	bank: Bank;
	partner: Partner;
	settings: Settings;
	faults: Faults;
	feed: Feed;
	requests: BoundedLog<RequestRecord>;
	/** API requests that came and are not answered yet. */
	inFlight: number;
	/** Latency and slow faults; apart from the bank's own timers. */
	timers: Timers;
	url: string;
	keys: { bank: string; bankNext: string; partner: string };
	reset: () => void;
}
