import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { IVersionedNodeType } from 'n8n-workflow';

import { cacheFolder } from '../../../playground/install/cache.mts';
import type { LoadedPackage } from '../../support/engine.mts';
import type { BankProcess } from '../support/sandboxProcess.mts';
import { bareSender, senderOf, standIn, type Sender } from '../support/minimalNode.mts';
import { atLeast, median, ratio, seconds, type Row } from '../report/table.mts';

const LATENCY_MS = 50;
/** As many as the node's Parallel Requests allows: n8n's HTTP Request node sends all items of a batch at once. */
const IN_FLIGHT = 100;
const LOOP_COUNT = 50;
/** Until V8 has optimised both. */
const WARM_UP = 5;

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
		rows.push(await sideBySide(what, ours, httpRequestNode(base, loader, bank), rounds));
	}
	const fast = await ours(1000);
	const loop = (await bareSender(loader, bank, 1)(LOOP_COUNT)) * (1000 / LOOP_COUNT);
	rows.push({
		what: `1,000 calls: a node that awaits item after item ÷ ours with Parallel = ${IN_FLIGHT}`,
		measured: `${ratio(loop / fast)} (${seconds(loop)}, taken from ${LOOP_COUNT} calls, ÷ ${seconds(fast)})`,
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
	for (let round = 0; round < WARM_UP; round++) {
		await ours(IN_FLIGHT);
		await theirs(IN_FLIGHT);
	}
	const times: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds * 10; round++) {
		times[0].push(await ours(IN_FLIGHT));
		times[1].push(await theirs(IN_FLIGHT));
	}
	const [our, their] = times.map(median);
	return atLeast(what, their / our, 1, `${their.toFixed(0)} ms ÷ ${our.toFixed(0)} ms`);
}

/** n8n's own nodes, where the playground has installed an n8n. */
function nodesBase(): string | undefined {
	const cache = cacheFolder();
	const hosts = existsSync(cache) ? readdirSync(cache).filter((name) => /^n8n-/.test(name)) : [];
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
	// By this name n8n knows the one node that may use credentials of any type.
	const home = standIn(loader, type, 'n8n-nodes-base');
	return senderOf(home, 'httpRequest', bank, parameters, type.currentVersion);
}
