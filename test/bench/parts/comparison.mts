import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { IVersionedNodeType } from 'n8n-workflow';

import { cacheFolder } from '../../../playground/install/cache.mts';
import type { LoadedPackage } from '../../support/engine.mts';
import type { SandboxProcess } from '../support/sandboxProcess.mts';
import {
	createMinimalRunner,
	createRunner,
	wrapNode,
	type NodeRunner,
} from '../support/minimalNode.mts';
import { atLeast, median, ratio, seconds, type ResultRow } from '../report/table.mts';

const LATENCY_MS = 50;
/** The maximum of Parallel Requests: n8n's HTTP Request node sends all items of a batch at once. */
const IN_FLIGHT = 100;
const LOOP_COUNT = 50;
/** Rounds until V8 has optimised both. */
const WARM_UP = 5;

/** The same call, session/create, by this package, by n8n's HTTP Request node and by a sequential loop. */
export async function comparison(
	loader: LoadedPackage,
	sandbox: SandboxProcess,
	rounds: number,
): Promise<ResultRow[]> {
	await sandbox.reset(LATENCY_MS);
	const ours = createRunner(loader, 'bank131', sandbox, {
		resource: 'session',
		operation: 'create',
		options: { parallelRequests: IN_FLIGHT },
	});
	const rows: ResultRow[] = [];
	const metric = `${IN_FLIGHT} calls at once: HTTP Request node's time ÷ ours`;
	const packageFile = findNodesBase();
	if (packageFile === undefined) {
		const measured = `skipped: no n8n-nodes-base below ${cacheFolder()} (npm run demo -- --n8n installs it)`;
		rows.push({ metric, measured, limit: '≥ 1' });
	} else {
		rows.push(
			await sideBySide(metric, ours, httpRequestNode(packageFile, loader, sandbox), rounds),
		);
	}
	const parallelMs = await ours(1000);
	const sequentialMs =
		(await createMinimalRunner(loader, sandbox, 1)(LOOP_COUNT)) * (1000 / LOOP_COUNT);
	rows.push({
		metric: `1,000 calls: a node that sends item after item ÷ ours with Parallel = ${IN_FLIGHT}`,
		measured: `${ratio(sequentialMs / parallelMs)} (${seconds(sequentialMs)}, extrapolated from ${LOOP_COUNT} calls, ÷ ${seconds(parallelMs)})`,
		limit: '',
	});
	return rows;
}

async function sideBySide(
	metric: string,
	ours: NodeRunner,
	reference: NodeRunner,
	rounds: number,
): Promise<ResultRow> {
	for (let round = 0; round < WARM_UP; round++) {
		await ours(IN_FLIGHT);
		await reference(IN_FLIGHT);
	}
	const times: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds * 10; round++) {
		times[0].push(await ours(IN_FLIGHT));
		times[1].push(await reference(IN_FLIGHT));
	}
	const [ourTime, referenceTime] = times.map(median);
	return atLeast(
		metric,
		referenceTime / ourTime,
		1,
		`${referenceTime.toFixed(0)} ms ÷ ${ourTime.toFixed(0)} ms`,
	);
}

/** package.json of n8n's nodes, if the playground has installed an n8n. */
function findNodesBase(): string | undefined {
	const cache = cacheFolder();
	const hosts = existsSync(cache) ? readdirSync(cache).filter((name) => /^n8n-/.test(name)) : [];
	return hosts
		.map((name) => path.join(cache, name, 'node_modules/n8n-nodes-base/package.json'))
		.find((file) => existsSync(file));
}

function httpRequestNode(
	packageFile: string,
	loader: LoadedPackage,
	sandbox: SandboxProcess,
): NodeRunner {
	const { HttpRequest } = createRequire(packageFile)(
		'./dist/nodes/HttpRequest/HttpRequest.node.js',
	) as {
		HttpRequest: new () => IVersionedNodeType;
	};
	const type = new HttpRequest();
	const parameters = {
		method: 'POST',
		url: `${String(sandbox.credentials.bank131Api.customUrl)}/api/v2/session/create`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'bank131Api',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '{}',
		options: {},
	};
	// n8n identifies by this name the only node that may use credentials of any type.
	const wrapped = wrapNode(loader, type, 'n8n-nodes-base');
	return createRunner(wrapped, 'httpRequest', sandbox, parameters, type.currentVersion);
}
