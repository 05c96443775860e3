import type { Execution, ExecutionData } from './types.mts';

/** Whether an execution with this status has not ended. */
export const isInProgress = (status: string) => ['new', 'running', 'waiting'].includes(status);

/**
 * Whether an execution has ended and its final data is stored. On SQLite, n8n 1 stores the status before the data, so
 * for a moment a succeeded execution has its initial data: no node has run and all are still on the stack.
 */
export function hasFinalData(
	status: string,
	data: ExecutionData | undefined,
): data is ExecutionData {
	if (isInProgress(status) || !data) return false;
	if (status === 'success') return !data.executionData?.nodeExecutionStack?.length;
	if (status === 'error') return data.resultData.error !== undefined;
	return true;
}

/** JSON of the items on one output of a node's last run; empty if the node did not run. */
export function outputOf(
	execution: Execution,
	node: string,
	output = 0,
): Array<Record<string, unknown>> {
	const items = execution.resultData.runData[node]?.at(-1)?.data?.main?.[output];
	return (items ?? []).map((item) => item.json);
}
