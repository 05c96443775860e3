/** Calls the trigger node as n8n's webhook server and its activation do. */
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	IDataObject,
	INodeType,
	IWebhookResponseData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { core, wf } from '../../../playground/engine/n8n.mts';
import {
	makeAdditionalData,
	makeNode,
	makeNodeTypes,
	makeWorkflowData,
	type NodeUnderTest,
} from '../../../playground/engine/workflow.mts';

export interface FakeResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
	hasEnded: boolean;
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
		hasEnded: false,
		status: (code) => Object.assign(response, { statusCode: code }),
		setHeader: (name, value) => {
			response.headers[name.toLowerCase()] = value;
			return response;
		},
		send: (body) => Object.assign(response, { body, hasEnded: true }),
		json: (body) => Object.assign(response, { body, hasEnded: true }),
		end: (body) => Object.assign(response, { body: body ?? response.body, hasEnded: true }),
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
	/** Whether n8n has parsed the body. It has not if the content type is unknown and typeVersion > 1. */
	bodyAlreadyRead?: boolean;
	/** Replaces n8n's own function. The body is then not parsed. */
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

/**
 * Calls the trigger's `webhook()`. `items` are the items that would start the workflow; `undefined` if it does not
 * start.
 */
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
 * The response mode that n8n computes from the trigger's description: `evaluated` by an expression, and `native`
 * without one, if this version of n8n supports it.
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

/** What the canvas shows below the name of a trigger. */
export async function subtitleOf(options: NodeUnderTest): Promise<unknown> {
	const { type, workflow, node } = makeTrigger(options);
	await workflow.expression.acquireIsolate?.();
	try {
		const { subtitle } = type.description;
		return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

function describedWebhook(type: INodeType, name: N8nWorkflow.WebhookType = 'default') {
	const webhook = type.description.webhooks?.find((one) => one.name === name);
	if (!webhook) throw new Error(`${type.description.name} has no webhook called ${name}`);
	return webhook;
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
