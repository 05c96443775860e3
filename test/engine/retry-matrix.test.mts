/**
 * Who fails × how n8n handles errors × how often n8n tries again × why it fails: in all of them the money of every payout
 * moves exactly as often as it should, and every item leaves where it should with everything known about it.
 */
import type { INode, IRun } from 'n8n-workflow';

import { errorOf, outputOf } from '../support/engine.mts';
import {
	inParallel,
	jsonOf,
	openBench,
	paidFor,
	payAll,
	rowsOf,
	type Bench,
	type Loose,
	type Row,
} from '../support/bank131.mts';

const ROWS = 3;

const failing = {
	first: [0],
	middle: [1],
	last: [2],
	several: [0, 2],
	all: [0, 1, 2],
};

const onErrors: Array<NonNullable<INode['onError']>> = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
];

const retries: Array<Partial<INode>> = [
	{},
	...[2, 3, 5].map((maxTries) => ({ retryOnFail: true, maxTries })),
];

interface Cause {
	/** What is wrong with the row. */
	row?: Partial<Row>;
	/** What happens to its requests. */
	arm?: (bench: Bench, reference: string) => void;
	options?: { [name: string]: boolean };
	/** The outcome of the row, or undefined when nothing was sent for it. */
	outcome: string;
	/** It leaves as a failure, with these facts. */
	fails?: Loose;
	/** How often its money moves. */
	moves: 0 | 1;
	hasSession: boolean;
	/** Nothing at all is sent when the node stops on errors. */
	stopsAll?: true;
}

const onStart = (kind: 'resetBefore' | 'resetAfter' | 'timeoutAfter') => ({
	arm: ({ sandbox }: Bench, reference: string) =>
		void sandbox.faults.add({ kind, match: { path: 'start/payout', reference } }),
});

const causes: Record<string, Cause> = {
	'not valid': {
		row: { amount: '1,500' },
		outcome: 'rejected',
		fails: { problems: [{ field: 'Amount' }] },
		moves: 0,
		hasSession: false,
		stopsAll: true,
	},
	'refused at start': {
		row: { amount: '100.02' },
		outcome: 'rejected',
		fails: { errorCode: 'routing_internal_error' },
		moves: 0,
		hasSession: true,
	},
	'declined after confirm': {
		row: { amount: '100.04' },
		outcome: 'failed',
		moves: 0,
		hasSession: true,
	},
	'declined, as a failure': {
		row: { amount: '100.04' },
		options: { failOnDeclined: true },
		outcome: 'failed',
		fails: { errorCode: 'declined_by_issuer_bank' },
		moves: 0,
		hasSession: true,
	},
	'answer lost after booking': {
		...onStart('resetAfter'),
		outcome: 'succeeded',
		moves: 1,
		hasSession: true,
	},
	'reset before booking': {
		...onStart('resetBefore'),
		outcome: 'succeeded',
		moves: 1,
		hasSession: true,
	},
	'timeout after booking': {
		...onStart('timeoutAfter'),
		outcome: 'succeeded',
		moves: 1,
		hasSession: true,
	},
	'answer lost and bank unreachable': {
		arm({ sandbox }, reference) {
			sandbox.faults.add({ kind: 'resetAfter', match: { path: 'start/payout', reference } });
			const match = { path: 'session/status', reference };
			sandbox.faults.add({ kind: 'resetBefore', match, times: Infinity });
		},
		outcome: 'unknown',
		fails: {},
		moves: 0,
		hasSession: true,
	},
};

interface Case {
	name: string;
	cause: Cause;
	bad: number[];
	node: Partial<INode>;
	rows: Row[];
	run: IRun;
}

function tableOfCases(): Case[] {
	const cases: Case[] = [];
	for (const [why, cause] of Object.entries(causes)) {
		for (const [who, bad] of Object.entries(failing)) {
			for (const onError of onErrors) {
				for (const retry of retries) {
					const rows = rowsOf(`case${cases.length}`, ROWS).map((row, index) =>
						bad.includes(index) ? { ...row, ...cause.row } : row,
					);
					const name = `${why}: ${who}, ${onError}, ${retry.maxTries ?? 'no'} tries`;
					const node = { onError, ...retry };
					cases.push({ name, cause, bad, node, rows, run: undefined as unknown as IRun });
				}
			}
		}
	}
	return cases;
}

