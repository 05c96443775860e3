import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { readSheet } from '../../playground/demo/sheets.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { examplesFolder, importExample } from '../../playground/workflows/importExample.mts';
import { login, Visitor } from './support/formUser.mts';
import { scripted } from './support/scriptedModel.mts';
import { startStandIn, type StandIn } from './support/mockServer.mts';
import { answersWith } from './support/waitFor.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;
let visitor: Visitor;
let approvers: { id: string; name: string };

beforeAll(async () => {
	playground = await openPlayground({ log });
	approvers = await playground.rest.createCredential('httpBasicAuth', 'Approvers', login);
	visitor = await Visitor.arrive(log);
});

afterAll(async () => {
	await visitor?.leave();
	await playground?.close();
});

beforeEach(() => playground.sandbox.reset());

const paid = () =>
	playground.sandbox.ledger
		.find({ kind: 'payout' })
		.map(({ amount, metadata }) => [(metadata as { reference: string }).reference, amount]);

describe('examples/approve-the-total.json', () => {
	let chat: StandIn;
	let workflow: Workflow;

	beforeAll(async () => {
		chat = await startStandIn();
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

	/** Puts the example's sheet in place and starts. */
	async function prepare(change: (sheet: string) => string = (sheet) => sheet): Promise<string> {
		const sheet = await readFile(join(examplesFolder, 'payouts.csv'), 'utf8');
		await writeFile(join(playground.filesFolder, 'payouts.csv'), change(sheet));
		return await playground.rest.startWorkflow(workflow, 'Prepare the List');
	}

	async function decide(total: string, decision: string): Promise<string> {
		const asked = await chat.text(/Please approve/);
		const link = /http\S+$/.exec(asked)?.[0] ?? '';
		await answersWith(401, link); // the link alone is not enough
		expect(paid()).toEqual([]);
		await visitor.page.goto(link);
		const shown = await visitor.reads('INV-2026-0109');
		await visitor.fillIn([total, decision, 'Anna'], 'Submit');
		await visitor.reads('Thank you');
		return shown;
	}

	const results = async () =>
		(await readSheet<{ outcome: string }>(join(playground.filesFolder, 'payouts-result.csv'))).map(
			({ outcome }) => outcome,
		);

	test('nothing is paid before a person has typed the total; then exactly what was shown, once', async () => {
		const first = await prepare();
		const asked = await chat.text(/Please approve 3 payouts/);
		expect(asked.replaceAll('\u00a0', ' ')).toContain('77 400.00 RUB');
		// Whatever is in the file by now: the rows that were shown are paid.
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
		const link = /http\S+$/.exec(await chat.text(/Please approve/))?.[0] ?? '';
		await answersWith(401, link);
		await visitor.page.goto(link);
		await visitor.fillIn(['77400', 'Approve', 'Anna'], 'Submit');
		await playground.rest.waitForExecution(id);
		expect(paid()).toHaveLength(3);
		expect(chat.texts().at(-1)).toMatch(/0 of 3 .* INV-2026-0105: duplicate/);
	});

	test.each([
		['another total', '77 400.01', 'Approve', /Anna typed another total/],
		['a refusal', '77400', 'Refuse', /Anna refused/],
	])('%s pays nothing', async (_, total, decision, said) => {
		const id = await prepare();
		await decide(total, decision);
		expect((await playground.rest.waitForExecution(id)).status).toBe('success');
		expect(chat.texts().at(-1)).toMatch(said);
		expect(paid()).toEqual([]);
	});

	test('a list with mistakes is not even asked about', async () => {
		const id = await prepare((sheet) =>
			sheet.replace('INV-2026-0109', 'INV-2026-0105').replace('18750.25', '"18,750"'),
		);
		const { status, resultData } = await playground.rest.waitForExecution(id);
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(
			/Line 3: INV-2026-0105 stands there twice\. Line 4: the amount cannot be read/,
		);
		expect(chat.received).toEqual([]);
	});

	test('what nobody knows is asked about again, not paid again; a decline is told', async () => {
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
});

describe('examples/agent-prepares.json', () => {
	let model: StandIn;
	const proposed: string[] = [];
	const form = () => `${playground.server.baseUrl}/form/bank131-agent`;

	beforeAll(async () => {
		const { rest } = playground;
		const invoices = () => proposed.map((invoice) => ({ invoice, why: 'it was asked for' }));
		model = await startStandIn(scripted(() => ({ calls: [{ output: { invoices: invoices() } }] })));
		const chosen = { apiKey: 'none', url: `${model.url}/v1` };
		const workflow = await importExample(playground, 'agent-prepares.json', {
			settings: { secondsUntilAskedAgain: 1 },
			credentials: {
				'Payout approvers': approvers,
				'OpenAI account': await rest.createCredential('openAiApi', 'Model', chosen),
			},
		});
		await rest.activate(workflow);
		await answersWith(401, form());
	});

	afterAll(() => model?.close());

	async function ask(...invoices: string[]): Promise<void> {
		proposed.splice(0, proposed.length, ...invoices);
		await visitor.page.goto(form());
		await visitor.fillIn(['Pay for the November campaign'], 'Prepare');
	}

	test('the agent only picks; what is paid comes from our records, after a person has approved it', async () => {
		await ask('INV-2026-0201', 'INV-2026-0202', 'INV-2026-0201', '<img src=x onerror=alert(1)>');
		const shown = await visitor.reads('Pay 2 invoices?');
		expect(shown).toContain('Not in your records: <img src=x onerror=alert(1)>');
		expect(paid()).toEqual([]);
		await visitor.fillIn(['43 750,25', 'Approve'], 'Submit');
		expect(await visitor.reads('2 of 2 invoices were paid')).toContain('Nothing is left to do');
		expect(paid().sort()).toEqual([
			['INV-2026-0201', 25_000_00],
			['INV-2026-0202', 18_750_25],
		]);
		const told = JSON.stringify(model.received);
		expect(told).toContain('INV-2026-0203');
		expect(told).not.toMatch(/40817|044525/); // no accounts

		await ask('INV-2026-0202');
		await visitor.fillIn(['18750.25', 'Approve'], 'Submit');
		expect(await visitor.reads('0 of 1')).toContain('INV-2026-0202: duplicate');
		expect(paid()).toHaveLength(2);
	});

	test('another total, or an agent that finds nothing, pays nothing', async () => {
		await ask('INV-2026-0203');
		await visitor.fillIn(['1', 'Approve'], 'Submit');
		await visitor.reads('You typed another total');
		await ask();
		await visitor.reads('The agent found no open invoice');
		expect(paid()).toEqual([]);
	});
});
