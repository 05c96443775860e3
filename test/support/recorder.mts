/** Runs the built node against a server that records requests and returns scripted responses. There is no bank. */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';

import type { IDataObject, INode, INodeParameters, INodeProperties, IRun } from 'n8n-workflow';

import { forgeVerifies, makeKeyFiles } from './keys.mts';
import {
	hostRequire,
	loadPackage,
	outputOf,
	projectDir,
	runNode,
	type LoadedPackage,
} from './engine.mts';
import { RawServer, type ReceivedRequest } from './rawServer.mts';

export interface RegisteredOperation {
	resource: string;
	value: string;
	fields: INodeProperties[];
	/** Operations on data alone have no `run`. */
	run?: unknown;
}

/** A module of the built package. */
function builtModule(file: string): unknown {
	const directory = process.env.BANK131_PACKAGE_DIR ?? projectDir;
	return hostRequire(path.join(directory, 'dist', file));
}

/** The operations in the registry of the built package. */
export const registeredOperations = (): RegisteredOperation[] =>
	(builtModule('nodes/Bank131/registry.js') as { operations: RegisteredOperation[] }).operations;

/** The values of `payoutMethod` that the built package has. */
export const registeredPayoutMethods = (): string[] =>
	(
		builtModule('nodes/Bank131/payoutMethods/index.js') as {
			payoutMethods: Array<{ value: string }>;
		}
	).payoutMethods.map(({ value }) => value);

/** The values of `paymentMethod` that the built package has. */
export const registeredPaymentMethods = (): string[] =>
	(
		builtModule('nodes/Bank131/paymentMethods/index.js') as {
			paymentMethods: Array<{ value: string }>;
		}
	).paymentMethods.map(({ value }) => value);

export const nameOf = ({ resource, value }: RegisteredOperation): string => `${resource}.${value}`;

export const readFixture = <T,>(name: string): T =>
	JSON.parse(readFileSync(path.join(projectDir, 'test/fixtures', name), 'utf8')) as T;

/** By method: one response, or a list for consecutive requests whose last entry repeats. */
export type ScriptedAnswers = Record<string, unknown>;

export interface Sent {
	method: string;
	path: string;
	body?: unknown;
	key?: string;
}

export interface RecordedRun {
	run: IRun;
	sent: Sent[];
	/** The json of the first output. */
	items: Array<Record<string, unknown>>;
}

const keys = makeKeyFiles();
const PROJECT = 'project-131';

/** Options of a sandbox to which a recorder can forward its requests. */
export const recordedPartner = { project: PROJECT, partnerPublicKey: keys.spki };

export interface RecorderOptions {
	apiVersion?: string;
	node?: Partial<INode>;
	/** The input item. */
	item?: IDataObject;
	/** Output of nodes that ran before, by name. */
	earlier?: Record<string, IDataObject[]>;
	/** Address of a sandbox with `recordedPartner` that answers in place of the script. */
	forwardTo?: string;
}

/** A recorder for the tests of a file: registers the hooks that start and stop its server. */
export function useRecorder(): Pick<Recorder, 'run' | 'runParameters'> {
	let recorder: Recorder | undefined;
	beforeAll(async () => {
		recorder = await Recorder.open();
	});
	afterAll(async () => await recorder?.close());
	return {
		run: async (...run) => await recorder!.run(...run),
		runParameters: async (...run) => await recorder!.runParameters(...run),
	};
}

class Recorder {
	private constructor(
		private readonly server: RawServer,
		private readonly loader: LoadedPackage,
	) {}

	static async open(): Promise<Recorder> {
		return new Recorder(await new RawServer().start(), await loadPackage());
	}

	async close(): Promise<void> {
		await this.server.stop();
	}

	/**
	 * Runs `resource.operation` on one item. Keys of `answers` are paths without version, for example `session/create`.
	 */
	async run(
		operation: string,
		parameters: INodeParameters,
		answers: ScriptedAnswers = {},
		options: RecorderOptions = {},
	): Promise<RecordedRun> {
		const [resource, value] = operation.split('.');
		const all = { resource, operation: value, ...parameters };
		return await this.runParameters(all, answers, options);
	}

	/** Runs the node with exactly these parameters on one item. */
	async runParameters(
		parameters: INodeParameters,
		answers: ScriptedAnswers = {},
		{ apiVersion = 'v1', node = {}, item = {}, earlier, forwardTo }: RecorderOptions = {},
	): Promise<RecordedRun> {
		const counts = new Map<string, number>();
		this.server.requests.length = 0;
		this.server.answer = (request) => {
			if (forwardTo !== undefined) return { send: (to) => void forward(request, forwardTo, to) };
			const method = methodOf(request);
			const nth = counts.get(method) ?? 0;
			counts.set(method, nth + 1);
			return answerFor(method, nth, answers, request);
		};
		const run = await runNode({
			loader: this.loader,
			nodeName: 'bank131',
			parameters,
			credentials: {
				bank131Api: {
					environment: 'custom',
					customUrl: this.server.url,
					project: PROJECT,
					privateKey: keys.pkcs8,
					apiVersion,
				},
			},
			node,
			items: [{ json: item }],
			earlier,
		});
		return {
			run,
			sent: this.server.requests.map(readRequest),
			items: outputOf(run).map(({ json }) => json),
		};
	}
}

async function forward(
	{ method, url, headers, body }: ReceivedRequest,
	to: string,
	response: ServerResponse,
): Promise<void> {
	const kept = Object.entries(headers).filter(([name]) => /^(x-partner-|content-type)/.test(name));
	const answer = await fetch(to + url, {
		method,
		headers: kept as Array<[string, string]>,
		...(method !== 'GET' && { body: new Uint8Array(body) }),
	});
	const text = await answer.text();
	response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
}

const methodOf = ({ url }: ReceivedRequest): string => url.replace(/^\/api\/v\d\//, '');

function readRequest({ method, url, headers, body }: ReceivedRequest): Sent {
	expect(headers['x-partner-project']).toBe(PROJECT);
	expect(forgeVerifies(keys.publicKey, body, String(headers['x-partner-sign']))).toBe(true);
	const key = headers['x-partner-idempotency-key'];
	return {
		method,
		path: url,
		...(body.length > 0 && { body: JSON.parse(body.toString('utf8')) as unknown }),
		...(key !== undefined && { key: String(key) }),
	};
}

function answerFor(
	method: string,
	nth: number,
	answers: ScriptedAnswers,
	{ body }: ReceivedRequest,
): { status?: number; body: string } {
	const scripted = answers[method];
	const answer = Array.isArray(scripted)
		? (scripted[Math.min(nth, scripted.length - 1)] as unknown)
		: scripted;
	if (answer !== undefined) {
		const isError = (answer as { status?: string }).status === 'error';
		return { status: isError ? 400 : 200, body: JSON.stringify(answer) };
	}
	if (!/^(session|fps|fiscalization)/.test(method)) return { body: '{"status":"ok"}' };
	const id =
		(JSON.parse(body.toString('utf8') || '{}') as { session_id?: string }).session_id ?? 'ps_3230';
	const status = method.includes('create') ? 'created' : 'accepted';
	const done = [{ id: 'op_3230', status: 'succeeded' }];
	// A flow succeeds only if the session shows the operation that it started.
	const lists = /\/(start|init|capture|confirm)/.test(method) && {
		payout_list: done,
		payment_list: done,
	};
	return { body: JSON.stringify({ status: 'ok', session: { id, status, ...lists } }) };
}
