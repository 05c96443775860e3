import type { IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import {
	errorOf,
	hintsOf,
	loadPackage,
	outputOf,
	runNode,
	type Credentials,
	type LoadedPackage,
} from '../support/engine.mts';

let loader: LoadedPackage;

beforeAll(async () => {
	loader = await loadPackage();
});

/** Runs without credential data, because these operations send no request. */
const run = async (
	operation: string,
	parameters: INodeParameters,
	items: INodeExecutionData[],
	onError?: 'continueErrorOutput',
	earlier?: Record<string, IDataObject[]>,
) =>
	await runNode({
		loader,
		nodeName: 'bank131',
		parameters: { resource: 'report', operation, ...parameters },
		items,
		node: { onError },
		earlier,
	});

const file = (content: string | Buffer, fileName = 'payouts.csv'): INodeExecutionData => ({
	json: {},
	binary: {
		data: { data: Buffer.from(content).toString('base64'), mimeType: 'text/csv', fileName },
	},
});

const HEADER =
	'operationId;finishedAt;typeOfPayment;paymentSessionId;paymentSessionMerchantMetadata;paymentLocalAmount;currency';
const REPORT = `${HEADER}
po_1;2026-05-01 10:00:00;Advice;ps_1;"{""reference"":""A-1""}";1500,50;RUB
po_2;2026-05-01 10:00:01;Advice;ps_2;;200;RUB
po_3;2026-05-01 10:00:02;Advice;ps_3;"{""reference"":""A-3""}";300;RUB
po_3;2026-05-01 12:00:00;Refund;ps_3;;300;RUB
`;

test('a saved workflow with a credential keeps running, as one without', async () => {
	const saved: Array<Credentials | undefined> = [
		undefined,
		{ bank131Api: { environment: 'demo' } },
		{ bank131Api: { environment: 'custom', customUrl: 'not a URL', privateKey: 'no key' } },
	];
	const runs = saved.map(async (credentials) => {
		const parameters = { resource: 'report', operation: 'read' };
		const options = { loader, nodeName: 'bank131', parameters, items: [file(REPORT)] };
		return outputOf(await runNode({ ...options, credentials }));
	});
	const outputs = await Promise.all(runs);
	expect(outputs.map(({ length }) => length)).toEqual([4, 4, 4]);
	expect(outputs[1]).toEqual(outputs[0]);
	expect(outputs[2]).toEqual(outputs[0]);
});

const jsons = (items: INodeExecutionData[]) => items.map(({ json }) => json);

test('Read turns the lines of a CSV file into typed items, paired with the item of the file', async () => {
	const end = await run('read', {}, [file(''), file(REPORT)]);
	expect(errorOf(end)).toBeUndefined();
	const out = outputOf(end);
	expect(out).toHaveLength(4);
	expect(out[0]).toMatchObject({
		json: {
			report: 'payout',
			type: 'Advice',
			reference: 'A-1',
			sessionId: 'ps_1',
			payoutId: 'po_1',
			amount: '1500.50',
			amountMinorUnits: 150050,
			currency: 'RUB',
			finishedAt: '2026-05-01T10:00:00+03:00',
		},
		pairedItem: { item: 1 },
	});
	expect(hintsOf(end)[0].message).toBe('4 operations: 3 Advice 2000.50, 1 Refund 300.00 RUB.');
});

test('Read of a report without operations gives no items and a hint that it is empty', async () => {
	const end = await run('read', {}, [file(`${HEADER}\r\n`)]);
	expect(errorOf(end)).toBeUndefined();
	expect(outputOf(end)).toEqual([]);
	expect(hintsOf(end)[0].message).toBe('The report is empty: there were no operations.');
});

test('Read turns the rows of a spreadsheet into typed items, paired with the rows', async () => {
	const items = [
		{ ID: 'pm_1', paymentSessionId: 'ps_1', Amount: 110, 'Payment type': 'Advice' },
		{ ID: 'pm_2', paymentSessionId: 'ps_2', Amount: -2.5 },
	].map((json: IDataObject) => ({ json }));
	const end = await run('read', { readFrom: 'rows' }, items);
	expect(errorOf(end)).toBeUndefined();
	expect(outputOf(end)).toMatchObject([
		{ json: { paymentId: 'pm_1', amount: '110.00', type: 'Advice' }, pairedItem: { item: 0 } },
		{ json: { paymentId: 'pm_2', amountMinorUnits: -250 }, pairedItem: { item: 1 } },
	]);
});

describe('Read stops the workflow', () => {
	test('with the file, line and column of an invalid amount', async () => {
		const end = await run('read', {}, [file(REPORT.replace('1500,50', '1,500'))]);
		expect(errorOf(end)?.message).toBe(
			'payouts.csv, line 2: paymentLocalAmount: The amount "1,500" can be read two ways: as 1500 or as 1.500',
		);
		expect(outputOf(end)).toEqual([]);
	});

	test('with the file and line of a quote that is never closed', async () => {
		const end = await run('read', {}, [file(REPORT.slice(0, REPORT.indexOf('""}')))]);
		expect(errorOf(end)?.message).toBe(
			'payouts.csv: Line 2: the quote that opens here is never closed',
		);
	});

	test('with the column that appears twice and what to do', async () => {
		const end = await run('read', {}, [file('ID;id;paymentSessionId;Amount\n')]);
		expect(errorOf(end)).toMatchObject({
			message: 'payouts.csv: The column "ID" appears twice',
			description: 'Remove the one that is not from the bank.',
		});
	});

	test('when an item has no file', async () => {
		const end = await run('read', {}, [{ json: {} }]);
		expect(errorOf(end)?.message).toBe('The input has no file');
	});
});

test('Read with an error output puts invalid lines and files there and reads the other lines', async () => {
	const items = [file(REPORT.replace(';200;', ';two;')), file('a;b\n', 'other.csv'), { json: {} }];
	const end = await run('read', {}, items, 'continueErrorOutput');
	expect(errorOf(end)).toBeUndefined();
	expect(outputOf(end, 0)).toHaveLength(3);
	expect(jsons(outputOf(end, 1))).toMatchObject([
		{ error: { message: expect.stringMatching(/^payouts\.csv, line 3: /), line: 3 } },
		{ error: { message: expect.stringMatching(/^other\.csv: This is no report/) } },
		{ error: { message: 'Item 3 has no file "data", only: none' } },
	]);
	expect(hintsOf(end)[0]).toMatchObject({
		message: '3 operations: 2 Advice 1800.50, 1 Refund 300.00 RUB. 3 errors: not all was read.',
		type: 'warning',
	});
	const none = await run('read', {}, [file('a;b\n', 'other.csv')], 'continueErrorOutput');
	expect(hintsOf(none)[0]).toMatchObject({
		message: '1 error: nothing was read.',
		type: 'warning',
	});
});

describe('Reconcile', () => {
	const sheet = [
		{ sessionId: 'ps_1', reference: 'A-1', amount: '1 500,50' },
		{ sessionId: 'ps_2', amount: 201 },
		{ reference: 'A-3', amount: '300' },
		{ sessionId: 'ps_7', amount: '5' },
	].map((json: IDataObject) => ({ json }));

	/** As an expression. The line breaks keep `}}` out of the JSON, which n8n would read as its end. */
	const asExpression = (rows: unknown) => `={{ ${JSON.stringify(rows, null, 1)} }}`;

	async function reportRows(content = `${REPORT}po_9;2026-05-01 12:00:00;Advice;ps_9;;9;RUB\n`) {
		return outputOf(await run('read', {}, [file(content)]));
	}

	test('compares the sheet with the rows of a report, in the order of the sheet', async () => {
		const end = await run('reconcile', { reportRows: asExpression(await reportRows()) }, sheet);
		expect(errorOf(end)).toBeUndefined();
		expect(outputOf(end)).toMatchObject([
			{ json: { result: 'matched', matchedBy: 'sessionId' }, pairedItem: { item: 0 } },
			{ json: { result: 'amountDiffers', difference: '-1.00' }, pairedItem: { item: 1 } },
			{ json: { result: 'returned', matchedBy: 'reference', sessionId: 'ps_3' } },
			{ json: { result: 'missingAtBank', sessionId: 'ps_7' }, pairedItem: { item: 3 } },
			{ json: { result: 'missingInSheet', sessionId: 'ps_9', bankAmount: '9.00' } },
		]);
		expect(outputOf(end)[4].pairedItem).toBeUndefined();
		expect(hintsOf(end)[0]).toMatchObject({
			type: 'warning',
			message: expect.stringContaining('1 matched, 1 with another amount, 1 returned'),
		});
	});

	test('takes the rows of the report from the items of another node', async () => {
		// "Start" is used as the node that read the report. Its items are the rows of the report and the sheet as well.
		const rows = await reportRows(REPORT.slice(0, REPORT.indexOf('po_2')));
		const end = await run('reconcile', { reportRows: "={{ $('Start').all() }}" }, rows);
		expect(errorOf(end)).toBeUndefined();
		expect(jsons(outputOf(end))).toMatchObject([{ result: 'matched', payoutId: 'po_1' }]);
	});

	test('takes the items of the node "Read a report" if Report Rows is empty, as saved workflows do', async () => {
		const rows = await reportRows(REPORT.slice(0, REPORT.indexOf('po_2')));
		const earlier = { 'Read a report': jsons(rows) };
		for (const parameters of [
			{},
			{ reportRows: '' },
			{ reportRows: "={{ $('Read a report').all() }}" },
		]) {
			const end = await run('reconcile', parameters, rows, undefined, earlier);
			expect(errorOf(end)).toBeUndefined();
			expect(jsons(outputOf(end))).toMatchObject([{ result: 'matched', payoutId: 'po_1' }]);
		}
	});

	test('opens without an expression that names a node', () => {
		const { properties } = (loader.getNode('bank131').type as INodeType).description;
		const [field] = properties.filter(({ name }) => name === 'reportRows');
		expect(field).toMatchObject({ default: '' });
		expect(field).not.toHaveProperty('required');
	});

	test('with Only Differences leaves out the rows that match', async () => {
		const rows = JSON.stringify(jsons(await reportRows()));
		const end = await run(
			'reconcile',
			{ reportRows: rows, options: { onlyDifferences: true } },
			sheet.slice(0, 2),
		);
		expect(jsons(outputOf(end)).map(({ result }) => result)).toEqual([
			'amountDiffers',
			'missingInSheet',
			'missingInSheet',
		]);
	});

	test('ignores the empty items of Always Output Data, in the sheet and in the report', async () => {
		const end = await run('reconcile', { reportRows: '={{ [{ json: {} }] }}' }, [{ json: {} }]);
		expect(errorOf(end)).toBeUndefined();
		expect(outputOf(end)).toEqual([]);
	});

	test('refuses rows that are not of a report, and a node that does not exist', async () => {
		const wrong = await run('reconcile', { reportRows: '[{"id":1}]' }, sheet);
		expect(errorOf(wrong)?.message).toBe('Report Rows does not hold the rows of a report');
		const none = await run('reconcile', {}, sheet);
		expect(errorOf(none)?.message).toBe("Report Rows: Referenced node doesn't exist");
		const named = await run('reconcile', { reportRows: "={{ $('Read a report').all() }}" }, sheet);
		expect(errorOf(named)?.message).toBe("Report Rows: Referenced node doesn't exist");
		const nothing = await run('reconcile', { reportRows: '={{ $json.missing }}' }, sheet);
		expect(errorOf(nothing)?.message).toBe('Report Rows does not hold the rows of a report');
		const branch = await run('reconcile', {}, sheet, 'continueErrorOutput');
		expect(errorOf(branch)).toBeUndefined();
		expect(outputOf(branch, 0)).toEqual([]);
		expect(outputOf(branch, 1).length).toBeGreaterThan(0);
	});

	test('an invalid row of the sheet stops the workflow, or goes to the error output', async () => {
		const items = [...sheet, { json: { sessionId: 'ps_9', amount: 'nine' } }, { json: { a: 1 } }];
		const parameters = { reportRows: asExpression(await reportRows()) };
		const end = await run('reconcile', parameters, items);
		expect(errorOf(end)?.message).toBe('2 problems were found');
		expect(errorOf(end)?.description).toContain('Row 5: Amount cannot be read. ');
		const branch = await run('reconcile', parameters, items, 'continueErrorOutput');
		// ps_9 is in the sheet, though its amount is invalid: it must not be reported as missing there.
		expect(jsons(outputOf(branch, 0)).map(({ result }) => result)).toEqual([
			'matched',
			'amountDiffers',
			'returned',
			'missingAtBank',
		]);
		expect(jsons(outputOf(branch, 1))).toMatchObject([
			{ error: { message: 'Row 5: Amount cannot be read' } },
			{ error: { message: expect.stringMatching(/neither a session ID nor a reference/) } },
		]);
		expect(hintsOf(branch)[0]).toMatchObject({
			message: expect.stringContaining('Rows of the sheet that could not be read: 2.'),
			type: 'warning',
		});
		const matched = [sheet[0], { json: { amount: '1' } }];
		const reportOfOne = { reportRows: asExpression((await reportRows()).slice(0, 1)) };
		const clean = await run('reconcile', reportOfOne, matched, 'continueErrorOutput');
		expect(jsons(outputOf(clean, 0))).toMatchObject([{ result: 'matched' }]);
		expect(hintsOf(clean)[0].type).toBe('warning');
	});

	test('an expression that fails for one row is an error of that row', async () => {
		const end = await run(
			'reconcile',
			{ reportRows: asExpression(await reportRows()), sheetAmount: '={{ $json.amount.trim() }}' },
			sheet.slice(0, 2),
			'continueErrorOutput',
		);
		expect(jsons(outputOf(end, 0))[0]).toMatchObject({ result: 'matched' });
		expect(jsons(outputOf(end, 1))).toMatchObject([
			{ error: { message: expect.stringMatching(/^Row 2: /) } },
		]);
	});
});
