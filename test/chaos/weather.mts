// What goes wrong between the node and the bank. Each fault is a function of the seed, the payout's reference, the method
// and how often it was called for this payout: real concurrency cannot be repeated, but this part of it can.
import type {
	ApiFaultKind,
	ArmedFault,
	FaultTarget,
	WebhookFaultKind,
} from '../../sandbox/config/faults.mts';
import { Dice } from './dice.mts';
import type { Payout, Weather } from './plan.mts';

type Struck = Omit<ArmedFault, 'id' | 'seen' | 'hits' | 'left'>;

/** Chance of a fault per request, and of a method that does not work at all for a payout in one execution. */
const strength: Record<Weather, { request: number; outage: number; webhook: number }> = {
	calm: { request: 0.01, outage: 0, webhook: 0.02 },
	rough: { request: 0.12, outage: 0.008, webhook: 0.25 },
	storm: { request: 0.4, outage: 0.05, webhook: 0.5 },
};

const refusedJson = (code: string) => JSON.stringify({ status: 'error', error: { code } });

type Draw = (dice: Dice) => Struck;

const plain =
	(kind: ApiFaultKind): Draw =>
	() => ({ kind });

const errors: ReadonlyArray<readonly [string, Partial<Struck>, number]> = [
	['502 page', {}, 4],
	['503 JSON', { status: 503, body: refusedJson('internal_error') }, 2],
	['500 JSON', { status: 500, body: refusedJson('wallet_internal_error') }, 2],
	['internal_error 400', { status: 400, body: refusedJson('internal_error') }, 2],
	['internal_error 200', { status: 200, body: refusedJson('internal_error') }, 1],
	['firewall 403', { status: 403 }, 1],
	['proxy page 200', { status: 200 }, 3],
	['foreign JSON 200', { status: 200, body: '{"message":"hello"}' }, 1],
	['ok without session', { status: 200, body: '{"status":"ok"}' }, 1],
	['redirect', { status: 302, headers: { location: '/login' } }, 1],
];

const brokenAnswer =
	(kind: 'errorBefore' | 'errorAfter'): Draw =>
	(dice) => ({
		kind,
		...dice.weighted(errors.map(([, fault, weight]) => [fault, weight] as const)),
	});

const draws: ReadonlyArray<readonly [string, Draw, number]> = [
	['delay', (dice) => ({ kind: 'delay', ms: dice.int(5, 250) }), 14],
	['reset before', plain('resetBefore'), 11],
	['reset after', plain('resetAfter'), 14],
	['error before', brokenAnswer('errorBefore'), 12],
	['error after', brokenAnswer('errorAfter'), 16],
	['garbage', plain('garbage'), 6],
	['half a body', plain('halfBody'), 6],
	['429', (dice) => busy(dice), 7],
	['timeout before', plain('timeoutBefore'), 2],
	['timeout after', plain('timeoutAfter'), 4],
	['late answer', (dice) => ({ kind: 'timeoutAfter', ms: dice.int(600, 3000) }), 3],
	['late error', (dice) => ({ kind: 'timeoutBefore', ms: dice.int(100, 1500) }), 3],
];

function busy(dice: Dice): Struck {
	const after = dice.pick(['0', '1', undefined]);
	const busy: Struck = { kind: 'errorBefore', status: 429 };
	return after === undefined ? busy : { ...busy, headers: { 'retry-after': after } };
}

const webhookDraws: ReadonlyArray<readonly [string, (dice: Dice) => Struck, number]> = [
	['webhook dropped', () => ({ kind: 'webhookDrop' }), 3],
	['webhook twice', () => ({ kind: 'webhookDuplicate' }), 3],
	['webhook late', (dice) => ({ kind: 'webhookDelay', ms: dice.int(20, 800) }), 2],
	['webhook reordered', (dice) => ({ kind: 'webhookReorder', ms: dice.int(50, 300) }), 2],
];

export const webhookKinds: ReadonlySet<string> = new Set<WebhookFaultKind>([
	'webhookDrop',
	'webhookDuplicate',
	'webhookDelay',
	'webhookReorder',
]);

export class Sky {
	/** Off for the questions at the end. */
	raining = true;
	/** How often each kind struck. */
	readonly struck = new Map<string, number>();
	private readonly calls = new Map<string, number>();
	private readonly executions = new Map<string, number>();

	constructor(private readonly seed: string) {}

	/** An outage lasts one execution: the next one may have better luck. */
	beginExecution(payouts: readonly Payout[]): void {
		for (const { reference } of payouts) {
			this.executions.set(reference, (this.executions.get(reference) ?? 0) + 1);
		}
	}

	/** The fault that strikes this request or webhook of a payout. */
	strike(payout: Payout, target: FaultTarget, isWebhook: boolean): ArmedFault | undefined {
		if (!this.raining) return undefined;
		const what = isWebhook ? `webhook ${target.type}` : (target.path ?? '').replace(/^v\d\//, '');
		const counter = `${payout.reference}|${what}`;
		const call = (this.calls.get(counter) ?? 0) + 1;
		this.calls.set(counter, call);
		const found = isWebhook ? this.webhook(payout, what, call) : this.request(payout, what, call);
		if (!found) return undefined;
		const [name, fault] = found;
		this.struck.set(name, (this.struck.get(name) ?? 0) + 1);
		return { ...fault, id: name, seen: 1, hits: 1, left: 1 };
	}

	private request(payout: Payout, what: string, call: number): [string, Struck] | undefined {
		const { request, outage } = strength[payout.weather];
		const execution = this.executions.get(payout.reference) ?? 0;
		const lasting = new Dice(this.seed, payout.reference, what, 'execution', execution);
		if (lasting.chance(outage)) return draw(draws, lasting);
		const dice = new Dice(this.seed, payout.reference, what, call);
		return dice.chance(request) ? draw(draws, dice) : undefined;
	}

	private webhook(payout: Payout, what: string, call: number): [string, Struck] | undefined {
		const dice = new Dice(this.seed, payout.reference, what, call);
		return dice.chance(strength[payout.weather].webhook) ? draw(webhookDraws, dice) : undefined;
	}
}

function draw(
	table: ReadonlyArray<readonly [string, (dice: Dice) => Struck, number]>,
	dice: Dice,
): [string, Struck] {
	const [name, make] = dice.weighted(
		table.map(([what, one, weight]) => [[what, one] as const, weight] as const),
	);
	return [name, make(dice)];
}
