import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { readSheet } from '../../playground/demo/sheets.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { examplesFolder, importExample } from '../../playground/workflows/importExample.mts';
import { formLogin, FormUser } from './support/formUser.mts';
import { scriptedModel } from './support/scriptedModel.mts';
import { startMockServer, type MockServer } from './support/mockServer.mts';
import { waitForStatus } from './support/waitFor.mts';
import { describeExample } from './support/describeExample.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;
let formUser: FormUser;
let approvers: { id: string; name: string };

beforeAll(async () => {
	playground = await openPlayground({ log });
	approvers = await playground.rest.createCredential('httpBasicAuth', 'Approvers', formLogin);
	formUser = await FormUser.open(log);
});

afterAll(async () => {
	await formUser?.close();
	await playground?.close();
});

beforeEach(() => playground.sandbox.reset());

const paid = () =>
	playground.sandbox.ledger
		.find({ kind: 'payout' })
		.map(({ amount, metadata }) => [(metadata as { reference: string }).reference, amount]);

describeExample('approve-the-total.json', () => {
	let chat: MockServer;
	let workflow: Workflow;

	beforeAll(async () => {
		chat = await startMockServer();
		workflow = await importExample(playground, 'approve-the-total.json', {
			settings: { folder: playground.filesFolder, messagesTo: chat.url, secondsUntilAskedAgain: 4 },
			credentials: { 'Payout approvers': approvers },
		});
	});

	afterAll(() => chat?.close());

	beforeEach(() => void chat.received.splice(0));

	const rows = [
		['INV-2026-0105', 25_000_00],
		['INV-2026-0109', 33_649_75],
		['INV-2026-0115', 18_750_25],
	];

	/** Writes the example's sheet, changed by `change`, and starts the workflow. Resolves to the execution ID. */
	async function prepare(change: (sheet: string) => string = (sheet) => sheet): Promise<string> {
		const sheet = await readFile(join(examplesFolder, 'payouts.csv'), 'utf8');
		await writeFile(join(playground.filesFolder, 'payouts.csv'), change(sheet));
		return await playground.rest.startWorkflow(workflow, 'Prepare the List');
	}

	async function decide(total: string, decision: string): Promise<string> {
		const request = await chat.waitForText(/Please approve/);
		const link = /http\S+$/.exec(request)?.[0] ?? '';
		await waitForStatus(401, link); // the link without the password is not enough
		expect(paid()).toEqual([]);
		await formUser.page.goto(link);
		const shown = await formUser.waitForText('INV-2026-0109');
		await formUser.submitForm([total, decision, 'Anna'], 'Submit');
		await formUser.waitForText('Thank you');
		return shown;
	}

	const results = async () =>
		(await readSheet<{ outcome: string }>(join(playground.filesFolder, 'payouts-result.csv'))).map(
			({ outcome }) => outcome,
		);

	test('correct total approved: exactly the rows shown are paid, once, and nothing before the approval', async () => {
		const first = await prepare();
		const request = await chat.waitForText(/Please approve 3 payouts/);
		expect(request.replaceAll('\u00a0', ' ')).toContain('77 400.00 RUB');
		// The file has changed since: the rows that were shown are paid.
		await writeFile(
			join(playground.filesFolder, 'payouts.csv'),
			'reference,amount\nEVIL,1000000\n',
		);
		expect(await decide('77 400,00', 'Approve')).toContain('Смирнов Алексей Юрьевич');
		expect((await playground.rest.waitForExecution(first)).status).toBe('success');
		expect(paid().sort()).toEqual(rows);
		expect(await results()).toEqual(['succeeded', 'succeeded', 'succeeded']);
		expect(chat.texts().at(-1)).toMatch(/3 of 3 payouts were paid, approved by Anna/);

		chat.received.splice(0);
		const id = await prepare();
		const link = /http\S+$/.exec(await chat.waitForText(/Please approve/))?.[0] ?? '';
		await waitForStatus(401, link);
		await formUser.page.goto(link);
		await formUser.submitForm(['77400', 'Approve', 'Anna'], 'Submit');
		await playground.rest.waitForExecution(id);
		expect(paid()).toHaveLength(3);
		expect(chat.texts().at(-1)).toMatch(/0 of 3 .* INV-2026-0105: duplicate/);
	});

	test.each([
		['another total', '77 400.01', 'Approve', /Anna typed another total/],
		['a refusal', '77400', 'Refuse', /Anna refused/],
	])('approval form with %s: nothing is paid', async (_, total, decision, message) => {
		const id = await prepare();
		await decide(total, decision);
		expect((await playground.rest.waitForExecution(id)).status).toBe('success');
		expect(chat.texts().at(-1)).toMatch(message);
		expect(paid()).toEqual([]);
	});

	test('list with invalid rows: the execution fails and no approval is requested', async () => {
		const id = await prepare((sheet) =>
			sheet.replace('INV-2026-0109', 'INV-2026-0105').replace('18750.25', '"18,750"'),
		);
		const { status, resultData } = await playground.rest.waitForExecution(id);
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(/Nothing was sent\..* line 2.* line 3.* line 4/s);
		expect(chat.received).toEqual([]);
	});

	test.each([
		['missing', undefined],
		['empty', ''],
		['with a header only', 'reference,amount,account,bik\n'],
		['without references', 'amount,account,bik\n1000,40817810800000004401,044525974\n'],
	])('list %s: the execution fails and no approval is requested', async (_, text) => {
		const file = join(playground.filesFolder, 'payouts.csv');
		await rm(file, { force: true });
		if (text !== undefined) await writeFile(file, text);
		const id = await playground.rest.startWorkflow(workflow, 'Prepare the List');
		const { status, resultData } = await playground.rest.waitForExecution(id);
		expect([status, resultData.error?.message]).toEqual([
			'error',
			expect.stringContaining('Nothing was sent.'),
		]);
		expect(chat.received).toEqual([]);
	});

	test('untidy list (mark at its beginning, blanks, a number, NFD): every row that was paid is "succeeded"', async () => {
		const references = {
			'INV-2026-0105': '20260105',
			'INV-2026-0109': ' INV 0109  ',
			'INV-2026-0115': 'й-0115'.normalize('NFD'),
		};
		const id = await prepare((sheet) => {
			const changed = Object.entries(references).reduce(
				(text, [from, to]) => text.replace(from, to),
				sheet,
			);
			return `\uFEFF${changed}\n\n`;
		});
		const link = /http\S+$/.exec(await chat.waitForText(/Please approve 3 payouts/))?.[0] ?? '';
		await waitForStatus(401, link);
		await formUser.page.goto(link);
		await formUser.submitForm(['77400', 'Approve', 'Anna'], 'Submit');
		await playground.rest.waitForExecution(id);
		expect(paid()).toHaveLength(3);
		expect(await results()).toEqual(['succeeded', 'succeeded', 'succeeded']);
		expect(chat.texts().at(-1)).toMatch(/3 of 3 payouts were paid/);
	});

	test('unknown outcome: the session is read again and nothing is paid twice; a declined payout is reported', async () => {
		playground.sandbox.set({ processingMs: 400 }); // the money moves two seconds after "unknown"
		const id = await prepare((sheet) =>
			sheet.replace('33 649,75', '33 649,06').replace('18750.25', '18750.04'),
		);
		await decide('77399.10', 'Approve');
		const execution = await playground.rest.waitForExecution(id);
		playground.sandbox.set({ processingMs: 20 });
		expect(outputOf(execution, 'Send Payout', 1)).toMatchObject([
			{ error: { outcome: 'unknown' } },
		]);
		expect(await results()).toEqual(['succeeded', 'succeeded', 'failed']);
		expect(paid().sort()).toEqual([rows[0], ['INV-2026-0109', 33_649_06]]);
		expect(chat.texts().at(-1)).toMatch(/2 of 3 .* INV-2026-0115: failed/);
	});

	test.each(['resetBefore', 'errorBefore'] as const)(
		'bank cannot be reached (%s) after the approval: reported row by row, nothing is paid; run and approved again, all is',
		async (kind) => {
			const { faults } = playground.sandbox;
			faults.add({ kind, times: Infinity });
			const first = await prepare();
			await decide('77400', 'Approve');
			expect((await playground.rest.waitForExecution(first)).status).toBe('success');
			faults.clear();
			expect(paid()).toEqual([]);
			expect(await results()).toEqual(['rejected', 'rejected', 'rejected']);
			expect(chat.texts().at(-1)).toMatch(
				/^0 of 3 .* INV-2026-0105: rejected, INV-2026-0109: rejected/,
			);

			chat.received.splice(0);
			const again = await prepare();
			await decide('77400', 'Approve');
			await playground.rest.waitForExecution(again);
			expect(paid().sort()).toEqual(rows);
			expect(await results()).toEqual(['succeeded', 'succeeded', 'succeeded']);
		},
	);

	test('every answer to a start is lost, and the bank cannot be asked: reported as unknown, paid once, also by a second run', async () => {
		const { faults } = playground.sandbox;
		faults.add({ kind: 'errorAfter', match: { path: 'start/payout' }, times: Infinity });
		faults.add({ kind: 'resetBefore', match: { path: 'session/status' }, times: Infinity });
		const first = await prepare();
		await decide('77400', 'Approve');
		expect((await playground.rest.waitForExecution(first)).status).toBe('success');
		expect(await results()).toEqual(['unknown', 'unknown', 'unknown']);
		expect(chat.texts().at(-1)).toMatch(/^0 of 3 .* INV-2026-0105: unknown/);
		faults.clear();
		chat.received.splice(0);
		const again = await prepare();
		await decide('77400', 'Approve');
		await playground.rest.waitForExecution(again);
		await playground.sandbox.idle();
		expect(chat.texts().at(-1)).toMatch(/^0 of 3 .* INV-2026-0105: duplicate/);
		expect(playground.sandbox.ledger.paidTwice()).toEqual([]);
		expect(
			playground.sandbox.sessions.all().filter(({ payouts }) => payouts.length > 0),
		).toHaveLength(3);
	});

	test('result file cannot be written: the message is sent all the same', async () => {
		const file = join(playground.filesFolder, 'payouts-result.csv');
		await rm(file, { force: true });
		await mkdir(file);
		const id = await prepare();
		await decide('77400', 'Approve');
		await playground.rest.waitForExecution(id);
		await rmdir(file);
		expect(chat.texts().at(-1)).toMatch(
			/^3 of 3 payouts were paid.*payouts-result\.csv could not be written/,
		);
		expect(paid()).toHaveLength(3);
	});

	test('chat cannot be reached: nothing is asked for and nothing is paid', async () => {
		chat.trouble = 'error';
		const id = await prepare();
		expect((await playground.rest.waitForExecution(id)).status).toBe('error');
		chat.trouble = undefined;
		expect(playground.sandbox.sessions.all()).toEqual([]);
	});
});

