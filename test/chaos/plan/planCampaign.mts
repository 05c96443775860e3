// The plan of the campaign: batches of payouts with their workflow settings. It depends only on the seed.
import type { INode, INodeParameters } from 'n8n-workflow';

import { SeededRandom } from '../lib/seededRandom.mts';
import { methods, type Method } from './recipients.mts';

/** How many faults are injected into the requests of a payout. */
export type FaultLevel = 'low' | 'medium' | 'high';

/** One payout of the campaign. */
export interface Payout {
	reference: string;
	batch: number;
	/** Zero-based row in the batch. */
	row: number;
	/** Index of the bank. */
	bank: number;
	minorUnits: number;
	/** Name of the payout method in `recipients.mts`. */
	method: string;
	fingerprint: string;
	name: string;
	faultLevel: FaultLevel;
	/** Invalid amount text of the row: nothing may be sent for it. */
	invalidAmount?: string;
	/** Row of the same batch whose session this row uses too, as a user's mistake. */
	sharesSessionOf?: number;
}

/** A batch: one workflow with its list of payouts. */
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
	/** The first execution is stopped after this time, ms. */
	cancelAfterMs?: number;
	/** Two executions run the same list at once. */
	isRunTwice: boolean;
	/** Number of further executions of the same list. */
	reruns: number;
	/** Action on payouts that wait for a confirmation. */
	followUp?: 'confirm' | 'cancel';
}

/** Kopecks that select the sandbox scenario, with weights. Other values succeed. */
const scriptedKopecks: ReadonlyArray<readonly [string, number]> = [
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

const faultLevels: ReadonlyArray<readonly [FaultLevel, number]> = [
	['low', 40],
	['medium', 45],
	['high', 15],
];

/** Typical reference formats of different lengths and alphabets. */
const referenceForms: ReadonlyArray<(batch: string, row: number, random: SeededRandom) => string> =
	[
		(batch, row) => `${batch}-${row}`,
		(batch, row) => `INV 2026/${batch} #${row}`,
		(batch, row) => `Выплата № ${batch}/${row}`,
		(batch, row, random) => `${batch}:${row}:${random.digits(70)}`,
		// Looks like a card number; in one of ten rows the check digit is valid. Zeros in front are part of it.
		(batch, row, random) =>
			`0${random.digits(2)}${batch.replace(/\D/g, '')}${String(row).padStart(6, '0')}`,
		(batch, row) => `Sons & O'Neil <${batch}> "${row}"`,
	];

const batchSizes: ReadonlyArray<readonly [readonly [number, number], number]> = [
	[[1, 1], 10],
	[[2, 12], 30],
	[[13, 80], 45],
	[[81, 250], 15],
];

/**
 * Plans a campaign.
 * @param payouts total number of payouts
 */
export function planCampaign(seed: string, payouts: number, maxBatchSize: number): BatchPlan[] {
	const batches: BatchPlan[] = [];
	for (let left = payouts; left > 0; ) {
		const batch = planBatch(seed, batches.length + 1, Math.min(left, maxBatchSize));
		batches.push(batch);
		left -= batch.payouts.length;
	}
	return batches;
}

function planBatch(seed: string, id: number, maxSize: number): BatchPlan {
	const random = new SeededRandom(seed, 'batch', id);
	const [from, to] = random.weighted(batchSizes);
	const parallel = random.weighted([
		[1, 3],
		[3, 6],
		[5, 15],
		[10, 26],
		[30, 30],
		[60, 14],
		[100, 6],
	]);
	// Smaller batches for low parallelism, so that they do not delay the end of the campaign.
	const size = Math.min(random.int(from, to), maxSize, parallel * 30);
	const operation = random.weighted([
		['send', 64],
		['start', 18],
		['initiate', 18],
	] as const);
	// The second bank confirms automatically, as Payout: Send in One Request expects.
	const bank = random.chance(operation === 'initiate' ? 0.7 : 0.25) ? 1 : 0;
	const drawn = drawMethod(random, operation === 'start');
	const [methodName, method] = drawn;
	const payouts = planPayouts(seed, id, size, bank, drawn, operation === 'start', random);
	const confirmation = random.chance(0.7) ? 'automatic' : 'manual';
	const waitFor =
		confirmation === 'automatic'
			? random.weighted([['final', 75] as const, ['confirmed', 25] as const])
			: random.weighted([['ready', 50] as const, ['started', 30] as const, ['final', 20] as const]);
	return {
		id,
		bank,
		operation,
		apiVersion: random.chance(0.7) ? 'v2' : 'v1',
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
				requestTimeout: random.pick([1, 1.5, 2]),
				timeLimit: random.weighted([
					[0, 3],
					[1, 7],
					[5, 45],
					[10, 45],
				]),
				...(random.chance(0.25) && { failOnDeclined: true }),
				...(random.chance(0.15) && { simplify: false }),
				...(random.chance(0.08) && { requestsPerSecond: random.int(40, 120) }),
			},
		},
		node: {
			onError: random.pick([
				'stopWorkflow',
				'continueRegularOutput',
				'continueErrorOutput',
			] as const),
			...(random.chance(0.6) && { retryOnFail: true, maxTries: random.pick([2, 3, 5]) }),
			waitBetweenTries: random.int(1, 200),
		},
		parallel,
		payouts: payouts.map(({ payout }) => payout),
		rows: payouts.map(({ row }) => row),
		cancelAfterMs: random.chance(0.04) ? random.int(50, 1500) : undefined,
		isRunTwice: random.chance(0.05),
		reruns: random.weighted([
			[0, 75],
			[1, 20],
			[2, 5],
		]),
		followUp:
			confirmation === 'manual' && bank === 0
				? random.weighted([
						['confirm', 60] as const,
						['cancel', 20] as const,
						[undefined, 20] as const,
					])
				: undefined,
	};
}

