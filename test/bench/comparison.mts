import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	IVersionedNodeType,
} from 'n8n-workflow';

import { cacheFolder } from '../../playground/host/cache.mts';
import { errorOf, outputOf, runNode, type LoadedPackage } from '../support/engine.mts';
import type { BankProcess } from './bankProcess.mts';
import { atLeast, median, ratio, seconds, type Row } from './table.mts';

const LATENCY_MS = 50;
/** As many as the node's Parallel Requests allows: n8n's HTTP Request node sends all items of a batch at once. */
const IN_FLIGHT = 100;
const COUNT = 1000;

type Sender = (count: number) => Promise<number>;

/** The same call, session/create, made by this package, by n8n's HTTP Request node and by a loop that awaits. */
export async function comparison(
	loader: LoadedPackage,
	bank: BankProcess,
	rounds: number,
): Promise<Row[]> {
	await bank.open(LATENCY_MS);
	const ours = senderOf(loader, 'bank131', bank, {
		resource: 'session',
		operation: 'create',
		options: { parallelRequests: IN_FLIGHT },
	});
	const rows: Row[] = [];
	const what = `${IN_FLIGHT} calls at once: HTTP Request node's time ÷ ours`;
	const base = nodesBase();
	if (base === undefined) {
		const measured = `skipped: no n8n-nodes-base below ${cacheFolder()} (npm run demo installs it)`;
		rows.push({ what, measured, bar: '≥ 1' });
	} else {
		const theirs = httpRequestNode(base, loader, bank);
		rows.push(await sideBySide(what, ours, theirs, rounds));
	}
	const oursFull = await ours(COUNT);
	const loop = await senderOf(sequential(loader), 'loop', bank, {})(COUNT / 20);
	rows.push({
		what: `1,000 calls, Parallel = ${IN_FLIGHT}: a node that awaits item after item ÷ ours`,
		measured: `${ratio((loop * 20) / oursFull)} (${seconds(loop * 20)} by 50 of them ÷ ${seconds(oursFull)})`,
		bar: '',
	});
	return rows;
}

async function sideBySide(
	what: string,
	ours: Sender,
	theirs: Sender,
	rounds: number,
): Promise<Row> {
	await ours(IN_FLIGHT);
	await theirs(IN_FLIGHT);
	const times: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds * 10; round++) {
		times[0].push(await ours(IN_FLIGHT));
		times[1].push(await theirs(IN_FLIGHT));
	}
	const [our, their] = times.map(median);
	return atLeast(what, their / our, 1, `${their.toFixed(0)} ms ÷ ${our.toFixed(0)} ms`);
}

function senderOf(
	loader: LoadedPackage,
	nodeName: string,
	{ credentials }: BankProcess,
	parameters: Record<string, string | object>,
	typeVersion = 1,
): Sender {
	return async (count) => {
		const items = Array.from({ length: count }, (_, n) => ({ json: { n } }));
		const started = performance.now();
		const run = await runNode({
			loader,
			nodeName,
			credentials,
			parameters: parameters as never,
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

/** n8n's own nodes, where the playground has installed an n8n. */
function nodesBase(): string | undefined {
	const cache = cacheFolder();
	const hosts = existsSync(cache)
		? readdirSync(cache).filter((name) => name.startsWith('n8n-'))
		: [];
	return hosts
		.map((name) => path.join(cache, name, 'node_modules/n8n-nodes-base/package.json'))
		.find((file) => existsSync(file));
}

function httpRequestNode(base: string, loader: LoadedPackage, bank: BankProcess): Sender {
	const { HttpRequest } = createRequire(base)('./dist/nodes/HttpRequest/HttpRequest.node.js') as {
		HttpRequest: new () => IVersionedNodeType;
	};
	const type = new HttpRequest();
	const parameters = {
		method: 'POST',
		url: `${String(bank.credentials.bank131Api.customUrl)}/api/v2/session/create`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'bank131Api',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '{}',
		options: {},
	};
	return senderOf(standIn(loader, type), 'httpRequest', bank, parameters, type.currentVersion);
}

/** What every payment node for n8n does. */
function sequential(loader: LoadedPackage): LoadedPackage {
	const type = {
		description: {
			displayName: 'Loop',
			name: 'loop',
			group: ['output'],
			version: 1,
			description: '',
			defaults: { name: 'Loop' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'bank131Api', required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const { customUrl } = await this.getCredentials('bank131Api');
			const items: INodeExecutionData[] = [];
			for (const [item] of this.getInputData().entries()) {
				const json = await this.helpers.httpRequestWithAuthentication.call(this, 'bank131Api', {
					method: 'POST',
					url: `${String(customUrl)}/api/v2/session/create`,
					body: {},
				});
				items.push({ json, pairedItem: { item } });
			}
			return [items];
		},
	} as unknown as INodeType;
	return standIn(loader, type);
}

const standIn = (loader: LoadedPackage, type: INodeType | IVersionedNodeType): LoadedPackage => ({
	packageName: 'bench',
	getNode: () => ({ type }),
	getCredential: (name) => loader.getCredential(name),
});
