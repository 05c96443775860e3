/**
 * The built package in n8n's real engine, in this process: no database, no server, no browser. Build first (`npm run build`).
 *
 * Engine and package live outside jest's sandbox (see n8n-environment.mjs): compare with `toEqual`/`toMatchObject` rather than
 * `toStrictEqual` or `instanceof`, and take n8n's classes from `core` and `wf` here, not from an import of n8n-workflow.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';

import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IRunExecutionData,
	IVersionedNodeType,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

declare global {
	var n8nEngine: {
		core: typeof N8nCore;
		wf: typeof N8nWorkflow;
		projectDir: string;
		/** Node's own `require`, resolving from the project root. */
		require: NodeJS.Require;
		coreVersion: string;
	};
}

if (!globalThis.n8nEngine) {
	throw new Error(
		'Engine tests run in the jest project "engine": npx jest --selectProjects engine',
	);
}

export const { core, wf, projectDir, require: hostRequire } = globalThis.n8nEngine;

/**
 * n8n 1.85 (n8n-core 1.84) runs every try when the first item failed and a Continue setting is on, but hands on the items
 * of the first one; later versions hand on those of the last.
 */
export const handsOnFirstTry = globalThis.n8nEngine.coreVersion.startsWith('1.8');

export const START = 'test.start';
const NO_OP = 'n8n-nodes-base.noOp';
const BASE = 'http://localhost:5678';

/** The little of a package loader that the harness needs; `PackageDirectoryLoader` has it, a stand-in can too. */
export interface LoadedPackage {
	packageName: string;
	getNode(name: string): { type: INodeType | IVersionedNodeType };
	getCredential(name: string): { type: ICredentialType };
}

export type Credentials = Record<string, ICredentialDataDecryptedObject>;

/**
 * Loads `dist/` the way n8n does: reads package.json "n8n", requires the classes, checks icons and codex.
 * `BANK131_PACKAGE_DIR` names another build of the package, e.g. an unpacked tarball.
 */
export async function loadPackage(
	packageDir = process.env.BANK131_PACKAGE_DIR ?? projectDir,
): Promise<N8nCore.PackageDirectoryLoader> {
	if (!existsSync(path.join(packageDir, 'dist'))) {
		throw new Error(`${packageDir}/dist is missing: run "npm run build" first`);
	}
	const loader = new core.PackageDirectoryLoader(packageDir);
	await loader.loadAll();
	return loader;
}

