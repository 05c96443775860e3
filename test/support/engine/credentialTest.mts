/** Runs the connection test of a credential. */
import type {
	ICredentialDataDecryptedObject,
	INode,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

import { core, wf } from '../../../playground/engine/n8n.mts';
import type { LoadedPackage } from '../../../playground/engine/package.mts';
import {
	makeAdditionalData,
	makeNodeTypes,
	makeRunExecutionData,
	makeWorkflowData,
} from '../../../playground/engine/workflow.mts';

const NO_OP = 'n8n-nodes-base.noOp';

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
 * Tests a credential by the rules of n8n's CredentialsTester (cli/services/credentials-tester.service.js): RoutingNode
 * runs the request on a temporary NoOp node, then the rules of the credential's `test` are applied.
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
