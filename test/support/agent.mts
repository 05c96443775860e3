/**
 * The node as a tool of an AI agent, in n8n's real engine: n8n-core creates the tool and calls it. The agent is a fake
 * node that sends the calls of the test, in the two ways of n8n's agents.
 */
import type {
	IExecuteFunctions,
	INode,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	IRun,
	ISupplyDataFunctions,
} from 'n8n-workflow';

import type { EngineFixture, Loose } from './engineFixture.mts';
import {
	core,
	makeAdditionalData,
	makeNodeTypes,
	makeRunExecutionData,
	makeWorkflowData,
	referencesTo,
	START,
	wf,
} from './engine.mts';

/** The values that the model fills in. */
export type Arguments = Record<string, unknown>;

/**
 * `invoke`: the agent calls the LangChain tool (agents up to version 2, sub-agents, n8n's MCP Server Trigger).
 * `engine`: the agent requests the workflow's engine to run the tool's node (agents of version 3, n8n 1.115 and newer).
 */
export type CallMode = 'invoke' | 'engine';

const { version } = globalThis.n8nEngine.coreVersion.match(/^(?<version>\d+\.\d+)/)!.groups!;

/** n8n 1.85 does not support the display condition of the limits, nor agents that let the engine run tools. */
export const isN8n185 = version === '1.84';

export const callModes: CallMode[] = isN8n185 ? ['invoke'] : ['invoke', 'engine'];

const AGENT = 'test.agent';

/** Converts a node to a tool as n8n's server does: `dist/tool-generation/ai-tools.js` of n8n 2.41.1. */
export function asTool(type: INodeType): INodeType {
	const { description } = type;
	if (!description.usableAsTool) throw new Error('Node cannot be used as a tool');
	const toolDescription: INodeTypeDescription = {
		...description,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: ['ai_tool'],
		properties: [
			{ displayName: 'Tool Description', name: 'descriptionType', type: 'string', default: 'auto' },
			...description.properties,
		],
	};
	delete toolDescription.usableAsTool;
	return Object.create(type, { description: { value: toolDescription } }) as INodeType;
}

export interface AgentRun {
	/** Consecutive calls. The calls of an inner list are concurrent. */
	calls: Arguments[][];
	parameters: INodeParameters;
	options?: INodeParameters;
	/** Settings of the tool's node, for example `{ retryOnFail: true }`. */
	node?: Partial<INode>;
	credential?: object;
	mode?: CallMode;
	/** The input item of the agent. */
	item?: Arguments;
}

export interface AgentResult {
	run: IRun;
	/** The result of each call, in order: JSON, or the text of an error. */
	results: Loose[];
	/** Name and description of the tool, and the fields that the model fills in. */
	tool: { name: string; description: string; fields: string[] };
}

export async function runAgent(fixture: EngineFixture, agentRun: AgentRun): Promise<AgentResult> {
	const { mode = 'invoke', item = {}, calls } = agentRun;
	const result: Omit<AgentResult, 'run'> = {
		results: [],
		tool: { name: '', description: '', fields: [] },
	};
	const agent = mode === 'invoke' ? langChainAgent(calls, result) : engineAgent(calls, result);
	const { workflow, additionalData } = createAgentWorkflow(fixture, agentRun, agent);
	const stack = [
		{
			node: workflow.getNode('Start')!,
			data: { main: [[{ json: item as INodeParameters }]] },
			source: null,
		},
	];
	const execution = new core.WorkflowExecute(additionalData, 'manual', makeRunExecutionData(stack));
	return { run: await execution.processRunExecutionData(workflow), ...result };
}

/** Start → agent, with the tool attached to the agent. */
function createAgentWorkflow(
	fixture: EngineFixture,
	tool: Omit<AgentRun, 'calls'>,
	agent: INodeType,
) {
	const credentials = fixture.credential(tool.credential);
	const base = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const toolType = `${fixture.loader.packageName}.bank131Tool`;
	const nodes: INode[] = [
		{ ...base, id: 's', name: 'Start', type: START },
		{ ...base, id: 'a', name: 'Agent', type: AGENT },
		{
			...base,
			id: 't',
			name: 'Bank 131 Tool',
			type: toolType,
			parameters: { ...tool.parameters, options: tool.options ?? {} },
			credentials: referencesTo(credentials),
			waitBetweenTries: 1,
			...tool.node,
		},
	];
	const workflowData = makeWorkflowData(nodes, {
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			'Bank 131 Tool': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
	});
	const nodeTypes = makeNodeTypes(fixture.loader, {
		[AGENT]: agent,
		[toolType]: asTool(fixture.loader.getNode('bank131').type as INodeType),
	});
	return {
		workflow: new wf.Workflow({ ...workflowData, nodeTypes }),
		additionalData: makeAdditionalData(fixture.loader, credentials, workflowData),
	};
}

