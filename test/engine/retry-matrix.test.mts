/**
 * Failing rows × On Error × number of attempts × cause of the failure. In each case the money of every payout moves as
 * often as expected, and each item is on the expected output with its data.
 */
import type { INode, IRun } from 'n8n-workflow';

import { useFixture, type EngineFixture, type Loose } from '../support/engineFixture.mts';
import { jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf, type Row } from '../support/payouts.mts';
import { paidFor } from '../support/ledger.mts';
import { inParallel, timeoutAbove, watchRequests } from '../support/timing.mts';
import { errorOf, outputOf } from '../support/engine.mts';

const fixture = useFixture({ logSize: 100_000, reset: 'never' });

const ROWS = 3;

/** Seconds; so long that no payout of these cases reaches it, however slow the machine is. */
const TIME_LIMIT = 600;

const failingRows = {
	first: [0],
	middle: [1],
	last: [2],
	several: [0, 2],
	all: [0, 1, 2],
};

const onErrorSettings: Array<NonNullable<INode['onError']>> = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
];

const retrySettings: Array<Partial<INode>> = [
	{},
	...[2, 3, 5].map((maxTries) => ({ retryOnFail: true, maxTries })),
];

interface Cause {
	/** Columns that replace those of the valid row. */
	row?: Partial<Row>;
	/** Adds the faults for its requests. */
	addFaults?: (fixture: EngineFixture, reference: string) => void;
	options?: { [name: string]: boolean };
	outcome: string;
	/** Present if the row becomes an error item: facts of that item. */
	failure?: Loose;
	/** How often its money moves. */
	moves: 0 | 1;
	hasSession: boolean;
	/** With Stop Workflow no request is sent for any row. */
	stopsBatch?: true;
}

const onStart = (kind: 'resetBefore' | 'resetAfter' | 'timeoutAfter') => ({
	addFaults: ({ sandbox }: EngineFixture, reference: string) =>
		void sandbox.faults.add({ kind, match: { path: 'start/payout', reference } }),
});

