import type { Execution, ExecutionData } from './types.mts';

export const isUnderWay = (status: string) => ['new', 'running', 'waiting'].includes(status);

/**
 * Whether an execution is over and its data is that of the end. On SQLite n8n 1 stores the status and the data one after
 * the other, so for a moment an execution that has succeeded has the data of its beginning: nothing done, all to run.
 */
export function isStored(status: string, data: ExecutionData | undefined): data is ExecutionData {
	if (isUnderWay(status) || !data) return false;
	if (status === 'success') return !data.executionData?.nodeExecutionStack?.length;
	if (status === 'error') return data.resultData.error !== undefined;
	return true;
}

/** The items that a node put on one of its outputs in its last run. */
export function outputOf(
	execution: Execution,
	node: string,
	output = 0,
): Array<Record<string, unknown>> {
	const items = execution.resultData.runData[node]?.at(-1)?.data?.main?.[output];
	return (items ?? []).map((item) => item.json);
}