const cases = tableOfCases();
let bench: Bench;

beforeAll(async () => {
	bench = await openBench({ logSize: 100_000 });
	await inParallel(cases, 48, async (one) => {
		for (const index of one.bad) one.cause.arm?.(bench, String(one.rows[index].ref));
		one.run = await payAll(bench, one.rows, {
			node: one.node,
			options: { requestTimeout: 2, timeLimit: 30, ...one.cause.options },
		});
	});
}, 180_000);
afterAll(async () => await bench.sandbox.stop());

const pairs = (run: IRun, output: number) =>
	outputOf(run, output).map(({ pairedItem }) => pairedItem);

function failureOf({ cause, rows }: Case, index: number): Loose {
	return {
		message: expect.any(String),
		reference: rows[index].ref,
		outcome: cause.outcome,
		...(cause.hasSession && { sessionId: expect.stringMatching(/^ps_/) }),
		...(cause.fails?.problems
			? { problems: [expect.objectContaining(cause.fails.problems[0])] }
			: cause.fails),
	};
}

test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
	const { cause, bad, node, rows, run } = one;
	const isBad = (index: number) => bad.includes(index);
	const stops = node.onError === 'stopWorkflow' && cause.fails !== undefined;
	const failed = cause.fails === undefined ? [] : bad;
	const good = rows.map((_, index) => index).filter((index) => !failed.includes(index));

	// Money, the point of it all.
	const expected = rows.map((_, index) => {
		if (stops && cause.stopsAll) return 0;
		return isBad(index) ? cause.moves : 1;
	});
	expect(rows.map(({ ref }) => paidFor(bench.sandbox, ref).length)).toEqual(expected);

	if (stops) {
		const error = errorOf(run);
		expect(error).toBeDefined();
		expect(outputOf(run)).toEqual([]);
		if (cause.stopsAll) {
			const said = `${error?.message}\n${error?.description}`;
			for (const index of bad) expect(said).toContain(`Row ${index + 1}: Amount`);
			return;
		}
		for (const index of rows.keys()) {
			const outcome = isBad(index) ? cause.outcome : 'succeeded';
			expect(error?.description).toContain(
				`Row ${index + 1}: reference ${rows[index].ref}, outcome ${outcome}, sessionId ps_`,
			);
		}
		return;
	}

	expect(errorOf(run)).toBeUndefined();
	const outcomes = (index: number) => (isBad(index) ? cause.outcome : 'succeeded');
	const asResult = (index: number) =>
		expect.objectContaining({
			reference: rows[index].ref,
			outcome: outcomes(index),
			sessionId: expect.stringMatching(/^ps_/),
			amountMinorUnits: Math.round(Number(rows[index].amount) * 100),
		});
	const asFailure = (index: number) => ({ error: expect.objectContaining(failureOf(one, index)) });
	if (node.onError === 'continueErrorOutput') {
		expect(jsonOf(run)).toEqual(good.map(asResult));
		expect(pairs(run, 0)).toEqual(good.map((item) => ({ item })));
		// n8n puts the input's own fields beside the error.
		expect(jsonOf(run, 1)).toEqual(
			failed.map((index) => ({ ...rows[index], ...asFailure(index) })),
		);
		expect(pairs(run, 1)).toEqual(failed.map((item) => ({ item })));
		return;
	}
	const all = [...rows.keys()];
	expect(jsonOf(run)).toEqual(
		all.map((index) => (failed.includes(index) ? asFailure(index) : asResult(index))),
	);
	expect(pairs(run, 0)).toEqual(all.map((item) => ({ item })));
});

test('no key was paid twice, and money moved only for references of the table', () => {
	expect(bench.sandbox.ledger.paidTwice()).toEqual([]);
	const expected = new Set(cases.flatMap(({ rows }) => rows.map(({ ref }) => ref)));
	const strangers = bench.sandbox.ledger.entries.filter(
		({ metadata }) => !expected.has((metadata as Loose).reference),
	);
	expect(strangers).toEqual([]);
});