const causes: Record<string, Cause> = {
	'not valid': {
		row: { amount: '1,500' },
		outcome: 'rejected',
		failure: { problems: [{ field: 'Amount' }] },
		moves: 0,
		hasSession: false,
		stopsBatch: true,
	},
	'refused at start': {
		row: { amount: '100.02' },
		outcome: 'rejected',
		failure: { errorCode: 'routing_internal_error' },
		moves: 0,
		hasSession: true,
	},
	'declined after confirm': {
		row: { amount: '100.04' },
		outcome: 'failed',
		moves: 0,
		hasSession: true,
	},
	'declined with Fail on Declined Payout': {
		row: { amount: '100.04' },
		options: { failOnDeclined: true },
		outcome: 'failed',
		failure: { errorCode: 'declined_by_issuer_bank' },
		moves: 0,
		hasSession: true,
	},
	'response lost after booking': {
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
	'response lost and no status response': {
		addFaults({ sandbox }, reference) {
			sandbox.faults.add({ kind: 'resetAfter', match: { path: 'start/payout', reference } });
			const match = { path: 'session/status', reference };
			sandbox.faults.add({ kind: 'resetBefore', match, times: Infinity });
		},
		outcome: 'unknown',
		failure: {},
		moves: 0,
		hasSession: true,
	},
};

interface Case {
	name: string;
	cause: Cause;
	failing: number[];
	node: Partial<INode>;
	rows: Row[];
	run: IRun;
}

/** For the name of the test. */
function expectedResult({ outcome, moves, failure, stopsBatch }: Cause, onError: string): string {
	const paid = moves === 1 ? 'paid once' : 'not paid';
	if (!failure) return `outcome ${outcome}, ${paid}`;
	if (onError !== 'stopWorkflow') return `error item with outcome ${outcome}, ${paid}`;
	return stopsBatch ? 'no request is sent' : `run stops with outcome ${outcome}, ${paid}`;
}

function createCases(): Case[] {
	const cases: Case[] = [];
	for (const [why, cause] of Object.entries(causes)) {
		for (const [position, failing] of Object.entries(failingRows)) {
			for (const onError of onErrorSettings) {
				for (const retry of retrySettings) {
					const rows = rowsOf(`case${cases.length}`, ROWS).map((row, index) =>
						failing.includes(index) ? { ...row, ...cause.row } : row,
					);
					const attempts = retry.maxTries ? `${retry.maxTries} attempts` : 'no retry';
					const name = `${why}, ${position} of 3 rows, ${onError}, ${attempts}: ${expectedResult(cause, onError)}`;
					const node = { onError, ...retry };
					cases.push({ name, cause, failing, node, rows, run: undefined as unknown as IRun });
				}
			}
		}
	}
	return cases;
}

const cases = createCases();

async function runCase(one: Case, limits: Loose): Promise<void> {
	for (const index of one.failing) one.cause.addFaults?.(fixture, String(one.rows[index].ref));
	one.run = await payAll(fixture, one.rows, {
		node: one.node,
		options: { ...limits, ...one.cause.options },
	});
}

beforeAll(async () => {
	const isTimeout = ({ cause }: Case) => cause === causes['timeout after booking'];
	const others = cases.filter((one) => !isTimeout(one));
	const stopWatching = watchRequests();
	await inParallel(others, 48, async (one) => {
		await runCase(one, { requestTimeout: 600, timeLimit: TIME_LIMIT });
	});
	const requestTimeout = timeoutAbove(stopWatching());
	const limits = { requestTimeout, timeLimit: TIME_LIMIT + 2 * requestTimeout };
	await Promise.all(cases.filter(isTimeout).map(async (one) => await runCase(one, limits)));
});

const pairs = (run: IRun, output: number) =>
	outputOf(run, output).map(({ pairedItem }) => pairedItem);

function failureOf({ cause, rows }: Case, index: number): Loose {
	return {
		message: expect.any(String),
		reference: rows[index].ref,
		outcome: cause.outcome,
		...(cause.hasSession && { sessionId: expect.stringMatching(/^ps_/) }),
		...(cause.failure?.problems
			? { problems: [expect.objectContaining(cause.failure.problems[0])] }
			: cause.failure),
	};
}

test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
	const { cause, failing, node, rows, run } = one;
	const isFailing = (index: number) => failing.includes(index);
	const stops = node.onError === 'stopWorkflow' && cause.failure !== undefined;
	const failed = cause.failure === undefined ? [] : failing;
	const successful = rows.map((_, index) => index).filter((index) => !failed.includes(index));

	const expected = rows.map((_, index) => {
		if (stops && cause.stopsBatch) return 0;
		return isFailing(index) ? cause.moves : 1;
	});
	expect(rows.map(({ ref }) => paidFor(fixture.sandbox, ref).length)).toEqual(expected);

	if (stops) {
		const error = errorOf(run);
		expect(error).toBeDefined();
		expect(outputOf(run)).toEqual([]);
		if (cause.stopsBatch) {
			const text = `${error?.message}\n${error?.description}`;
			for (const index of failing) expect(text).toContain(`Row ${index + 1}: Amount`);
			return;
		}
		for (const index of rows.keys()) {
			const outcome = isFailing(index) ? cause.outcome : 'succeeded';
			expect(error?.description).toContain(
				`Row ${index + 1}: reference ${rows[index].ref}, outcome ${outcome}, sessionId ps_`,
			);
		}
		return;
	}

	expect(errorOf(run)).toBeUndefined();
	const outcomes = (index: number) => (isFailing(index) ? cause.outcome : 'succeeded');
	const asResult = (index: number) =>
		expect.objectContaining({
			reference: rows[index].ref,
			outcome: outcomes(index),
			sessionId: expect.stringMatching(/^ps_/),
			amountMinorUnits: Math.round(Number(rows[index].amount) * 100),
		});
	const asFailure = (index: number) => ({ error: expect.objectContaining(failureOf(one, index)) });
	if (node.onError === 'continueErrorOutput') {
		expect(jsonOf(run)).toEqual(successful.map(asResult));
		expect(pairs(run, 0)).toEqual(successful.map((item) => ({ item })));
		// n8n adds the fields of the input beside the error.
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

test('all cases: no idempotency key was paid twice, and only References of the cases were paid', () => {
	expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
	const expected = new Set(cases.flatMap(({ rows }) => rows.map(({ ref }) => ref)));
	const unexpected = fixture.sandbox.ledger.entries.filter(
		({ metadata }) => !expected.has((metadata as Loose).reference),
	);
	expect(unexpected).toEqual([]);
});
