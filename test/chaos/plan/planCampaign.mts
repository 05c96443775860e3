// What is paid in the campaign, drawn from the seed alone: batches (workflows with their settings) of payouts.
import type { INode, INodeParameters } from 'n8n-workflow';

import { Dice } from '../lib/seededRandom.mts';
import { methods, type Method } from './recipients.mts';

/** How much goes wrong on the way to the bank. */
export type Weather = 'calm' | 'rough' | 'storm';

export interface Payout {
	reference: string;
	batch: number;
	row: number;
	/** Which of the banks. */
	bank: number;
	minorUnits: number;
	fingerprint: string;
	name: string;
	weather: Weather;
	/** The row is not valid, so nothing may be sent for it. */
	spoilt?: string;
	/** Row of the same batch in whose session this one is started, by mistake. */
	sharesSessionOf?: number;
}

export interface BatchPlan {
	id: number;
	bank: number;
	apiVersion: 'v1' | 'v2';
	operation: 'send' | 'start' | 'initiate';
	method: string;
	parameters: INodeParameters;
	node: Partial<INode>;
	parallel: number;
	payouts: Payout[];
	/** One item per payout. */
	rows: Array<Record<string, unknown>>;
	/** Stop Workflow after so many ms of the first execution. */
	cancelAfterMs?: number;
	/** Two executions with the same list at once. */
	twin: boolean;
	/** Further executions with the same list, later. */
	reruns: number;
	/** What is done with payouts that wait for a confirmation. */
	followUp?: 'confirm' | 'cancel';
}

/** The kopecks tell the sandbox how the payout ends; what is not here succeeds. */
const scripted: ReadonlyArray<readonly [string, number]> = [
	['00', 20],
	['50', 57],
	['02', 4],
	['03', 4],
	['04', 6],
	['05', 1.5],
	['06', 1.5],
	['07', 2],
	['08', 3],
	['09', 1],
];

const weathers: ReadonlyArray<readonly [Weather, number]> = [
	['calm', 40],
	['rough', 45],
	['storm', 15],
];

/** References as people have them, of every length and alphabet. */
const referenceForms: ReadonlyArray<(batch: string, row: number, dice: Dice) => string> = [
	(batch, row) => `${batch}-${row}`,
	(batch, row) => `INV 2026/${batch} #${row}`,
	(batch, row) => `Выплата № ${batch}/${row}`,
	(batch, row, dice) => `${batch}:${row}:${dice.digits(70)}`,
	// Looks like a card number, check digit and all, in one of ten rows.
	(batch, row, dice) =>
		`${dice.digits(3)}${batch.replace(/\D/g, '')}${String(row).padStart(6, '0')}`,
];

const sizes: ReadonlyArray<readonly [readonly [number, number], number]> = [
	[[1, 1], 10],
	[[2, 12], 30],
	[[13, 80], 45],
	[[81, 250], 15],
];

export function planCampaign(seed: string, payouts: number, largest: number): BatchPlan[] {
	const batches: BatchPlan[] = [];
	for (let left = payouts; left > 0; ) {
		const batch = planBatch(seed, batches.length + 1, Math.min(left, largest));
		batches.push(batch);
		left -= batch.payouts.length;
	}
	return batches;
}

