/**
 * Every fault at every request of Payout: Send, once and permanently, followed by a second execution with the same
 * Reference. The outcome is true, and the money moves once or not at all.
 */
import type { INodeParameters, IRun } from 'n8n-workflow';

import type { Fault } from '../../sandbox/sandbox.mts';
import { useFixture, type Loose } from '../support/engineFixture.mts';
import { continueError, jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf, type Row } from '../support/payouts.mts';
import { paidFor } from '../support/ledger.mts';
import { inParallel, timeoutAbove, watchRequests } from '../support/timing.mts';

const fixture = useFixture({ logSize: 100_000, reset: 'never' });

/** Whether the response was lost before or after the bank processed the request. */
type LossTime = 'before' | 'after';

const faults: Record<string, [Omit<Fault, 'match'>, LossTime]> = {
	'reset before processing': [{ kind: 'resetBefore' }, 'before'],
	'reset after processing': [{ kind: 'resetAfter' }, 'after'],
	'502 page before processing': [{ kind: 'errorBefore' }, 'before'],
	'502 page after processing': [{ kind: 'errorAfter' }, 'after'],
	'503 with JSON before processing': [
		{
			kind: 'errorBefore',
			status: 503,
			body: '{"status":"error","error":{"code":"internal_error"}}',
		},
		'before',
	],
	'500 with JSON after processing': [
		{
			kind: 'errorAfter',
			status: 500,
			body: '{"status":"error","error":{"code":"internal_error"}}',
		},
		'after',
	],
	'403 page of a firewall before processing': [{ kind: 'errorBefore', status: 403 }, 'before'],
	'200 with a login page before processing': [{ kind: 'errorBefore', status: 200 }, 'before'],
	'200 with a login page after processing': [{ kind: 'errorAfter', status: 200 }, 'after'],
	'200 with foreign JSON after processing': [
		{ kind: 'errorAfter', status: 200, body: '{"message":"hello"}' },
		'after',
	],
	'ok without a session after processing': [
		{ kind: 'errorAfter', status: 200, body: '{"status":"ok"}' },
		'after',
	],
	'redirect before processing': [
		{ kind: 'errorBefore', status: 302, headers: { location: '/login' } },
		'before',
	],
	'garbage after processing': [{ kind: 'garbage' }, 'after'],
	'half a body after processing': [{ kind: 'halfBody' }, 'after'],
	'one byte a second after processing': [{ kind: 'slowBody' }, 'after'],
	'timeout before processing': [{ kind: 'timeoutBefore' }, 'before'],
	'timeout after processing': [{ kind: 'timeoutAfter' }, 'after'],
};

const steps = {
	create: 'session/create',
	start: 'start/payout',
	status: 'session/status',
	confirm: 'session/confirm',
};

type Step = keyof typeof steps;

interface Expected {
	outcome: string;
	moves: 0 | 1;
	/** Outcome of the second execution, and how often the money has moved after it. */
	secondOutcome: string;
	movesAfterSecond: 0 | 1;
}

/** One lost response never changes the result. Only a permanent fault does. */
function expectedOutcome(step: Step, lossTime: LossTime, isPermanent: boolean): Expected {
	const paid = {
		outcome: 'succeeded',
		moves: 1,
		secondOutcome: 'duplicate',
		movesAfterSecond: 1,
	} as const;
	if (!isPermanent) return paid;
	switch (step) {
		case 'create':
			return { outcome: 'rejected', moves: 0, secondOutcome: 'succeeded', movesAfterSecond: 1 };
		case 'start':
			return lossTime === 'after'
				? paid
				: { outcome: 'unknown', moves: 0, secondOutcome: 'succeeded', movesAfterSecond: 1 };
		case 'status':
			return { outcome: 'unknown', moves: 0, secondOutcome: 'duplicate', movesAfterSecond: 0 };
		case 'confirm':
			return lossTime === 'after'
				? paid
				: { outcome: 'unknown', moves: 0, secondOutcome: 'duplicate', movesAfterSecond: 0 };
	}
}

/** For the name of the test. */
const describeExpected = ({ outcome, secondOutcome, movesAfterSecond }: Expected) =>
	`outcome ${outcome}, second run ${secondOutcome}, paid ${movesAfterSecond === 1 ? 'once' : 'never'}`;

describe('Payout: Send', () => {
	interface Case {
		name: string;
		row: Row;
		fault: Fault;
		expected: Expected;
		first: IRun;
		moved: number;
		second: IRun;
	}

	const cases: Case[] = [];
	for (const [faultName, [fault, lossTime]] of Object.entries(faults)) {
		for (const step of Object.keys(steps) as Step[]) {
			for (const isPermanent of [false, true]) {
				const [row] = rowsOf(`lost${cases.length}`, 1);
				const expected = expectedOutcome(step, lossTime, isPermanent);
				cases.push({
					name: `${faultName}, ${isPermanent ? 'permanent' : 'once'}, at ${step}: ${describeExpected(expected)}`,
					row,
					fault: {
						...fault,
						match: { path: steps[step], reference: String(row.ref) },
						times: isPermanent ? Infinity : 1,
					},
					expected,
				} as Case);
			}
		}
	}

	async function runCase(one: Case, requestTimeout: number): Promise<void> {
		const { id } = fixture.sandbox.faults.add(one.fault);
		const timeLimit = one.expected.outcome === 'unknown' ? 4 : 600;
		const pay = (execution: string, options: INodeParameters) =>
			payAll(fixture, [one.row], { node: continueError, options, executionId: execution });
		one.first = await pay(`1-${one.row.ref}`, { requestTimeout, timeLimit });
		one.moved = paidFor(fixture.sandbox, one.row.ref).length;
		fixture.sandbox.faults.remove(id);
		one.second = await pay(`2-${one.row.ref}`, { requestTimeout: 600, timeLimit: 600 });
	}

	beforeAll(async () => {
		const waitsForTimeout = ({ fault }: Case) => /^(timeout|slow)/.test(fault.kind);
		const others = cases.filter((one) => !waitsForTimeout(one));
		const stopWatching = watchRequests();
		await inParallel(others, 32, async (one) => await runCase(one, 600));
		const requestTimeout = timeoutAbove(stopWatching());
		await inParallel(cases.filter(waitsForTimeout), 32, async (one) => {
			await runCase(one, requestTimeout);
		});
	});

	const onlyItem = (run: IRun): Loose => jsonOf(run)[0] ?? jsonOf(run, 1)[0]?.error;

	test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
		const { expected, row } = one;
		expect({ outcome: onlyItem(one.first).outcome, moves: one.moved }).toEqual({
			outcome: expected.outcome,
			moves: expected.moves,
		});
		// The item is on the right output, with the reference and the session ID.
		expect(jsonOf(one.first, expected.outcome === 'succeeded' ? 0 : 1)).toHaveLength(1);
		expect(onlyItem(one.first)).toMatchObject({
			reference: row.ref,
			...(expected.outcome !== 'rejected' && { sessionId: expect.stringMatching(/^ps_/) }),
		});
		expect({
			secondOutcome: onlyItem(one.second).outcome,
			moves: paidFor(fixture.sandbox, row.ref).length,
		}).toEqual({ secondOutcome: expected.secondOutcome, moves: expected.movesAfterSecond });
	});

	test('all cases: no idempotency key was paid twice', () => {
		expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
	});
});
