import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IVersionedNodeType,
} from 'n8n-workflow';

import { errorOf, outputOf, runNode, type LoadedPackage } from '../../support/engine.mts';
import { EncryptedCredentialsHelper } from './encryptedCredentials.mts';
import type { SandboxProcess } from './sandboxProcess.mts';

/** Runs a node on `count` items and resolves to the duration, ms. */
export type NodeRunner = (count: number) => Promise<number>;

/**
 * Creates a runner of a node in n8n's engine.
 * @throws (the runner) if the node fails or returns another number of items
 */
export function createRunner(
	loader: LoadedPackage,
	nodeName: string,
	{ credentials }: SandboxProcess,
	parameters: INodeParameters,
	typeVersion = 1,
): NodeRunner {
	return async (count) => {
		const items = Array.from({ length: count }, (_, n) => ({ json: { n } }));
		const credentialsHelper = await EncryptedCredentialsHelper.create(loader, credentials);
		const started = performance.now();
		const run = await runNode({
			loader,
			nodeName,
			credentials,
			credentialsHelper,
			parameters,
			typeVersion,
			items,
		});
		const ms = performance.now() - started;
		const error = errorOf(run);
		if (error || outputOf(run).length !== count) {
			throw new Error(`${nodeName}: ${error?.message ?? 'items are missing'}`);
		}
		return ms;
	};
}

/** A package with this node type only, and the credential types of `loader`. */
export const wrapNode = (
	loader: LoadedPackage,
	type: INodeType | IVersionedNodeType,
	packageName = 'benchmark',
): LoadedPackage => ({
	packageName,
	getNode: () => ({ type }),
	getCredential: (name) => loader.getCredential(name),
});

/**
 * A runner of a minimal node: one call of n8n's HTTP helper per item, `inFlight` at once, without checks, limits or
 * sessions. With 1 it works like other payment nodes for n8n; with more it is the fastest possible node.
 */
export function createMinimalRunner(
	loader: LoadedPackage,
	sandbox: SandboxProcess,
	inFlight: number,
): NodeRunner {
	const type = {
		description: {
			displayName: 'Minimal',
			name: 'minimal',
			group: ['output'],
			version: 1,
			description: '',
			defaults: { name: 'Minimal' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'bank131Api', required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const url = `${String(sandbox.credentials.bank131Api.customUrl)}/api/v2/session/create`;
			const output: INodeExecutionData[] = [];
			const left = this.getInputData().entries();
			const worker = async () => {
				for (const [item] of left) {
					const options = { method: 'POST' as const, url, body: { metadata: { item } } };
					const send = this.helpers.httpRequestWithAuthentication;
					output[item] = {
						json: await send.call(this, 'bank131Api', options),
						pairedItem: { item },
					};
				}
			};
			await Promise.all(Array.from({ length: inFlight }, worker));
			return [output];
		},
	} as unknown as INodeType;
	return createRunner(wrapNode(loader, type), 'minimal', sandbox, {});
}