describeExample('agent-prepares.json', () => {
	let model: MockServer;
	const proposedInvoices: string[] = [];
	const form = () => `${playground.server.baseUrl}/form/bank131-agent`;

	beforeAll(async () => {
		const { rest } = playground;
		const invoices = () =>
			proposedInvoices.map((invoice) => ({ invoice, why: 'it was asked for' }));
		model = await startMockServer(
			scriptedModel(() => ({ calls: [{ output: { invoices: invoices() } }] })),
		);
		const modelData = { apiKey: 'none', url: `${model.url}/v1` };
		const workflow = await importExample(playground, 'agent-prepares.json', {
			settings: { secondsUntilAskedAgain: 1 },
			credentials: {
				'Payout approvers': approvers,
				'OpenAI account': await rest.createCredential('openAiApi', 'Model', modelData),
			},
			jsCode: {
				// Two more records, untidy.
				'Open Invoices': (jsCode) =>
					jsCode.replace(
						'].map((json)',
						`].flatMap((one, index) => [one, { ...one, invoice: ['  INV 1 ', 20260131, 'twice'][index] }])
						.concat([{ invoice: 'twice' }, { invoice: '' }, { invoice: null }]).map((json)`,
					),
			},
		});
		await rest.activate(workflow);
		await waitForStatus(401, form());
	});

	afterAll(() => model?.close());

	async function submitRequest(...invoices: string[]): Promise<void> {
		proposedInvoices.splice(0, proposedInvoices.length, ...invoices);
		await formUser.page.goto(form());
		await formUser.submitForm(['Pay for the November campaign'], 'Prepare');
	}

	test('invoices chosen by the agent: amounts come from the records and are paid once, after approval', async () => {
		await submitRequest(
			'INV-2026-0201',
			'INV-2026-0202',
			'INV-2026-0201',
			'<img src=x onerror=alert(1)>',
		);
		const shown = await formUser.waitForText('Pay 2 invoices?');
		expect(shown).toContain('Not in your records: <img src=x onerror=alert(1)>');
		expect(paid()).toEqual([]);
		await formUser.submitForm(['43 750,25', 'Approve'], 'Submit');
		expect(await formUser.waitForText('2 of 2 invoices were paid')).toContain(
			'Nothing is left to do',
		);
		expect(paid().sort()).toEqual([
			['INV-2026-0201', 25_000_00],
			['INV-2026-0202', 18_750_25],
		]);
		const modelRequests = JSON.stringify(model.received);
		expect(modelRequests).toContain('INV-2026-0203');
		expect(modelRequests).not.toMatch(/40817|044525/); // no account data

		await submitRequest('INV-2026-0202');
		await formUser.submitForm(['18750.25', 'Approve'], 'Submit');
		expect(await formUser.waitForText('0 of 1')).toContain('INV-2026-0202: duplicate');
		expect(paid()).toHaveLength(2);
	});

	test('untidy numbers of invoices: what was paid is reported as paid; a number that two records have is not', async () => {
		await submitRequest('INV 1', '20260131', '', 'constructor');
		await formUser.submitForm(['43 750,25', 'Approve'], 'Submit');
		await formUser.waitForText('2 of 2 invoices were paid');
		expect(paid()).toHaveLength(2);
		await submitRequest('twice');
		await formUser.waitForText('Your records have one of these invoices twice');
		expect(paid()).toHaveLength(2);
	});

	test('another total, or no invoice found: nothing is paid', async () => {
		await submitRequest('INV-2026-0203');
		await formUser.submitForm(['1', 'Approve'], 'Submit');
		await formUser.waitForText('You typed another total');
		await submitRequest();
		await formUser.waitForText('The agent found no open invoice');
		expect(paid()).toEqual([]);
	});

	test.each(['resetBefore', 'errorBefore'] as const)(
		'bank cannot be reached (%s) after the approval: the page says so, nothing is paid, and it can be asked for again',
		async (kind) => {
			const { faults } = playground.sandbox;
			faults.add({ kind, times: Infinity });
			await submitRequest('INV-2026-0203');
			await formUser.submitForm(['33649.75', 'Approve'], 'Submit');
			expect(await formUser.waitForText('0 of 1 invoices were paid')).toContain(
				'INV-2026-0203: rejected',
			);
			faults.clear();
			expect(paid()).toEqual([]);
			await submitRequest('INV-2026-0203');
			await formUser.submitForm(['33649.75', 'Approve'], 'Submit');
			await formUser.waitForText('1 of 1 invoices were paid');
			expect(paid()).toEqual([['INV-2026-0203', 33_649_75]]);
		},
	);

	test('answer to the start is lost, and the bank cannot be asked: the page says unknown, and nothing is paid twice', async () => {
		const { faults, ledger } = playground.sandbox;
		faults.add({ kind: 'errorAfter', match: { path: 'start/payout' }, times: Infinity });
		faults.add({ kind: 'resetBefore', match: { path: 'session/status' }, times: Infinity });
		await submitRequest('INV-2026-0203');
		await formUser.submitForm(['33649.75', 'Approve'], 'Submit');
		expect(await formUser.waitForText('0 of 1 invoices were paid')).toContain(
			'INV-2026-0203: unknown',
		);
		faults.clear();
		await submitRequest('INV-2026-0203');
		await formUser.submitForm(['33649.75', 'Approve'], 'Submit');
		expect(await formUser.waitForText('0 of 1 invoices were paid')).toContain(
			'INV-2026-0203: duplicate',
		);
		await playground.sandbox.idle();
		expect(ledger.paidTwice()).toEqual([]);
		expect(
			playground.sandbox.sessions.all().filter(({ payouts }) => payouts.length > 0),
		).toHaveLength(1);
	});

	test('language model cannot be reached: the page says so, and nothing is paid', async () => {
		model.trouble = 'error';
		await formUser.page.goto(form());
		await formUser.submitForm(['Pay everything'], 'Prepare');
		await formUser.waitForText('The language model could not be asked');
		model.trouble = undefined;
		expect(playground.sandbox.sessions.all()).toEqual([]);
	});
});
