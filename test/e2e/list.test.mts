/**
 * A list is paid by a workflow that a person builds from an empty canvas: clicks, plain values and drag and drop only,
 * no expression, no JSON. Once with the file of the demo on the server's disk, and twice with a file that a person
 * uploads in n8n's form, which needs no access to the server.
 */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Editor } from '../../playground/browser/editor.mts';
import { expectedOutcomes } from '../../playground/demo/expectedOutcomes.mts';
import { referenceOf, sumMoved } from '../../playground/demo/invariants.mts';
import { formatRubles, parseKopecks, type RecipientRow } from '../../playground/demo/sheets.mts';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import type { WorkflowNode } from '../../playground/rest/types.mts';
import {
	readRecipients,
	recipientsFile,
	writeExcelCsv,
	writeXlsx,
} from './support/recipientSheets.mts';
import { waitFor } from './support/waitFor.mts';
import { labels, WorkflowBuilder } from './support/workflowBuilder.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;
let editor: Editor;
let build: WorkflowBuilder;
let rows: RecipientRow[];

beforeAll(async () => {
	playground = await openPlayground({ log });
	editor = await Editor.open(playground.rest, log);
	await editor.page.goto(playground.server.baseUrl, { waitUntil: 'domcontentloaded' });
	build = new WorkflowBuilder(editor);
	rows = await readRecipients();
});

beforeEach(() => playground.sandbox.reset());

afterAll(async () => {
	await editor?.close();
	await playground?.close();
});

const inFolder = (name: string) => join(playground.filesFolder, name);

/** The rows whose money moves when one node pays the list. No other workflow asks the tax service or confirms. */
const paidRows = () =>
	rows.filter(
		({ reference, approval }) =>
			expectedOutcomes[reference] === 'succeeded' && approval !== 'manual',
	);

/** Each of `paidRows` has its own payout in the ledger, once and with its amount, and nobody else has one. */
function expectLedger(): void {
	const { ledger } = playground.sandbox;
	const { entries } = ledger;
	const moved = entries.map((entry) => [referenceOf(entry), entry.kind, entry.amount]);
	const expected = paidRows().map(({ reference, amount }) => [
		reference,
		'payout',
		parseKopecks(amount),
	]);
	expect(moved.sort()).toEqual(expected.sort());
	expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
	expect(ledger.paidTwice()).toEqual([]);
}

/** Read List is open: reads the list and looks at it. The bank has seen nothing yet. */
async function readAndCheckList(columns: string[]): Promise<void> {
	await build.useErrorOutput();
	await build.execute(/21 payouts: /);
	const shown = await build.output.innerText();
	expect(shown).toContain('3 problems');
	for (const column of columns) expect(shown).toContain(column);
	await build.output.getByText('Error Branch (3 items)').click();
	await build.output.getByText('PAY-0117').first().waitFor();
	expect(playground.sandbox.requests.filter(({ path }) => path.includes('payout'))).toEqual([]);
	await build.close();
}

async function addSend(): Promise<void> {
	await build.addNode('bank 131', 'Bank 131', labels.send);
	await build.useErrorOutput();
	await build.select(build.parameter('payoutMethod'), labels.eachRow);
}

async function fillPayer(): Promise<void> {
	await build.fill('payerInn', '1310000443');
	await build.fill('payerName', 'ООО «Маркетплейс»');
}

/** Send is open: pays the list, looks at the results, and runs it again. */
async function payTwice(): Promise<void> {
	const { ledger } = playground.sandbox;
	await build.execute(/21 rows: 16 succeeded, 3 awaiting confirmation, 2 failed/);
	expectLedger();
	const shown = (await build.output.innerText()).replaceAll('\u00a0', ' ');
	expect(shown).toContain(`Money moved in this run: ${formatRubles(sumMoved(ledger.entries))} RUB`);
	expect(shown).not.toContain('Columns:'); // Read List has explained them
	const methods = new Set(paidRows().map(({ method }) => method));
	expect(methods.size).toBeGreaterThanOrEqual(5);

	await build.execute(/21 begun earlier \(nothing sent now\)\. Money moved in this run: none/);
	expectLedger();
}

/** What n8n has stored of a node, as soon as `isStored` holds. */
async function stored(
	node: string,
	isStored: (node: WorkflowNode) => boolean,
): Promise<WorkflowNode> {
	const [, id] = /workflow\/(\w+)/.exec(editor.page.url()) ?? [];
	return await waitFor(async () => {
		const { nodes } = await playground.rest.request<{ nodes: WorkflowNode[] }>(
			'GET',
			`/rest/workflows/${id}`,
		);
		return nodes.find((one) => one.name === node && isStored(one));
	}, `stored node "${node}"`);
}

