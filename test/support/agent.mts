/**
 * The node as a tool of an AI agent, in n8n's real engine: n8n-core makes the tool and calls it. Only the agent is a stand-in:
 * a node that calls the tool as the test says, in the two ways in which n8n's agents do.
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

import { credentialFor, type Bench, type Loose } from './bank131.mts';
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

/** What the model fills in. */
export type Arguments = Record<string, unknown>;

/**
 * `invoke`: the agent calls the LangChain tool (agents up to version 2, sub-agents, n8n's MCP Server Trigger).
 * `engine`: the agent asks the workflow's engine to run the tool's node (agents of version 3, n8n 1.115 and newer).
 */
export type Way = 'invoke' | 'engine';

const { version } = globalThis.n8nEngine.coreVersion.match(/^(?<version>\d+\.\d+)/)!.groups!;

/** n8n 1.85 knows neither the condition under which the limits are shown nor agents that let the engine run tools. */
export const isOldest = version === '1.84';

export const ways: Way[] = isOldest ? ['invoke'] : ['invoke', 'engine'];

const AGENT = 'test.agent';

/** What n8n's command line makes of a node for agents: `dist/tool-generation/ai-tools.js` of n8n 2.41.1. */
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
	/** Calls after one another; those in one list at once. */
	calls: Arguments[][];
	parameters: INodeParameters;
	options?: INodeParameters;
	/** Of the tool's node, e.g. `{ retryOnFail: true }`. */
	node?: Partial<INode>;
	credential?: object;
	way?: Way;
	/** The item that the agent works on. */
	item?: Arguments;
}

export interface AgentEnd {
	run: IRun;
	/** What the agent was told by each call, in order: JSON, or the text of an error. */
	told: Loose[];
	/** Name and description of the tool, and the JSON schema of what the model fills in. */
	tool: { name: string; description: string; fields: string[] };
}

export async function runAgent(bench: Bench, agentRun: AgentRun): Promise<AgentEnd> {
	const { way = 'invoke', item = {}, calls } = agentRun;
	const end: Omit<AgentEnd, 'run'> = { told: [], tool: { name: '', description: '', fields: [] } };
	const agent = way === 'invoke' ? invokingAgent(calls, end) : askingAgent(calls, end);
	const { workflow, additionalData } = toolSetting(bench, agentRun, agent);
	const stack = [
		{
			node: workflow.getNode('Start')!,
			data: { main: [[{ json: item as INodeParameters }]] },
			source: null,
		},
	];
	const execution = new core.WorkflowExecute(additionalData, 'manual', makeRunExecutionData(stack));
	return { run: await execution.processRunExecutionData(workflow), ...end };
}

/** Start → agent, with the tool attached to the agent. */
function toolSetting(bench: Bench, tool: Omit<AgentRun, 'calls'>, agent: INodeType) {
	const credentials = credentialFor(bench.sandbox, tool.credential);
	const base = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const toolType = `${bench.loader.packageName}.bank131Tool`;
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
	const nodeTypes = makeNodeTypes(bench.loader, {
		[AGENT]: agent,
		[toolType]: asTool(bench.loader.getNode('bank131').type as INodeType),
	});
	return {
		workflow: new wf.Workflow({ ...workflowData, nodeTypes }),
		additionalData: makeAdditionalData(bench.loader, credentials, workflowData),
	};
}

/** A call of n8n's MCP Server Trigger, which takes the tools while it answers a webhook. */
export async function callFromWebhook(
	bench: Bench,
	{ calls, ...tool }: AgentRun,
): Promise<Loose[]> {
	const end: Omit<AgentEnd, 'run'> = { told: [], tool: { name: '', description: '', fields: [] } };
	const setting = toolSetting(bench, tool, invokingAgent(calls, end));
	const webhookData = {
		httpMethod: 'POST' as const,
		node: 'Agent',
		path: 'mcp',
		webhookDescription: { name: 'default', httpMethod: 'POST', path: 'mcp' },
		workflowId: 'wf',
		workflowExecuteAdditionalData: setting.additionalData,
	} as const;
	const { workflow, additionalData } = setting;
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
	return end.told;
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

const readAnswer = (answer: unknown): unknown => {
	if (typeof answer !== 'string') return answer;
	try {
		return JSON.parse(answer);
	} catch {
		return answer;
	}
};

function invokingAgent(calls: Arguments[][], end: Omit<AgentEnd, 'run'>): INodeType {
	return {
		description: agentDescription,
		async execute(this: IExecuteFunctions) {
			const [tool] = await toolsOf(this);
			end.tool = {
				name: tool.name,
				description: tool.description,
				fields: Object.keys(tool.schema.shape),
			};
			for (const atOnce of calls) {
				const answers = await Promise.all(
					atOnce.map(async (args) => await tool.invoke(args).catch(messageOf)),
				);
				end.told.push(...answers.map(readAnswer));
			}
			return [[{ json: {} }]];
		},
	} as INodeType;
}

export const toolsOf = async (node: Pick<ISupplyDataFunctions, 'getInputConnectionData'>) =>
	(await node.getInputConnectionData('ai_tool', 0)) as Loose[];

const messageOf = (error: Error) => error.message;

function askingAgent(calls: Arguments[][], end: Omit<AgentEnd, 'run'>): INodeType {
	let next = 0;
	return {
		description: agentDescription,
		async execute(this: IExecuteFunctions, response?: Loose) {
			for (const { data } of response?.actionResponses ?? []) {
				// As n8n's agent reads it (buildObservation).
				const items = data.data?.ai_tool?.[0]?.map(({ json }: Loose) => json);
				end.told.push(items ?? data.error?.message);
			}
			const atOnce = calls[next++];
			if (!atOnce) return [[{ json: {} }]];
			const actions = atOnce.map((input, index) => ({
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

/** A person switched it on in the node: for at most `maximum` rubles per call and `total` per execution. */
export const on = (maximum: number, total = 0): INodeParameters => ({
	agentMoney: true,
	agentMaximum: maximum,
	agentTotal: total,
});

/** What the agent is told by each call that ends with one item. */
export async function tell(bench: Bench, agentRun: AgentRun): Promise<Loose[]> {
	const { told } = await runAgent(bench, agentRun);
	return told.map((answer: Loose) => (Array.isArray(answer) ? answer[0] : answer));
}

export const refused = (message: string) => ({
	error: expect.objectContaining({
		message: expect.stringContaining(message),
		outcome: 'rejected',
	}),
});

export const outcomesOf = (told: Loose[]): string[] =>
	told.map(({ outcome, error }) => outcome ?? error.outcome);

/** n8n 1.85 to 1.87 do not show the limits and so drop them: there an agent can never move money. */
export const withLimits = isOldest ? describe.skip : describe;
