/** Payouts through the built node in n8n's real engine, paid by a sandbox of the test's own. */
import type { INode, INodeExecutionData, INodeParameters, IRun } from 'n8n-workflow';

import {
	startSandbox,
	type LedgerEntry,
	type RequestRecord,
	type Sandbox,
} from '../../sandbox/sandbox.mts';
import type { SandboxOptions } from '../../sandbox/sandboxTypes.mts';
import {
	loadPackage,
	outputOf,
	projectDir,
	startNodeRun,
	type Credentials,
	type LoadedPackage,
} from './engine.mts';

// Outputs are read as they come: tests look into them freely.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

export interface Bench {
	sandbox: Sandbox;
	loader: LoadedPackage;
}

/** A sandbox and the package; `BANK131_PACKAGE_DIR` names another build of it, e.g. an unpacked tarball. */
export async function openBench(options: SandboxOptions = {}): Promise<Bench> {
	const sandbox = await startSandbox({ processingMs: 2, ...options });
	faultsKnowSessions(sandbox);
	return { sandbox, loader: await loadPackage(process.env.BANK131_PACKAGE_DIR ?? projectDir) };
}

/** A fault's `reference` also means the session that was created for it: status and confirm carry nothing else. */
function faultsKnowSessions(sandbox: Sandbox): void {
	const { faults } = sandbox;
	const strike = faults.fireMatching.bind(faults);
	faults.fireMatching = (target, webhook) => {
		const references = [
			...(target.references ?? []),
			referenceOfSession(sandbox, target.sessionId),
		];
		return strike({ ...target, references }, webhook);
	};
}

/** The reference that `Payout: Send` gave a session. */
export function referenceOfSession(sandbox: Sandbox, sessionId = ''): unknown {
	const draft: Loose = sandbox.sessions.find(sessionId)?.draft;
	return draft?.metadata?.reference;
}

export function credentialFor(sandbox: Sandbox, fields: object = {}): Credentials {
	return {
		bank131Api: {
			environment: 'custom',
			customUrl: sandbox.url,
			project: sandbox.project,
			privateKey: sandbox.partnerPrivateKey,
			apiVersion: 'v2',
			...fields,
		},
	};
}

/** One line of the payouts sheet. */
export interface Row {
	ref: unknown;
	amount?: unknown;
	card?: unknown;
	name?: unknown;
	[column: string]: unknown;
}

export const CARD = '4242424242424242';

/** `count` good lines: prefix-1 gets 101.00, prefix-2 gets 102.00, … */
export const rowsOf = (prefix: string, count: number): Row[] =>
	Array.from({ length: count }, (_, index) => ({
		ref: `${prefix}-${index + 1}`,
		amount: `${101 + index}.00`,
		card: CARD,
		name: 'Иванов Иван Иванович',
	}));

/** `Payout: Send` of a sheet's line to its card. */
export const sendToCard: INodeParameters = {
	resource: 'payout',
	operation: 'send',
	reference: '={{ $json.ref }}',
	amount: '={{ $json.amount }}',
	payoutMethod: 'cardNumber',
	cardNumber: '={{ $json.card }}',
	recipientName: '={{ $json.name }}',
};

export interface PayOptions {
	/** Over `sendToCard`. */
	parameters?: INodeParameters;
	/** The node's Options collection. */
	options?: INodeParameters;
	/** Node settings, e.g. `{ onError: 'continueErrorOutput', retryOnFail: true }`. */
	node?: Partial<INode>;
	/** Over the sandbox's credential. */
	credential?: object;
	credentials?: Credentials;
	executionId?: string;
}

export const itemsOf = (rows: readonly object[]): INodeExecutionData[] =>
	rows.map((row) => ({ json: { ...row } as INodeExecutionData['json'] }));

/** Starts the node on these rows; the answer is n8n's promise of a run, with `cancel()`. */
export function startPaying(bench: Bench, rows: readonly object[], pay: PayOptions = {}) {
	return startNodeRun({
		loader: bench.loader,
		nodeName: 'bank131',
		credentials: pay.credentials ?? credentialFor(bench.sandbox, pay.credential),
		parameters: { ...sendToCard, ...pay.parameters, options: pay.options ?? {} },
		items: itemsOf(rows),
		node: { waitBetweenTries: 1, ...pay.node },
		executionId: pay.executionId,
	});
}

export async function payAll(
	bench: Bench,
	rows: readonly object[],
	pay: PayOptions = {},
): Promise<IRun> {
	return await startPaying(bench, rows, pay);
}

/** Another operation of the node on one item (or these). */
export async function runOperation(
	bench: Bench,
	resource: string,
	operation: string,
	parameters: INodeParameters,
	more: PayOptions & { rows?: readonly object[] } = {},
): Promise<IRun> {
	return await startNodeRun({
		loader: bench.loader,
		nodeName: 'bank131',
		credentials: more.credentials ?? credentialFor(bench.sandbox, more.credential),
		parameters: { resource, operation, ...parameters, options: more.options ?? {} },
		items: itemsOf(more.rows ?? [{}]),
		node: { waitBetweenTries: 1, ...more.node },
		executionId: more.executionId,
	});
}

export const continueRegular: Partial<INode> = { onError: 'continueRegularOutput' };
export const continueError: Partial<INode> = { onError: 'continueErrorOutput' };

/** The json of all items of one output. */
export const jsonOf = (run: IRun, output = 0): Loose[] =>
	outputOf(run, output).map(({ json }) => json);

/** The payouts that the ledger holds for a reference. */
export const paidFor = (sandbox: Sandbox, reference: unknown): LedgerEntry[] =>
	sandbox.ledger.entries.filter(
		({ kind, metadata }) =>
			kind === 'payout' && (metadata as Loose | undefined)?.reference === reference,
	);

/** Money went to each of these rows exactly once, with its own amount, and to nobody twice. */
export function expectPaidOnce(sandbox: Sandbox, rows: readonly Row[]): void {
	const paid = rows.map(({ ref }) => paidFor(sandbox, ref).map(({ amount }) => amount));
	expect(paid).toEqual(rows.map(({ amount }) => [Math.round(Number(amount) * 100)]));
	expect(sandbox.ledger.paidTwice()).toEqual([]);
}

export function expectNotPaid(sandbox: Sandbox, references: readonly unknown[]): void {
	expect(references.flatMap((reference) => paidFor(sandbox, reference))).toEqual([]);
}

/** What the node calls succeeded is what left the bank, to the kopeck. */
export function expectMoneyMovedEqualsSucceeded(sandbox: Sandbox, run: IRun): void {
	const succeeded = jsonOf(run).filter(({ outcome }) => outcome === 'succeeded');
	const sum = succeeded.reduce((total, { amountMinorUnits }) => total + amountMinorUnits, 0);
	expect(sandbox.moneyMoved()).toBe(sum);
	expect(sandbox.ledger.paidTwice()).toEqual([]);
}

/** Requests to one method, e.g. `session/confirm`, in either API version. */
export const requestsTo = (sandbox: Sandbox, method: string): RequestRecord[] =>
	sandbox.requests.filter(({ path }) => path.replace(/^v\d\//, '') === method);

/** Runs all jobs, at most `limit` at a time, and keeps the order of the answers. */
export async function inParallel<T, R>(
	inputs: readonly T[],
	limit: number,
	job: (input: T) => Promise<R>,
): Promise<R[]> {
	const results: R[] = new Array<R>(inputs.length);
	let next = 0;
	const worker = async () => {
		for (let index = next++; index < inputs.length; index = next++) {
			results[index] = await job(inputs[index]);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, worker));
	return results;
}