test('the CSV file of the demo on the disk of the server', async () => {
	await copyFile(recipientsFile, inFolder('recipients.csv'));
	await build.startWith('manual', 'Trigger manually');
	await build.addNode('read file', labels.readFile, 'Read File(s) From Disk');
	await build.fill('fileSelector', inFolder('recipients.csv'));
	await build.execute('recipients.csv');
	await build.close();
	await build.addNode('bank 131', 'Bank 131', labels.readList);
	await readAndCheckList(['"fpsBank" = Recipient Bank', 'Not used: "note"']);
	await addSend();
	await payTwice();
	const { parameters } = await stored(labels.send, ({ onError }) => onError !== undefined);
	expect(parameters).toMatchObject({ payoutMethod: 'eachRow' });
});

/** A form with one file, submitted. */
async function startWithForm(file: string): Promise<void> {
	await build.startWith('form', 'n8n Form');
	await editor.page.getByText('On new n8n Form event', { exact: true }).first().click();
	await editor.page.getByTestId('ndv').waitFor();
	await build.fill('formTitle', 'Выплаты');
	await editor.page.getByText('Add Form Element', { exact: true }).click();
	await build.fill('fieldLabel', 'List');
	await build.select(build.parameter('fieldType'), /^File/);
	await build.submitForm(file);
	await build.close();
}

test('the list as XLSX with Russian headers, uploaded in a form; the mapping and back', async () => {
	await writeXlsx(inFolder('Выплаты.xlsx'), log);
	await startWithForm(inFolder('Выплаты.xlsx'));
	await build.addNode('extract', labels.extract, 'Extract from XLSX');
	await build.fill('binaryPropertyName', 'List');
	await build.execute('№ выплаты');
	await build.close();
	await build.addNode('bank 131', 'Bank 131', labels.readList);
	await build.select(build.parameter('readFrom'), labels.rows);
	await readAndCheckList(['"№ выплаты" = Reference', 'Not in the list', 'Payer INN']);
	await addSend();
	await fillPayer();

	// Map Each Column, one field, and back: nothing is lost, and the fields of all rows neither.
	await build.selectMapping(labels.eachColumn);
	await build.dragToColumn('reference');
	await build.selectMapping(labels.automatic);
	await build.close();
	await build.open(labels.send);
	await build.selectMapping(labels.eachColumn);
	await build.column('reference').getByText('$json.reference').first().waitFor();
	await build.selectMapping(labels.automatic);
	await payTwice();
	const { parameters } = await stored(
		labels.send,
		({ parameters: { columns } }) =>
			(columns as { mappingMode?: string })?.mappingMode === 'autoMapInputData',
	);
	expect(parameters).toMatchObject({
		payoutMethod: 'eachRow',
		columns: { value: { reference: '={{ $json.reference }}' } },
		payerInn: '1310000443',
		payerName: 'ООО «Маркетплейс»',
	});
});

/** The fields that Read List gives for this list. */
const FIELDS = [
	'reference',
	'recipientName',
	'amount',
	'payoutMethod',
	'issueReceipt',
	'selfEmployedInn',
	'serviceName',
	'confirmation',
	'account',
	'bik',
	'accountHolder',
	'inn',
	'kpp',
	'purpose',
	'urgent',
	'savedAccount',
	'cardNumber',
	'savedCard',
	'cardHash',
	'phone',
	'fpsBankId',
	'walletAccount',
	'taxPeriodType',
	'taxPeriodNumber',
	'taxPeriodYear',
];

test("the list as Excel's semicolon CSV in Windows-1251, uploaded in a form; every column mapped by hand", async () => {
	await writeExcelCsv(inFolder('Выплаты.csv'));
	await startWithForm(inFolder('Выплаты.csv'));
	await build.addNode('bank 131', 'Bank 131', labels.readList);
	await readAndCheckList(['"ФИО" = Recipient Name', 'Not used: "Примечание"']);
	await addSend();
	await fillPayer();
	await build.selectMapping(labels.eachColumn);
	await build.addAllColumns();
	for (const field of FIELDS) await build.dragToColumn(field);
	await build.selectMapping(labels.automatic);
	await build.selectMapping(labels.eachColumn);
	await build.column('reference').getByText('$json.reference').first().waitFor();
	await build.close();
	await build.open(labels.send);
	for (const field of FIELDS)
		await build.column(field).getByText(`$json.${field}`).first().waitFor();
	await payTwice();
	const { parameters } = await stored(labels.send, () => true);
	expect(parameters).toMatchObject({
		payerInn: '1310000443',
		columns: { mappingMode: 'defineBelow' },
	});
	expect((parameters.columns as { value: object }).value).toMatchObject(
		Object.fromEntries(FIELDS.map((field) => [field, `={{ $json.${field} }}`])),
	);
});
