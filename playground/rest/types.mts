/** The parts of n8n's REST responses that the playground reads. */

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	webhookId?: string;
	credentials?: Record<string, { id: string; name: string }>;
	[other: string]: unknown;
}

/** A workflow as exported to a file. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[other: string]: unknown;
}

/** A stored workflow. */
export interface Workflow extends WorkflowFile {
	id: string;
	versionId: string;
}

/** A stored credential, without its data. */
export interface Credential {
	id: string;
	name: string;
}

/** One item of a node output. */
export interface Item {
	json: Record<string, unknown>;
}

/** One run of a node in an execution. */
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

/** A finished execution. */
export interface Execution extends Pick<ExecutionData, 'resultData'> {
	id: string;
	mode: string;
	status: string;
}

/** An execution without its data. */
export interface ExecutionSummary {
	id: string;
	mode: string;
	status: string;
	workflowId: string;
}
