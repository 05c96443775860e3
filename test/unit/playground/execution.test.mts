import { isStored } from '../../../playground/rest/execution.mts';
import type { ExecutionData } from '../../../playground/rest/types.mts';

const begun: ExecutionData = {
	resultData: { runData: {} },
	executionData: { nodeExecutionStack: [{ node: 'Start' }] },
};
const run = { executionTime: 1, executionStatus: 'success' };
const paused: ExecutionData = {
	resultData: { runData: { Start: [run] } },
	executionData: { nodeExecutionStack: [{ node: 'Wait' }] },
};
const ended: ExecutionData = {
	resultData: { runData: { Start: [run], Wait: [run] } },
	executionData: { nodeExecutionStack: [] },
};
const broken: ExecutionData = {
	...paused,
	resultData: { ...paused.resultData, error: { message: 'no' } },
};

describe('an execution of n8n is read', () => {
	test.each<[string, ExecutionData | undefined, boolean]>([
		['success', ended, true],
		['success', { resultData: ended.resultData }, true],
		['success', begun, false],
		['success', paused, false],
		['success', undefined, false],
		['error', broken, true],
		['error', begun, false],
		['error', paused, false],
		['crashed', begun, true],
		['canceled', begun, true],
		['waiting', paused, false],
		['running', begun, false],
		['new', begun, false],
	])('once its data is that of its end: %s, %j: %s', (status, data, expected) => {
		expect(isStored(status, data)).toBe(expected);
	});
});