/** Passes its own items on: stands in for Manual Trigger. */
export const startNode = {
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

/** What n8n's own credentials helper does, minus database and encryption. */
class TestCredentialsHelper extends wf.ICredentialsHelper {
	constructor(
		private readonly loader: LoadedPackage,
		private readonly data: Credentials,
	) {
		super();
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.loader.getCredential(typeName).type;
		if (typeof authenticate !== 'function')
			throw new Error(`${typeName} has no authenticate function`);
		// The credential object is `this`, as in n8n's CLI.
		return await authenticate.call(
			this.loader.getCredential(typeName).type,
			credentials,
			requestOptions,
		);
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not available in tests');
	}

	async getDecrypted(_additionalData: unknown, _ref: unknown, type: string) {
		if (!(type in this.data)) throw new Error(`no test credential of type ${type}`);
		return { ...this.data[type] };
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties(type: string) {
		return this.loader.getCredential(type).type.properties;
	}
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
	return { id: 'wf', name: 'test', active: false, nodes, connections: {}, settings, ...more };
}

export function makeAdditionalData(
	loader: LoadedPackage,
	credentials: Credentials,
	workflowData: WorkflowData,
	extra: Record<string, unknown> = {},
): IWorkflowExecuteAdditionalData {
	const refuse = (what: string) => async () => {
		throw new Error(`${what}: not available in tests`);
	};
	return {
		credentialsHelper: new TestCredentialsHelper(loader, credentials),
		hooks: new core.ExecutionLifecycleHooks(
			'manual',
			'1',
			workflowData as unknown as N8nWorkflow.IWorkflowBase,
		),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: `${BASE}/rest`,
		instanceBaseUrl: BASE,
		formBaseUrl: `${BASE}/form`,
		formWaitingBaseUrl: `${BASE}/form-waiting`,
		formTestBaseUrl: `${BASE}/form-test`,
		webhookBaseUrl: `${BASE}/webhook`,
		webhookWaitingBaseUrl: `${BASE}/webhook-waiting`,
		webhookTestBaseUrl: `${BASE}/webhook-test`,
		mcpBaseUrl: `${BASE}/mcp`,
		mcpTestBaseUrl: `${BASE}/mcp-test`,
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

/** As in n8n's database, other data are another credential, unless it was changed: then the test says its `id`. */
export const referencesTo = (credentials: Credentials, id?: string) =>
	Object.fromEntries(
		Object.entries(credentials).map(([name, data]) => [name, { id: id ?? hashOf(data), name }]),
	);

const hashOf = (data: object) => createHash('sha256').update(JSON.stringify(data)).digest('hex');

export interface NodeUnderTest {
	loader: LoadedPackage;
	/** Name without the package, e.g. `bank131`. */
	nodeName: string;
	/** What the user changed; defaults are filled in by n8n's Workflow class, as in the editor. */
	parameters?: N8nWorkflow.INodeParameters;
	/** Decrypted credential data by credential type. */
	credentials?: Credentials;
	/** Under which the credential is known whatever is in it. */
	credentialId?: string;
	typeVersion?: number;
	/** The workflow's static data; what the node changes is in the answer. */
	staticData?: IDataObject;
}

export interface RunOptions extends NodeUnderTest {
	items?: INodeExecutionData[];
	/** Several batches instead of `items`: the node runs once for each in the same execution, as in a loop. */
	batches?: INodeExecutionData[][];
	/** Node settings: `{ onError, retryOnFail, maxTries, waitBetweenTries, alwaysOutputData, executeOnce }`. */
	node?: Partial<INode>;
	mode?: WorkflowExecuteMode;
	executionId?: string;
}

function makeNode(options: NodeUnderTest, more: Partial<INode> = {}): INode {
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

/** Starts `Start -> Under Test`; the answer has `cancel()`, which is what Stop Workflow does. */
export function startNodeRun(options: RunOptions) {
	const { loader, credentials = {}, items = [{ json: {} }], mode = 'manual' } = options;
	const { batches = [items] } = options;
	const start: INode = {
		id: 's',
		name: 'Start',
		type: START,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflowData = makeWorkflowData([start, makeNode(options, options.node)], {
		connections: { Start: { main: [[{ node: 'Under Test', type: 'main', index: 0 }]] } },
		staticData: options.staticData,
	});
	const workflow = new wf.Workflow({ ...workflowData, nodeTypes: makeNodeTypes(loader) });
	const additionalData = makeAdditionalData(loader, credentials, workflowData, {
		executionId: options.executionId ?? '1',
	});
	const stack = batches.map((batch) => ({
		node: workflow.getNode('Start')!,
		data: { main: [batch] },
		source: null,
	}));
	const execution = new core.WorkflowExecute(additionalData, mode, makeRunExecutionData(stack));
	return execution.processRunExecutionData(workflow);
}

/** Runs the node and returns n8n's record of the run; read it with `outputOf` and `errorOf`. */
export async function runNode(options: RunOptions): Promise<IRun> {
	return await startNodeRun(options);
}

/** Items of one output (0 = first; with the error output switched on, 1 = errors); `[]` if there are none. */
export function outputOf(run: IRun, output = 0, runIndex = 0): INodeExecutionData[] {
	return run.data.resultData.runData['Under Test']?.[runIndex]?.data?.main?.[output] ?? [];
}

export interface RunError {
	message: string;
	description?: string | null;
	httpCode?: string | null;
	name?: string;
	context?: IDataObject;
	[more: string]: unknown;
}

/** The error that stopped the run, as the plain copy n8n stores: compare fields, not classes. */
export function errorOf(run: IRun): RunError | undefined {
	return run.data.resultData.error as unknown as RunError | undefined;
}

/** The hints below the output (`addExecutionHints`), as n8n stores them. */
export function hintsOf(run: IRun): N8nWorkflow.NodeExecutionHint[] {
	return run.data.resultData.runData['Under Test']?.[0]?.hints ?? [];
}

export interface FakeResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
	ended: boolean;
	status(code: number): FakeResponse;
	setHeader(name: string, value: unknown): FakeResponse;
	send(body: unknown): FakeResponse;
	json(body: unknown): FakeResponse;
	end(body?: unknown): FakeResponse;
}

function fakeResponse(): FakeResponse {
	const response: FakeResponse = {
		statusCode: 200,
		headers: {},
		body: undefined,
		ended: false,
		status: (code) => Object.assign(response, { statusCode: code }),
		setHeader: (name, value) => {
			response.headers[name.toLowerCase()] = value;
			return response;
		},
		send: (body) => Object.assign(response, { body, ended: true }),
		json: (body) => Object.assign(response, { body, ended: true }),
		end: (body) => Object.assign(response, { body: body ?? response.body, ended: true }),
	};
	return response;
}

export interface WebhookCall extends NodeUnderTest {
	/** The exact bytes the bank sent. */
	rawBody?: string | Buffer;
	headers?: Record<string, string>;
	query?: IDataObject;
	method?: N8nWorkflow.IHttpRequestMethods;
	webhook?: N8nWorkflow.WebhookType;
	/** false = n8n has not read the body yet, as with an unknown content type on typeVersion > 1. */
	bodyAlreadyRead?: boolean;
	/** Instead of n8n's own; with it the body is not read yet. */
	readRawBody?: () => Promise<void>;
	mode?: WorkflowExecuteMode;
}

function parsedOrEmpty(raw: Buffer): IDataObject {
	try {
		return JSON.parse(raw.toString('utf8')) as IDataObject;
	} catch {
		return {};
	}
}

function makeTrigger(options: NodeUnderTest) {
	const type = options.loader.getNode(options.nodeName).type as INodeType;
	const workflowData = makeWorkflowData(
		[makeNode(options, { name: 'Trigger', webhookId: 'wh1' })],
		{
			active: true,
			staticData: options.staticData,
		},
	);
	const workflow = new wf.Workflow({ ...workflowData, nodeTypes: makeNodeTypes(options.loader) });
	return { type, workflowData, workflow, node: workflow.getNode('Trigger')! };
}

/** Calls the trigger's `webhook()` the way the webhook server does. `items` = what would start the workflow. */
export async function callWebhook(options: WebhookCall) {
	const { loader, credentials = {}, method = 'POST', readRawBody } = options;
	const { bodyAlreadyRead = readRawBody === undefined } = options;
	const { type, workflowData, workflow, node } = makeTrigger(options);
	const raw = Buffer.from(options.rawBody ?? '');
	const headers = Object.fromEntries(
		Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const request = {
		method,
		headers,
		params: {},
		query: options.query ?? {},
		body: bodyAlreadyRead ? parsedOrEmpty(raw) : {},
		rawBody: bodyAlreadyRead ? raw : undefined,
		header: (name: string) => headers[name.toLowerCase()],
		get: (name: string) => headers[name.toLowerCase()],
		async readRawBody() {
			if (readRawBody) await readRawBody();
			else request.rawBody ??= raw;
		},
	};
	const response = fakeResponse();
	const additionalData = makeAdditionalData(loader, credentials, workflowData, {
		httpRequest: request,
		httpResponse: response,
	});
	const webhookData = {
		httpMethod: method,
		node: 'Trigger',
		path: 'wh1/webhook',
		webhookDescription: describedWebhook(type, options.webhook),
		workflowId: 'wf',
		workflowExecuteAdditionalData: additionalData,
	};
	const context = new core.WebhookContext(
		workflow,
		node,
		additionalData,
		options.mode ?? 'webhook',
		webhookData,
		[],
		null,
	);
	const result: IWebhookResponseData = await type.webhook!.call(context);
	return { result, response, items: result.workflowData?.[0], staticData: workflow.staticData };
}

/**
 * When n8n answers a webhook, which it works out from the trigger's description: `evaluated` by an expression, and `native`ly
 * without one, where this n8n can.
 */
export function responseModeOf(options: NodeUnderTest) {
	const { type, workflow, node } = makeTrigger(options);
	const webhook = describedWebhook(type);
	const written = webhook.responseMode;
	const evaluated = workflow.expression.getSimpleParameterValue(node, written, 'webhook', {});
	const resolve = wf.resolveWebhookDescriptionField as
		| typeof wf.resolveWebhookDescriptionField
		| undefined;
	return { evaluated, native: resolve?.(node, webhook, 'responseMode') };
}

function describedWebhook(type: INodeType, name: N8nWorkflow.WebhookType = 'default') {
	const found = type.description.webhooks?.find((webhook) => webhook.name === name);
	if (!found) throw new Error(`${type.description.name} has no webhook called ${name}`);
	return found;
}

export interface HookCall extends NodeUnderTest {
	hook: 'checkExists' | 'create' | 'delete';
	webhook?: N8nWorkflow.WebhookType;
	/** true = "Listen for test event" instead of activation. */
	isTest?: boolean;
}

/** Calls `webhookMethods.<webhook>.<hook>`. */
export async function callHook(options: HookCall) {
	const { loader, credentials = {}, hook, webhook = 'default', isTest = false } = options;
	const { type, workflowData, workflow, node } = makeTrigger(options);
	const additionalData = makeAdditionalData(loader, credentials, workflowData);
	const webhookData = {
		httpMethod: 'POST' as const,
		node: 'Trigger',
		path: 'wh1/webhook',
		webhookDescription: describedWebhook(type, webhook),
		workflowId: 'wf',
		workflowExecuteAdditionalData: additionalData,
		isTest,
	};
	const mode = isTest ? 'manual' : 'trigger';
	const context = new core.HookContext(
		workflow,
		node,
		additionalData,
		mode,
		'activate',
		webhookData,
	);
	const method = type.webhookMethods?.[webhook]?.[hook];
	if (!method) throw new Error(`${options.nodeName} has no webhook method ${webhook}.${hook}`);
	return {
		result: await method.call(context),
		url: context.getNodeWebhookUrl(webhook),
		staticData: workflow.staticData,
	};
}

/** A bare `this` of `execute()`, to call transport or load-options helpers directly. */
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

function valueAt(body: unknown, dottedPath: string): unknown {
	return dottedPath
		.split('.')
		.reduce<unknown>(
			(value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
			body,
		);
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

interface RequestFailure extends Error {
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/**
 * The credential's `test`, by the rules of n8n's CredentialsTester (cli/services/credentials-tester.service.js):
 * RoutingNode on a temporary NoOp node, then the rules.
 */
export async function runCredentialTest(options: {
	loader: LoadedPackage;
	type: string;
	data: ICredentialDataDecryptedObject;
}): Promise<CredentialTestResult> {
	const { loader, type, data } = options;
	const { test } = loader.getCredential(type).type;
	if (!test) throw new Error(`${type} has no test`);
	const noOp = {
		description: {
			displayName: 'NoOp',
			name: NO_OP,
			group: [],
			version: 1,
			description: '',
			defaults: { name: 'NoOp' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	} as unknown as INodeType;
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: NO_OP,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: '1', name: type } },
	};
	const workflowData = makeWorkflowData([node]);
	const nodeTypes = makeNodeTypes(loader, { [NO_OP]: noOp });
	const workflow = new wf.Workflow({ ...workflowData, nodeTypes });
	const additionalData = makeAdditionalData(loader, { [type]: data }, workflowData, {
		currentNodeParameters: {},
	});
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		makeRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: '1', name: type, type, data };
	const rules = test.rules ?? [];
	let output: INodeExecutionData[][] | null | undefined;
	try {
		await workflow.expression.acquireIsolate?.();
		output = (await new core.RoutingNode(
			context,
			noOp,
			decrypted,
		).runNode()) as INodeExecutionData[][];
	} catch (error) {
		const { cause, message } = error as RequestFailure;
		if (!cause?.response) return { status: 'Error', message: cause?.code ?? message };
		const { status, statusText } = cause.response;
		for (const rule of rules) {
			if (rule.type === 'responseCode' && rule.properties.value === status) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		return { status: 'Error', message: statusText || `Received HTTP status code: ${status}` };
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
	const body = output![0][0].json;
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (valueAt(body, rule.properties.key) === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}
