import type { Bank } from '../bank/bank.mts';
import type { BoundedLog } from '../lib/boundedLog.mts';
import type { FaultRegistry } from '../config/faults.mts';
import { settingsOfProfile } from '../config/profiles.mts';
import { changeSettings, type Settings } from '../config/settings.mts';
import type { Timers } from '../lib/timers.mts';
import type { EventFeed } from '../lib/eventFeed.mts';
import type { RequestRecord } from './requestRecord.mts';

/** The partner that may call the API; its public key is PEM. */
export interface Partner {
	project: string;
	publicKey: string;
}

/** Shared state of the HTTP routes. A reset replaces `bank` and `requests`. */
export interface SandboxContext {
	bank: Bank;
	partner: Partner;
	settings: Settings;
	/** Name of the profile that was set last; single settings may have changed since. */
	profile: string;
	faults: FaultRegistry;
	feed: EventFeed;
	requests: BoundedLog<RequestRecord>;
	/** Number of API requests in progress. */
	inFlight: number;
	/** Timers of latency and of slow faults; separate from those of the bank. */
	timers: Timers;
	url: string;
	/** Public keys, PEM. */
	keys: { bank: string; bankNext: string; partner: string };
	reset: () => void;
}

/** Sets a profile or a combination; settings that no profile has stay. Throws if it does not exist. */
export function setProfile(context: SandboxContext, names: string): void {
	changeSettings(context.settings, settingsOfProfile(names));
	context.profile = names;
}
