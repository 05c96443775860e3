/** Runs the operations of the resource Session and prepares sessions in the state a test needs. */
import type { INodeParameters } from 'n8n-workflow';

import type { EngineFixture, Loose } from './engineFixture.mts';
import { errorOf, hintsOf } from './engine.mts';
import { payAll, rowsOf } from './payouts.mts';
import { continueError, jsonOf, runOperation, type RunSettings } from './runOperation.mts';

export interface SessionRun {
	/** The items of the first output. */
	ok: Loose[];
	/** The `error` of each item of the error output. */
	failed: Loose[];
	error: Loose;
	hints: Loose[];
}

export function sessionsOf(fixture: EngineFixture) {
	async function runSession(
		operation: string,
		parameters: INodeParameters = {},
		settings: RunSettings & { rows?: readonly object[] } = {},
	): Promise<SessionRun> {
		const node = { ...continueError, ...settings.node };
		const run = await runOperation(fixture, 'session', operation, parameters, {
			...settings,
			node,
		});
		const failed = jsonOf(run, 1).map(({ error }) => error);
		return { ok: jsonOf(run), failed, error: errorOf(run), hints: hintsOf(run) };
	}

	/** The session of a payout that waits for its confirmation. */
	async function createWaitingPayout(ref = 'wait-1', amount = '101.00'): Promise<string> {
		const [row] = rowsOf('wait', 1);
		const parameters = { confirmation: 'manual', waitFor: 'ready' };
		const run = await payAll(fixture, [{ ...row, ref, amount }], { parameters });
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'awaitingConfirmation', reference: ref });
		return jsonOf(run)[0].sessionId;
	}

	/** The session of a payout that was confirmed. Its amount decides whether it succeeds. */
	async function createConfirmedPayout(ref = 'paid-1', columns: object = {}): Promise<string> {
		const run = await payAll(fixture, [{ ...rowsOf('x', 1)[0], ref, ...columns }]);
		return jsonOf(run)[0].sessionId;
	}

	async function createEmptySession(): Promise<string> {
		return (await runSession('create')).ok[0].sessionId;
	}

	return { runSession, createWaitingPayout, createConfirmedPayout, createEmptySession };
}
