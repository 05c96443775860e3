/** The parts of n8n's REST responses that the playground reads. */

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	webhookId?: string;
	credentials?: Record<string, { id: string; name: string }>;
	[other: string]: unknown;
}

export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[other: string]: unknown;
}

export interface Workflow extends WorkflowFile {
	id: string;
	versionId: string;
}

export interface Credential {
	id: string;
	name: string;
}

export interface Item {
	json: Record<string, unknown>;
}

export interface NodeRun {
	/** Milliseconds. */
	executionTime: number;
	executionStatus: string;
	error?: { message: string; description?: string };
	hints?: Array<{ message: string; type?: string }>;
	data?: { main?: Array<Item[] | null> };
}

/** Data that n8n stores at the start of an execution and again at its end. */
export interface ExecutionData {
	resultData: {
		error?: { message: string; description?: string; node?: { name: string } };
		runData: Record<string, NodeRun[]>;
	};
	/** The nodes that have not run yet. */
	executionData?: { nodeExecutionStack?: unknown[] };
}

export interface Execution extends Pick<ExecutionData, 'resultData'> {
	id: string;
	mode: string;
	status: string;
}

export interface ExecutionSummary {
	id: string;
	mode: string;
	status: string;
	workflowId: string;
}
