// Loads n8n's engine before the modules that use it.
import '../engine/standalone.mjs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { loadPackage, type LoadedPackage } from '../engine/package.mts';
import { errorOf, hintsOf, outputOf, runNode } from '../engine/runNode.mts';
import { showProgress, type ProgressLog } from '../lib/progress.mts';
import { examplesFolder } from '../workflows/importExample.mts';
import { expectedOutcomes, lostResponseReference } from './expectedOutcomes.mts';
import { buildReports, findViolations, sumMoved, sumReported } from './invariants.mts';
import { formatRubles, readSheet, type RecipientRow, type ResultRow } from './sheets.mts';
import { formatTable } from './table.mts';

/** Payouts that a person approves stay where they are: this demo has no confirming workflow. */
const expected = Object.fromEntries(
	Object.entries(expectedOutcomes).map(([reference, outcome]) => [
		reference,
		['PAY-0122', 'PAY-0123', 'PAY-0124'].includes(reference) ? 'awaitingConfirmation' : outcome,
	]),
);

/** A run of one node of `examples/pay-a-csv.json`: its items, the rows that failed, and its summary. */
interface NodeRun {
	items: INodeExecutionData[];
	failed: IDataObject[];
	summary: string[];
}

/**
 * Pays `examples/recipients.csv` with the nodes of `examples/pay-a-csv.json` in n8n's engine, in this process. Then it
 * pays the list once more and compares the reports with the bank's ledger.
 * @returns one message per violated invariant
 */
export async function runEngineDemo(
	log: ProgressLog,
	print: ProgressLog = console.log,
): Promise<string[]> {
	const sandbox = await startSandbox();
	try {
		log(`the sandbox bank listens at ${sandbox.url}`);
		const example = await openExample(await loadPackage(), sandbox);
		const rows = await readSheet<RecipientRow>(join(examplesFolder, 'recipients.csv'));
		sandbox.faults.add({
			kind: 'resetAfter',
			match: { path: 'start/payout', reference: lostResponseReference },
		});

		log('reading recipients.csv (Payout: Read List) …');
		const first = await payList(example, '1', log);
		const ledger = [...sandbox.ledger.entries];
		const reports = buildReports(rows, first, ledger);
		print(formatTable(reports));
		const [reported, moved] = [sumReported(reports), sumMoved(ledger)].map(formatRubles);
		print(
			`\nreported as succeeded: ${reported} RUB     moved in the bank's ledger: ${moved} RUB\n`,
		);
		const violations = findViolations(reports, ledger, expected);

		log('paying the same list again, as after a crash …');
		const second = await payList(example, '2', log);
		const movedAgain = sumMoved(sandbox.ledger.entries) - sumMoved(ledger);
		if (movedAgain !== 0) violations.push(`the second run moved ${formatRubles(movedAgain)} RUB`);
		for (const { reference, outcome } of second) {
			if (outcome === 'succeeded')
				violations.push(`${reference}: the second run reports it as paid`);
		}
		return violations;
	} finally {
		await sandbox.stop();
	}
}

type Example = Awaited<ReturnType<typeof openExample>>;

async function openExample(loader: LoadedPackage, sandbox: Sandbox) {
	const { nodes } = JSON.parse(await readFile(join(examplesFolder, 'pay-a-csv.json'), 'utf8')) as {
		nodes: INode[];
	};
	const list = await readFile(join(examplesFolder, 'recipients.csv'));
	const bank131Api = {
		environment: 'custom',
		customUrl: sandbox.url,
		project: sandbox.project,
		privateKey: sandbox.partnerPrivateKey,
	};
	return {
		sandbox,
		file: { data: list.toString('base64'), mimeType: 'text/csv', fileName: 'recipients.csv' },
		/** Runs a node of the example with these items. */
		async run(name: string, items: INodeExecutionData[], executionId: string): Promise<NodeRun> {
			const node = nodes.find((one) => one.name === name);
			if (!node) throw new Error(`examples/pay-a-csv.json has no node "${name}"`);
			const { parameters, onError, retryOnFail, maxTries, waitBetweenTries } = node;
			const run = await runNode({
				loader,
				nodeName: 'bank131',
				credentials: node.credentials && { bank131Api },
				parameters,
				node: { onError, retryOnFail, maxTries, waitBetweenTries },
				items,
				executionId,
			});
			const error = errorOf(run);
			if (error) throw new Error(`${name}: ${[error.message, error.description].join(' ')}`);
			return {
				items: outputOf(run),
				failed: outputOf(run, 1).map(({ json }) => json.error as IDataObject),
				summary: hintsOf(run).map(({ message }) => message),
			};
		},
	};
}

/** Reads and checks the list, asks the tax service about the self-employed, and pays. Returns a row per recipient. */
async function payList(
	example: Example,
	executionId: string,
	log: ProgressLog,
): Promise<ResultRow[]> {
	const list = await example.run(
		'Read List',
		[{ json: {}, binary: { data: example.file } }],
		executionId,
	);
	const isFirst = executionId === '1';
	if (isFirst) for (const text of list.summary) log(text.replaceAll('<br>', '\n            '));
	const results = list.failed.map((error) => resultOf(error, { outcome: 'rejected' }));

	const [selfEmployed, others] = partition(list.items, ({ json }) => Boolean(json.selfEmployedInn));
	const checks = await example.run('Check Self-Employed', selfEmployed, executionId);
	const toPay = [...others];
	for (const [index, item] of selfEmployed.entries()) {
		if (checks.items[index]?.json.canGetReceipt === true) toPay.push(item);
		else {
			const problem = 'The tax service does not know this person as self-employed';
			results.push(resultOf(item.json, { outcome: 'notSelfEmployed', problem }));
		}
	}

	if (isFirst) log(`paying ${toPay.length} recipients (Payout: Send) …`);
	const { sandbox } = example;
	const countPaid = () => sandbox.ledger.entries.filter(({ kind }) => kind === 'payout').length;
	const stop = isFirst ? showProgress(() => `paid ${countPaid()}`) : () => {};
	const sent = await example.run('Send Payout', toPay, executionId).finally(stop);
	// The second hint names the columns, which Read List has named already.
	log(sent.summary[0]);
	results.push(...sent.items.map(({ json }) => resultOf(json)));
	results.push(...sent.failed.map((error) => resultOf(error)));
	return results;
}

const partition = <Item,>(items: Item[], isIn: (item: Item) => boolean): [Item[], Item[]] => [
	items.filter(isIn),
	items.filter((item) => !isIn(item)),
];

/** A row of the result from an output of the node: an item, or the `error` of a row that failed. */
function resultOf(output: IDataObject, more: Partial<ResultRow> = {}): ResultRow {
	const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
	return {
		line: text(output.line),
		reference: text(output.reference),
		outcome: text(output.outcome),
		amount: text(output.amount),
		session: text(output.sessionId),
		problem: text(output.message),
		remedy: text(output.advice ?? output.description),
		...more,
	};
}