function planBatch(seed: string, id: number, most: number): BatchPlan {
	const dice = new Dice(seed, 'batch', id);
	const [from, to] = dice.weighted(sizes);
	const parallel = dice.weighted([
		[1, 3],
		[3, 6],
		[5, 15],
		[10, 26],
		[30, 30],
		[60, 14],
		[100, 6],
	]);
	// Few at a time: not so many of them, or everybody waits for this one at the end.
	const size = Math.min(dice.int(from, to), most, parallel * 30);
	const operation = dice.weighted([
		['send', 64],
		['start', 18],
		['initiate', 18],
	] as const);
	// The second bank confirms by itself, which is what Initiate is for.
	const bank = dice.chance(operation === 'initiate' ? 0.7 : 0.25) ? 1 : 0;
	const [methodName, method] = drawMethod(dice, operation === 'start');
	const payouts = planPayouts(seed, id, size, bank, method, operation === 'start', dice);
	const confirmation = dice.chance(0.7) ? 'automatic' : 'manual';
	const waitFor =
		confirmation === 'automatic'
			? dice.weighted([['final', 75] as const, ['confirmed', 25] as const])
			: dice.weighted([['ready', 50] as const, ['started', 30] as const, ['final', 20] as const]);
	return {
		id,
		bank,
		operation,
		apiVersion: dice.chance(0.7) ? 'v2' : 'v1',
		method: methodName,
		parameters: {
			resource: 'payout',
			operation,
			reference: '={{ $json.ref }}',
			amount: '={{ $json.amount }}',
			...method.parameters,
			...(operation === 'start' && { sessionId: '={{ $json.session }}' }),
			confirmation,
			waitFor,
			options: {
				parallelRequests: parallel,
				requestTimeout: dice.pick([1, 1.5, 2]),
				timeLimit: dice.weighted([
					[0, 3],
					[1, 7],
					[5, 45],
					[10, 45],
				]),
				...(dice.chance(0.25) && { failOnDeclined: true }),
				...(dice.chance(0.15) && { simplify: false }),
				...(dice.chance(0.08) && { requestsPerSecond: dice.int(40, 120) }),
			},
		},
		node: {
			onError: dice.pick(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const),
			...(dice.chance(0.6) && { retryOnFail: true, maxTries: dice.pick([2, 3, 5]) }),
			waitBetweenTries: dice.int(1, 200),
		},
		parallel,
		payouts: payouts.map(({ payout }) => payout),
		rows: payouts.map(({ row }) => row),
		cancelAfterMs: dice.chance(0.04) ? dice.int(50, 1500) : undefined,
		twin: dice.chance(0.05),
		reruns: dice.weighted([
			[0, 75],
			[1, 20],
			[2, 5],
		]),
		followUp:
			confirmation === 'manual' && bank === 0
				? dice.weighted([
						['confirm', 60] as const,
						['cancel', 20] as const,
						[undefined, 20] as const,
					])
				: undefined,
	};
}

function drawMethod(dice: Dice, inPlainSession: boolean): [string, Method] {
	const table = methods
		.filter(([, method]) => !inPlainSession || method.ownSessions === undefined)
		.map(([name, method, weight]) => [[name, method] as [string, Method], weight] as const);
	return dice.weighted(table);
}

function planPayouts(
	seed: string,
	batch: number,
	size: number,
	bank: number,
	method: Method,
	isStart: boolean,
	dice: Dice,
): Array<{ payout: Payout; row: Record<string, unknown> }> {
	const form = dice.pick(referenceForms);
	const spoils = dice.chance(0.06);
	const shares = isStart && dice.chance(0.3);
	return Array.from({ length: size }, (_, index) => {
		const own = new Dice(seed, 'payout', batch, index);
		const reference = form(`${seed}b${batch}`, index + 1, own);
		let kopecks = own.weighted(scripted);
		if (kopecks === '07' && !method.returnable) kopecks = '50';
		if (kopecks === '50') kopecks = String(own.int(10, 99));
		const roubles = own.int(1, 4999);
		const { columns, fingerprint } = method.recipient(own);
		const amount = own.pick([
			`${roubles}.${kopecks}`,
			`${roubles},${kopecks}`,
			`${roubles}.${kopecks}`,
		]);
		const payout: Payout = {
			reference,
			batch,
			row: index,
			bank,
			minorUnits: roubles * 100 + Number(kopecks),
			fingerprint,
			name: String(columns.name),
			weather: own.weighted(weathers),
		};
		const row: Record<string, unknown> = { ref: reference, amount, ...columns };
		if (spoils && own.chance(0.1)) {
			payout.spoilt = own.pick(['1,500', 'zero', '-5', '', '10.001']);
			row.amount = payout.spoilt;
		}
		if (shares && index > 0 && own.chance(0.08)) payout.sharesSessionOf = index - 1;
		return { payout, row };
	});
}
