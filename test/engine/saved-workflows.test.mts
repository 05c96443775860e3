/**
 * Nodes of workflows that were saved with an earlier version of this package (commit d467643) send the same requests,
 * and n8n's check for missing required parameters does not stop them.
 *
 * The nodes (test/fixtures/saved) have the parameters that n8n stores, without defaults: those of the examples of that
 * commit, and one or more for each operation and each method of payout and payment. `requests` holds what the code of
 * that commit sent for each item. It was recorded with this file and an unpacked and built copy of the commit:
 *
 *     RECORD_REQUESTS=1 BANK131_PACKAGE_DIR=../old npx jest --selectProjects engine --testPathPatterns saved-workflows
 *
 * Without RECORD_REQUESTS the file tests the package of this folder (`npm run build` first). What fails here would
 * change or stop the workflows of users. The requests are never recorded again with a later commit: such a change needs
 * a new parameter or a new version of the node. Nodes may be added, with requests recorded by the commit above.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject, INode, INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { errorOf, projectDir, wf } from '../support/engine.mts';
import { usePackage } from '../support/engineFixture.mts';
import {
	readFixture,
	recordedPartner,
	useRecorder,
	type RecordedRun,
	type ScriptedAnswers,
	type Sent,
} from '../support/recorder.mts';

interface SavedNode {
	name: string;
	parameters: INodeParameters;
	/** The same with some defaults written out; expressions replace the values of these. */
	written?: INodeParameters;
	/** By default `v2`. Since then `confirm_information` of a v1 webhook is sent in v2 spelling, which v2 needs. */
	apiVersion?: 'v1';
	/** Node settings such as On Error. */
	settings?: Partial<INode>;
	/** Output of other nodes to which the expressions refer. */
	earlier?: Record<string, IDataObject[]>;
	/** Responses of the bank. Without them the operations are answered by the recorder, the examples by the sandbox. */
	answers?: ScriptedAnswers;
	/** Each is the input of one run. By default one empty item. */
	items?: IDataObject[];
	/** For each item what the old code sent. */
	requests?: Sent[][];
	/** The output has the session of the bank, because Simplify is off. */
	hasSession?: boolean;
}

const FILES = { operations: 'saved/operations.json', examples: 'saved/examples.json' };
const operations = readFixture<SavedNode[]>(FILES.operations);
const examples = readFixture<SavedNode[]>(FILES.examples);
const isRecording = process.env.RECORD_REQUESTS !== undefined;
const named = (nodes: SavedNode[]) => nodes.map((node) => [node.name, node] as const);

const recorder = useRecorder();
const bank131 = usePackage();

async function run(node: SavedNode, item: IDataObject, forwardTo?: string): Promise<RecordedRun> {
	const { parameters, answers, settings, earlier } = node;
	return await recorder.runParameters(parameters, answers, {
		apiVersion: node.apiVersion ?? 'v2',
		item,
		earlier,
		node: settings,
		...(answers === undefined && { forwardTo }),
	});
}

/** The requests without what differs in each run: the current time, IDs of the sandbox, how often a status was read. */
function comparable(sent: Sent[]): Sent[] {
	const text = JSON.stringify(sent)
		.replace(/("request_datetime":)"[^"]*"/g, '$1"now"')
		.replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, 'uuid')
		.replace(/\?signature=[\da-f]+/g, '');
	const requests = JSON.parse(text) as Sent[];
	const isRepeated = (at: number) =>
		JSON.stringify(requests[at]) === JSON.stringify(requests[at - 1]);
	return requests.filter((_request, at) => !isRepeated(at));
}

/** Compares with the record, or records. */
function expectRecorded(node: SavedNode, at: number, sent: Sent[]): void {
	if (!isRecording) return expect(comparable(sent)).toEqual(node.requests?.[at]);
	node.requests ??= [];
	node.requests[at] = comparable(sent);
}