/** Calls the tool as n8n's MCP Server Trigger does, which gets its tools while it handles a webhook. */
export async function callFromWebhook(
	fixture: EngineFixture,
	{ calls, ...tool }: AgentRun,
): Promise<Loose[]> {
	const result: Omit<AgentResult, 'run'> = {
		results: [],
		tool: { name: '', description: '', fields: [] },
	};
	const agentWorkflow = createAgentWorkflow(fixture, tool, langChainAgent(calls, result));
	const webhookData = {
		httpMethod: 'POST' as const,
		node: 'Agent',
		path: 'mcp',
		webhookDescription: { name: 'default', httpMethod: 'POST', path: 'mcp' },
		workflowId: 'wf',
		workflowExecuteAdditionalData: agentWorkflow.additionalData,
	} as const;
	const { workflow, additionalData } = agentWorkflow;
	const context = new core.WebhookContext(
		workflow,
		workflow.getNode('Agent')!,
		{ ...additionalData, httpRequest: { body: {}, headers: {} } as Loose },
		'webhook',
		webhookData as Loose,
		[],
		null,
	);
	await workflow.nodeTypes.getByNameAndVersion(AGENT).execute!.call(context as Loose);
	return result.results;
}

const agentDescription = {
	displayName: 'Agent',
	name: 'agent',
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name: 'Agent' },
	inputs: ['main', { type: 'ai_tool', displayName: 'Tool' }],
	outputs: ['main'],
	properties: [],
} as INodeTypeDescription;

const parseResult = (result: unknown): unknown => {
	if (typeof result !== 'string') return result;
	try {
		return JSON.parse(result);
	} catch {
		return result;
	}
};

function langChainAgent(calls: Arguments[][], result: Omit<AgentResult, 'run'>): INodeType {
	return {
		description: agentDescription,
		async execute(this: IExecuteFunctions) {
			const [tool] = await toolsOf(this);
			result.tool = {
				name: tool.name,
				description: tool.description,
				fields: Object.keys(tool.schema.shape),
			};
			for (const concurrent of calls) {
				const outputs = await Promise.all(
					concurrent.map(async (args) => await tool.invoke(args).catch(messageOf)),
				);
				result.results.push(...outputs.map(parseResult));
			}
			return [[{ json: {} }]];
		},
	} as INodeType;
}

const toolsOf = async (node: Pick<ISupplyDataFunctions, 'getInputConnectionData'>) =>
	(await node.getInputConnectionData('ai_tool', 0)) as Loose[];

const messageOf = (error: Error) => error.message;

function engineAgent(calls: Arguments[][], result: Omit<AgentResult, 'run'>): INodeType {
	let next = 0;
	return {
		description: agentDescription,
		async execute(this: IExecuteFunctions, response?: Loose) {
			for (const { data } of response?.actionResponses ?? []) {
				// n8n's agent reads it in the same way (buildObservation).
				const items = data.data?.ai_tool?.[0]?.map(({ json }: Loose) => json);
				result.results.push(items ?? data.error?.message);
			}
			const concurrent = calls[next++];
			if (!concurrent) return [[{ json: {} }]];
			const actions = concurrent.map((input, index) => ({
				actionType: 'ExecutionNodeAction',
				nodeName: 'Bank 131 Tool',
				input,
				type: 'ai_tool',
				id: `call-${next}-${index}`,
				metadata: { itemIndex: 0 },
			}));
			return { actions, metadata: {} };
		},
	} as unknown as INodeType;
}

export const fromAI = (key: string): string => `={{ $fromAI('${key}', '', 'string') }}`;

/** Let AI Agents Move Money is on, with at most `maximum` rubles per call and `total` per execution. */
export const agentLimits = (maximum: number, total = 0): INodeParameters => ({
	agentMoney: true,
	agentMaximum: maximum,
	agentTotal: total,
});

/** The first item of each call's result. */
export async function callTool(fixture: EngineFixture, agentRun: AgentRun): Promise<Loose[]> {
	const { results } = await runAgent(fixture, agentRun);
	return results.map((result: Loose) => (Array.isArray(result) ? result[0] : result));
}

/** Matches an item with outcome `rejected` whose message contains this text. */
export const rejectedWith = (message: string) => ({
	error: expect.objectContaining({
		message: expect.stringContaining(message),
		outcome: 'rejected',
	}),
});

export const outcomesOf = (results: Loose[]): string[] =>
	results.map(({ outcome, error }) => outcome ?? error.outcome);

/** n8n 1.85 to 1.87 do not show the limits and drop their values, so agents can never move money there. */
export const describeWithLimits = isN8n185 ? describe.skip : describe;
