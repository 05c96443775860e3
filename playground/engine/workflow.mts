/** Workflows, node types and execution data, as n8n's server creates them for an execution. */
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeType,
	INodeTypes,
	IRunExecutionData,
	IVersionedNodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { referencesTo, PlainCredentialsHelper, type Credentials } from './credentials.mts';
import { core, wf } from './n8n.mts';
import type { LoadedPackage } from './package.mts';

export const START = 'playground.start';
const INSTANCE_URL = 'http://localhost:5678';

/** Outputs its input. It replaces Manual Trigger, which is in another package. */
const startNode = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
} as INodeType;

export function makeNodeTypes(
	loader: LoadedPackage,
	extra: Record<string, INodeType> = {},
): INodeTypes {
	const find = (fullType: string): INodeType | IVersionedNodeType => {
		if (fullType === START) return startNode;
		if (fullType in extra) return extra[fullType];
		const at = fullType.lastIndexOf('.');
		if (fullType.slice(0, at) !== loader.packageName)
			throw new Error(`unknown node type ${fullType}`);
		return loader.getNode(fullType.slice(at + 1)).type;
	};
	return {
		getByName: find,
		getByNameAndVersion: (type, version) =>
			wf.NodeHelpers.getVersionedNodeType(find(type), version),
		getKnownTypes: () => ({}),
	};
}

interface WorkflowData {
	id: string;
	name: string;
	active: boolean;
	nodes: INode[];
	connections: N8nWorkflow.IConnections;
	settings: N8nWorkflow.IWorkflowSettings;
	staticData?: IDataObject;
}

export function makeWorkflowData(nodes: INode[], more: Partial<WorkflowData> = {}): WorkflowData {
	const settings = { executionOrder: 'v1' as const };
	return { id: 'wf', name: 'Workflow', active: false, nodes, connections: {}, settings, ...more };
}

export function makeAdditionalData(
	loader: LoadedPackage,
	credentials: Credentials,
	workflowData: WorkflowData,
	extra: Record<string, unknown> = {},
): IWorkflowExecuteAdditionalData {
	const refuse = (what: string) => async () => {
		throw new Error(`${what}: not available outside a server`);
	};
	return {
		credentialsHelper: new PlainCredentialsHelper(loader, credentials),
		hooks: new core.ExecutionLifecycleHooks(
			'manual',
			'1',
			workflowData as unknown as N8nWorkflow.IWorkflowBase,
		),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: `${INSTANCE_URL}/rest`,
		instanceBaseUrl: INSTANCE_URL,
		formBaseUrl: `${INSTANCE_URL}/form`,
		formWaitingBaseUrl: `${INSTANCE_URL}/form-waiting`,
		formTestBaseUrl: `${INSTANCE_URL}/form-test`,
		webhookBaseUrl: `${INSTANCE_URL}/webhook`,
		webhookWaitingBaseUrl: `${INSTANCE_URL}/webhook-waiting`,
		webhookTestBaseUrl: `${INSTANCE_URL}/webhook-test`,
		mcpBaseUrl: `${INSTANCE_URL}/mcp`,
		mcpTestBaseUrl: `${INSTANCE_URL}/mcp-test`,
		variables: {},
		logAiEvent() {},
		setExecutionStatus() {},
		sendDataToUI() {},
		executeWorkflow: refuse('sub-workflows'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: refuse('task runners'),
		...extra,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** `createRunExecutionData` exists since n8n-workflow 1.120. */
export function makeRunExecutionData(
	nodeExecutionStack: N8nWorkflow.IExecuteData[] = [],
): IRunExecutionData {
	const plain = {
		resultData: { runData: {} },
		executionData: {
			contextData: {},
			metadata: {},
			nodeExecutionStack,
			waitingExecution: {},
			waitingExecutionSource: null,
		},
	};
	return (
		wf.createRunExecutionData?.({ executionData: { nodeExecutionStack } }) ??
		(plain as unknown as IRunExecutionData)
	);
}

export interface NodeUnderTest {
	loader: LoadedPackage;
	/** Name without the package, for example `bank131`. */
	nodeName: string;
	/** Parameters that differ from the defaults. n8n's Workflow class fills in the defaults, as the editor does. */
	parameters?: N8nWorkflow.INodeParameters;
	/** Decrypted credential data by credential type. */
	credentials?: Credentials;
	/** Id of the credential. By default it is a hash of its data. */
	credentialId?: string;
	typeVersion?: number;
	/** The workflow's static data before the call. */
	staticData?: IDataObject;
}

export function makeNode(options: NodeUnderTest, more: Partial<INode> = {}): INode {
	return {
		id: 'n',
		name: 'Under Test',
		type: `${options.loader.packageName}.${options.nodeName}`,
		typeVersion: options.typeVersion ?? 1,
		position: [200, 0],
		parameters: options.parameters ?? {},
		credentials: referencesTo(options.credentials ?? {}, options.credentialId),
		...more,
	};
}
