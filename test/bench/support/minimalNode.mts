import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IVersionedNodeType,
} from 'n8n-workflow';

import { errorOf, outputOf, runNode, type LoadedPackage } from '../../support/engine.mts';
import type { BankProcess } from './sandboxProcess.mts';

/** Runs a node on so many items; the answer is how long it took, ms. */
export type Sender = (count: number) => Promise<number>;

export function senderOf(
	loader: LoadedPackage,
	nodeName: string,
	{ credentials }: BankProcess,
	parameters: INodeParameters,
	typeVersion = 1,
): Sender {
	return async (count) => {
		const items = Array.from({ length: count }, (_, n) => ({ json: { n } }));
		const started = performance.now();
		const run = await runNode({
			loader,
			nodeName,
			credentials,
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

export const standIn = (
	loader: LoadedPackage,
	type: INodeType | IVersionedNodeType,
	packageName = 'bench',
): LoadedPackage => ({
	packageName,
	getNode: () => ({ type }),
	getCredential: (name) => loader.getCredential(name),
});

/**
 * One call of n8n's HTTP helper per item, `inFlight` at once, and nothing else: no checks, no limits, no session. With 1
 * this is what every payment node for n8n does; with more it is the fastest a node can be.
 */
export function bareSender(loader: LoadedPackage, bank: BankProcess, inFlight: number): Sender {
	const type = {
		description: {
			displayName: 'Bare',
			name: 'bare',
			group: ['output'],
			version: 1,
			description: '',
			defaults: { name: 'Bare' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'bank131Api', required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const url = `${String(bank.credentials.bank131Api.customUrl)}/api/v2/session/create`;
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
	return senderOf(standIn(loader, type), 'bare', bank, {});
}
