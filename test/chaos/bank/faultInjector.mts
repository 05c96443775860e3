// Faults between the node and the bank. Each fault is a function of the seed, the payout's reference, the method and
// the call count of this payout. Concurrency is not reproducible, but the faults are.
import type { ApiFaultKind, ArmedFault, FaultTarget } from '../../../sandbox/config/faults.mts';
import { SeededRandom } from '../lib/seededRandom.mts';
import type { Payout, FaultLevel } from '../plan/planCampaign.mts';

type InjectedFault = Omit<ArmedFault, 'id' | 'seen' | 'hits' | 'left'>;

/** Probabilities of a fault per request, of an outage of a method for a payout in one execution, and per webhook. */
const probabilities: Record<FaultLevel, { request: number; outage: number; webhook: number }> = {
	low: { request: 0.01, outage: 0, webhook: 0.02 },
	medium: { request: 0.12, outage: 0.008, webhook: 0.25 },
	high: { request: 0.4, outage: 0.05, webhook: 0.5 },
};

const errorJson = (code: string) => JSON.stringify({ status: 'error', error: { code } });

type FaultFactory = (random: SeededRandom) => InjectedFault;

const simpleFault =
	(kind: ApiFaultKind): FaultFactory =>
	() => ({ kind });

const errors: ReadonlyArray<readonly [string, Partial<InjectedFault>, number]> = [
	['502 page', {}, 4],
	['503 JSON', { status: 503, body: errorJson('internal_error') }, 2],
	['500 JSON', { status: 500, body: errorJson('wallet_internal_error') }, 2],
	['internal_error 400', { status: 400, body: errorJson('internal_error') }, 2],
	['internal_error 200', { status: 200, body: errorJson('internal_error') }, 1],
	['firewall 403', { status: 403 }, 1],
	['proxy page 200', { status: 200 }, 3],
	['foreign JSON 200', { status: 200, body: '{"message":"hello"}' }, 1],
	['ok without session', { status: 200, body: '{"status":"ok"}' }, 1],
	['redirect', { status: 302, headers: { location: '/login' } }, 1],
];

const errorResponse =
	(kind: 'errorBefore' | 'errorAfter'): FaultFactory =>
	(random) => ({
		kind,
		...random.weighted(errors.map(([, fault, weight]) => [fault, weight] as const)),
	});

const requestFaults: ReadonlyArray<readonly [string, FaultFactory, number]> = [
	['delay', (random) => ({ kind: 'delay', ms: random.int(5, 250) }), 14],
	['reset before', simpleFault('resetBefore'), 11],
	['reset after', simpleFault('resetAfter'), 14],
	['error before', errorResponse('errorBefore'), 12],
	['error after', errorResponse('errorAfter'), 16],
	['garbage', simpleFault('garbage'), 6],
	['half a body', simpleFault('halfBody'), 6],
	['one byte a second', simpleFault('slowBody'), 2],
	['429', (random) => tooManyRequests(random), 7],
	['timeout before', simpleFault('timeoutBefore'), 2],
	['timeout after', simpleFault('timeoutAfter'), 4],
	['late response', (random) => ({ kind: 'timeoutAfter', ms: random.int(600, 3000) }), 3],
	['late error', (random) => ({ kind: 'timeoutBefore', ms: random.int(100, 1500) }), 3],
];

function tooManyRequests(random: SeededRandom): InjectedFault {
	const after = random.pick(['0', '1', undefined]);
	const tooManyRequests: InjectedFault = { kind: 'errorBefore', status: 429 };
	return after === undefined
		? tooManyRequests
		: { ...tooManyRequests, headers: { 'retry-after': after } };
}

const webhookFaults: ReadonlyArray<
	readonly [string, (random: SeededRandom) => InjectedFault, number]
> = [
	['webhook dropped', () => ({ kind: 'webhookDrop' }), 3],
	['webhook twice', () => ({ kind: 'webhookDuplicate' }), 3],
	['webhook late', (random) => ({ kind: 'webhookDelay', ms: random.int(20, 800) }), 2],
	['webhook reordered', (random) => ({ kind: 'webhookReorder', ms: random.int(50, 300) }), 2],
];

/** Selects the faults of requests and webhooks. */
export class FaultInjector {
	/** False during the final checks. */
	enabled = true;
	/** Number of injected faults by name. */
	readonly injectedCounts = new Map<string, number>();
	private readonly calls = new Map<string, number>();
	private readonly executions = new Map<string, number>();

	constructor(private readonly seed: string) {}

	/** Counts executions per payout: an outage lasts for one execution. */
	beginExecution(payouts: readonly Payout[]): void {
		for (const { reference } of payouts) {
			this.executions.set(reference, (this.executions.get(reference) ?? 0) + 1);
		}
	}

	/** The fault for this request or webhook of a payout; undefined for none. */
	selectFault(payout: Payout, target: FaultTarget, isWebhook: boolean): ArmedFault | undefined {
		if (!this.enabled) return undefined;
		const operation = isWebhook
			? `webhook ${target.type}`
			: (target.path ?? '').replace(/^v\d\//, '');
		const counter = `${payout.reference}|${operation}`;
		const call = (this.calls.get(counter) ?? 0) + 1;
		this.calls.set(counter, call);
		const matched = isWebhook
			? this.webhook(payout, operation, call)
			: this.request(payout, operation, call);
		if (!matched) return undefined;
		const [name, fault] = matched;
		this.injectedCounts.set(name, (this.injectedCounts.get(name) ?? 0) + 1);
		return { ...fault, id: name, seen: 1, hits: 1, left: 1 };
	}

	private request(
		payout: Payout,
		operation: string,
		call: number,
	): [string, InjectedFault] | undefined {
		const { request, outage } = probabilities[payout.faultLevel];
		const execution = this.executions.get(payout.reference) ?? 0;
		const outageRandom = new SeededRandom(
			this.seed,
			payout.reference,
			operation,
			'execution',
			execution,
		);
		if (outageRandom.chance(outage)) return drawFault(requestFaults, outageRandom);
		const random = new SeededRandom(this.seed, payout.reference, operation, call);
		return random.chance(request) ? drawFault(requestFaults, random) : undefined;
	}

	private webhook(
		payout: Payout,
		operation: string,
		call: number,
	): [string, InjectedFault] | undefined {
		const random = new SeededRandom(this.seed, payout.reference, operation, call);
		return random.chance(probabilities[payout.faultLevel].webhook)
			? drawFault(webhookFaults, random)
			: undefined;
	}
}

function drawFault(
	table: ReadonlyArray<readonly [string, (random: SeededRandom) => InjectedFault, number]>,
	random: SeededRandom,
): [string, InjectedFault] {
	const [name, make] = random.weighted(
		table.map(([operation, factory, weight]) => [[operation, factory] as const, weight] as const),
	);
	return [name, make(random)];
}
