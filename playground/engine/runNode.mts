/** Runs one node in a workflow `Start -> Under Test` and reads n8n's record of the run. */
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IRun,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { core, wf } from './n8n.mts';
import {
	makeAdditionalData,
	makeNode,
	makeNodeTypes,
	makeRunExecutionData,
	makeWorkflowData,
	START,
	type NodeUnderTest,
} from './workflow.mts';

export interface RunOptions extends NodeUnderTest {
	items?: INodeExecutionData[];
	/** Several batches instead of `items`: the node runs once for each in the same execution, as in a loop. */
	batches?: INodeExecutionData[][];
	/** Output of nodes that ran before, by name, for expressions such as `$('Settings').first().json`. */
	earlier?: Record<string, IDataObject[]>;
	/** Parameters of a second node of the same type, `Second`, which gets the first output of the node. */
	second?: N8nWorkflow.INodeParameters;
	/** Node settings: `{ onError, retryOnFail, maxTries, waitBetweenTries, alwaysOutputData, executeOnce }`. */
	node?: Partial<INode>;
	mode?: WorkflowExecuteMode;
	executionId?: string;
	/** Replaces the one that keeps `credentials` in memory. */
	credentialsHelper?: N8nWorkflow.ICredentialsHelper;
}

/** Starts the run. The returned promise has `cancel()`, which does what the button Stop does. */
export function startNodeRun(options: RunOptions) {
	const { loader, credentials = {}, items = [{ json: {} }], mode = 'manual' } = options;
	const { batches = [items] } = options;
	const { earlier = {} } = options;
	const start = makeStartNode('Start');
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const second = options.second && makeSecondNode(options, options.second);
	const before = Object.keys(earlier).map(makeStartNode);
	const nodes = [start, ...before, makeNode(options, options.node), ...(second ? [second] : [])];
	const workflowData = makeWorkflowData(nodes, {
		connections: { Start: to('Under Test'), ...(second && { 'Under Test': to(second.name) }) },
		staticData: options.staticData,
	});
	const workflow = new wf.Workflow({ ...workflowData, nodeTypes: makeNodeTypes(loader) });
	const additionalData = makeAdditionalData(loader, credentials, workflowData, {
		executionId: options.executionId ?? '1',
		...(options.credentialsHelper && { credentialsHelper: options.credentialsHelper }),
	});
	const stack = batches.map((batch) => ({
		node: workflow.getNode('Start')!,
		data: { main: [batch] },
		source: null,
	}));
	const runExecutionData = makeRunExecutionData(stack);
	for (const [name, rows] of Object.entries(earlier)) {
		runExecutionData.resultData.runData[name] = [finishedRun(rows)];
	}
	const execution = new core.WorkflowExecute(additionalData, mode, runExecutionData);
	return execution.processRunExecutionData(workflow);
}

const makeStartNode = (name: string): INode => ({
	id: name,
	name,
	type: START,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

const finishedRun = (rows: IDataObject[]): N8nWorkflow.ITaskData => ({
	startTime: 0,
	executionTime: 0,
	executionIndex: 0,
	executionStatus: 'success',
	source: [],
	data: { main: [rows.map((json) => ({ json }))] },
});

const makeSecondNode = (options: RunOptions, parameters: N8nWorkflow.INodeParameters): INode =>
	makeNode({ ...options, parameters }, { ...options.node, id: 's2', name: 'Second' });

/** Runs the node and returns n8n's record of the run. Read it with `outputOf` and `errorOf`. */
export async function runNode(options: RunOptions): Promise<IRun> {
	return await startNodeRun(options);
}

/** The items of one output: 0 is the first, 1 the error output if the node has one. `[]` if there are none. */
export function outputOf(
	run: IRun,
	output = 0,
	runIndex = 0,
	node: 'Under Test' | 'Second' = 'Under Test',
): INodeExecutionData[] {
	return run.data.resultData.runData[node]?.[runIndex]?.data?.main?.[output] ?? [];
}

export interface RunError {
	message: string;
	description?: string | null;
	httpCode?: string | null;
	name?: string;
	context?: IDataObject;
	[more: string]: unknown;
}

/** The error that stopped the run. n8n stores a plain copy: compare fields, not classes. */
export function errorOf(run: IRun): RunError | undefined {
	return run.data.resultData.error as unknown as RunError | undefined;
}

/** The hints below the output (`addExecutionHints`), as n8n stores them. */
export function hintsOf(run: IRun): N8nWorkflow.NodeExecutionHint[] {
	return run.data.resultData.runData['Under Test']?.[0]?.hints ?? [];
}

/** The `this` of `execute()`, to call helpers, listSearch or parameter readers directly. */
export function makeExecuteContext(options: RunOptions) {
	const { loader, credentials = {}, items = [{ json: {} }], mode = 'manual' } = options;
	const workflowData = makeWorkflowData([makeNode(options, options.node)]);
	const workflow = new wf.Workflow({ ...workflowData, nodeTypes: makeNodeTypes(loader) });
	const node = workflow.getNode('Under Test')!;
	const additionalData = makeAdditionalData(loader, credentials, workflowData);
	const input = { main: [items] };
	const executeData = { node, data: input, source: null };
	return new core.ExecuteContext(
		workflow,
		node,
		additionalData,
		mode,
		makeRunExecutionData(),
		0,
		items,
		input,
		executeData,
		[],
	);
}
