import { hasFinalData } from '../../../playground/rest/execution.mts';
import type { ExecutionData } from '../../../playground/rest/types.mts';

const initial: ExecutionData = {
	resultData: { runData: {} },
	executionData: { nodeExecutionStack: [{ node: 'Start' }] },
};
const run = { executionTime: 1, executionStatus: 'success' };
const paused: ExecutionData = {
	resultData: { runData: { Start: [run] } },
	executionData: { nodeExecutionStack: [{ node: 'Wait' }] },
};
const hasEnded: ExecutionData = {
	resultData: { runData: { Start: [run], Wait: [run] } },
	executionData: { nodeExecutionStack: [] },
};
const failed: ExecutionData = {
	...paused,
	resultData: { ...paused.resultData, error: { message: 'no' } },
};

describe('hasFinalData', () => {
	test.each<[string, ExecutionData | undefined, boolean]>([
		['success', hasEnded, true],
		['success', { resultData: hasEnded.resultData }, true],
		['success', initial, false],
		['success', paused, false],
		['success', undefined, false],
		['error', failed, true],
		['error', initial, false],
		['error', paused, false],
		['crashed', initial, true],
		['canceled', initial, true],
		['waiting', paused, false],
		['running', initial, false],
		['new', initial, false],
	])('status %s with data %j: %s', (status, data, expected) => {
		expect(hasFinalData(status, data)).toBe(expected);
	});
});