function drawMethod(random: SeededRandom, inPlainSession: boolean): [string, Method] {
	const table = methods
		.filter(([, method]) => !inPlainSession || method.ownSessions === undefined)
		.map(([name, method, weight]) => [[name, method] as [string, Method], weight] as const);
	return random.weighted(table);
}

function planPayouts(
	seed: string,
	batch: number,
	size: number,
	bank: number,
	[methodName, method]: [string, Method],
	isStart: boolean,
	random: SeededRandom,
): Array<{ payout: Payout; row: Record<string, unknown> }> {
	const formatReference = random.pick(referenceForms);
	const hasInvalidRows = random.chance(0.06);
	const hasSharedSessions = isStart && random.chance(0.3);
	return Array.from({ length: size }, (_, index) => {
		const rowRandom = new SeededRandom(seed, 'payout', batch, index);
		const reference = formatReference(`${seed}b${batch}`, index + 1, rowRandom);
		let kopecks = rowRandom.weighted(scriptedKopecks);
		if (kopecks === '07' && !method.returnable) kopecks = '50';
		if (kopecks === '50') kopecks = String(rowRandom.int(10, 99));
		const rubles = rowRandom.int(1, 4999);
		const { columns, fingerprint } = method.recipient(rowRandom);
		const amount = rowRandom.pick([
			`${rubles}.${kopecks}`,
			`${rubles},${kopecks}`,
			`${rubles}.${kopecks}`,
		]);
		const payout: Payout = {
			reference,
			batch,
			row: index,
			bank,
			minorUnits: rubles * 100 + Number(kopecks),
			method: methodName,
			fingerprint,
			name: String(columns.name),
			faultLevel: rowRandom.weighted(faultLevels),
		};
		const row: Record<string, unknown> = { ref: reference, amount, ...columns };
		if (hasInvalidRows && rowRandom.chance(0.1)) {
			payout.invalidAmount = rowRandom.pick(['1,500', 'zero', '-5', '', '10.001']);
			row.amount = payout.invalidAmount;
		}
		if (hasSharedSessions && index > 0 && rowRandom.chance(0.08))
			payout.sharesSessionOf = index - 1;
		return { payout, row };
	});
}