/** The parameters with an expression in place of each value, and the item from which these read the values. */
function byExpressions(parameters: INodeParameters): {
	parameters: INodeParameters;
	item: IDataObject;
} {
	const values: IDataObject = {};
	const convert = (value: NodeParameterValueType): NodeParameterValueType => {
		if (Array.isArray(value)) return value.map(convert) as NodeParameterValueType;
		if (value !== null && typeof value === 'object') {
			const { __rl, cachedResultName, ...others } = value as INodeParameters;
			const entries = Object.entries(others).map(([key, part]) => [key, convert(part)]);
			return {
				...(Object.fromEntries(entries) as INodeParameters),
				...(__rl !== undefined && { __rl, mode: 'id' }),
				...(cachedResultName !== undefined && { cachedResultName }),
			};
		}
		const name = `value${Object.keys(values).length}`;
		values[name] = value as IDataObject[string];
		return `={{ $json.${name} }}`;
	};
	const { resource, operation, ...others } = parameters;
	const converted = convert(others) as INodeParameters;
	return { parameters: { resource, operation, ...converted }, item: values };
}

describe('a saved node of each operation', () => {
	test.each(named(operations))('%s', async (_name, node) => {
		const { run: result, sent, items } = await run(node, {});
		expect(errorOf(result)).toBeUndefined();
		expectRecorded(node, 0, sent);
		const hasSession = items[0]?.session !== undefined;
		if (isRecording && hasSession) node.hasSession = true;
		expect(hasSession).toBe(node.hasSession ?? false);
	});

	test.each(named(operations))('%s, all fields by expressions', async (_name, node) => {
		const { item, ...saved } = byExpressions(node.written ?? node.parameters);
		const { run: result, sent } = await run({ ...node, ...saved }, item);
		expect(errorOf(result)).toBeUndefined();
		expect(comparable(sent)).toEqual(node.requests?.[0]);
	});
});

describe('the nodes of the saved examples', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ processingMs: 2, ...recordedPartner });
	});
	afterAll(async () => await sandbox.stop());

	const runs = examples.flatMap((node) =>
		(node.items ?? [{}]).map((item, at) => [`${node.name}, item ${at}`, node, item, at] as const),
	);
	test.each(runs)('%s', async (_name, node, item, at) => {
		sandbox.reset();
		const { sent } = await run(node, item, sandbox.url);
		expectRecorded(node, at, sent);
	});
});

/** Nodes of the examples that send nothing. */
const unsent: Array<[node: string, parameters: INodeParameters]> = [
	['bank131', { resource: 'report', operation: 'read', options: {} }],
	[
		'bank131',
		{
			resource: 'report',
			operation: 'reconcile',
			reportRows: "={{ $('Read the Report').all() }}",
			sheetSessionId: '={{ $json.session }}',
			sheetReference: '={{ $json.reference }}',
			sheetAmount: '={{ $json.amount }}',
			options: { onlyDifferences: true },
		},
	],
	['bank131Trigger', { events: ['payment_finished'] }],
	['bank131Trigger', { events: ['payment_finished', 'payment_refunded'] }],
	[
		'bank131Trigger',
		{ events: ['ready_to_confirm', 'payment_finished'], options: { answer: 'whenEnded' } },
	],
];

test.each(unsent)('%s with %j: no missing parameter', (nodeName, parameters) => {
	expect(issuesOf(nodeName, parameters)).toBeNull();
});

test('a node without a required parameter: the check finds it', () => {
	expect(issuesOf('bank131', { resource: 'payout', operation: 'send' })).not.toBeNull();
});

/** What n8n finds before a run, and before it publishes a workflow. */
function issuesOf(nodeName: string, parameters: INodeParameters): unknown {
	const { type } = bank131.loader.getNode(nodeName);
	const { description } = wf.NodeHelpers.getVersionedNodeType(type);
	const { properties } = description;
	const node = { typeVersion: description.version, parameters } as INode;
	const stored = [properties, parameters, true, false, node, description] as const;
	node.parameters = wf.NodeHelpers.getNodeParameters(...stored)!;
	const getIssues = wf.NodeHelpers.getNodeParametersIssues as (...input: unknown[]) => unknown;
	// n8n-workflow 1.83 has no parameter for the description.
	return getIssues(properties, node, ...(getIssues.length > 3 ? [description] : []));
}

if (isRecording) {
	afterAll(() => {
		for (const [file, nodes] of [
			[FILES.operations, operations],
			[FILES.examples, examples],
		] as const) {
			const text = `${JSON.stringify(nodes, null, '\t')}\n`;
			writeFileSync(path.join(projectDir, 'test/fixtures', file), text);
		}
	});
}
