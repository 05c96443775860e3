import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { describeExample } from './support/describeExample.mts';
import { postToBank, startTransfer } from './support/bankRequest.mts';
import { publishExample } from './support/publishedWorkflow.mts';
import { waitFor } from './support/waitFor.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;
let workflow: Workflow;
let webhook: string;

beforeAll(async () => {
	playground = await openPlayground({ log });
	workflow = await publishExample(playground, 'confirm-when-ready.json', {});
	webhook = playground.sandbox.settings.webhookUrl!;
});

afterAll(async () => await playground?.close());

const inFolder = (file: string) => join(playground.filesFolder, file);

beforeEach(async () => {
	playground.sandbox.set({
		webhookUrl: undefined,
		webhookAttempts: 1,
		webhookRetryMs: 1000,
		webhookRetryFactor: 1,
	});
	playground.sandbox.reset();
	playground.sandbox.set({ webhookUrl: webhook });
	for (const file of ['orders.csv', 'finished.csv', 'confirmed.txt', 'left-alone.csv']) {
		await rm(inFolder(file), { force: true });
	}
});

/** Starts a payout of 1,000.50 rubles that waits for its confirmation; resolves to the session ID. */
async function start(reference?: string, kopecks = 1_000_50): Promise<string> {
	const { session } = (await postToBank(playground.sandbox, 'session/init/payout', {
		payout_details: {
			type: 'card',
			card: { type: 'bank_card', bank_card: { number: '4242424242424242' } },
		},
		participant_details: { recipient: { full_name: 'Иванов Иван Иванович' } },
		amount_details: { amount: kopecks, currency: 'rub' },
		...(reference === undefined ? {} : { metadata: { reference } }),
	})) as { session: { id: string } };
	return session.id;
}

const HEADER = 'reference,amount,recipient,card token';
const order = (reference: string, amount = '1000.50') =>
	`"${reference}","${amount}",Иванов Иван,${'a'.repeat(64)}`;
const writeOrders = async (...lines: string[]) =>
	await writeFile(inFolder('orders.csv'), [...lines, ''].join('\n'));

const statusOf = (id: string) => playground.sandbox.sessions.get(id).status;
const leftAlone = async () => await readFile(inFolder('left-alone.csv'), 'utf8').catch(() => '');
/** Errors of the newest executions. */
async function messages(): Promise<string> {
	const runs = (await playground.rest.listExecutions(workflow)).slice(0, 12);
	const ended = await Promise.all(
		runs.map(async ({ id }) => await playground.rest.waitForExecution(id)),
	);
	return ended.map(({ resultData }) => resultData.error?.message ?? '').join('\n');
}

describeExample('confirm-when-ready.json', () => {
	test('ordered amount: confirmed; another amount: cancelled; unreadable amount: the execution fails', async () => {
		const amounts = { readable: '1 000,50', other: '1000.00', ambiguous: '1,000', empty: '' };
		await writeOrders(
			HEADER,
			...Object.entries(amounts).map(([one, amount]) => order(one, amount)),
		);
		const ids = [];
		for (const reference of Object.keys(amounts)) ids.push(await start(reference));
		await playground.sandbox.idle();
		expect(ids.map(statusOf)).toEqual(['accepted', 'cancelled', 'in_progress', 'in_progress']);
		expect(await messages()).toMatch(/the order empty cannot be read, /);
		expect(await messages()).toMatch(/the order ambiguous cannot be read, /);
	});

	test.each([
		['missing', undefined],
		['empty', ''],
		['with a header only', HEADER],
		['with another header', `number,sum\n${order('A-1')}`],
		['with the order twice', [HEADER, order('A-1'), order('A-1')].join('\n')],
		['with the order twice, in two forms', [HEADER, order('A-1'), order(' A\u20111 ')].join('\n')],
	])(
		'file %s: the execution fails, and the repeated event is confirmed when it is there',
		async (_, text) => {
			const { sandbox } = playground;
			sandbox.set({ webhookAttempts: 100 });
			if (text !== undefined) await writeFile(inFolder('orders.csv'), text);
			const id = await start('A-1');
			await waitFor(
				() => sandbox.webhooks.find(({ attempts }) => attempts.length > 1),
				'second attempt of the bank',
			);
			expect(statusOf(id)).toBe('in_progress');
			await writeFile(
				inFolder('orders.csv'),
				`\uFEFF${HEADER}\r\n\r\n${order(' A-1 ')}\r\nTotal,1000.50,\r\n`,
			);
			await sandbox.idle();
			expect(statusOf(id)).toBe('accepted');
			expect(await messages()).toMatch(/orders\.csv.*the bank sends the event again/);
		},
	);

	test('payout without a reference, unknown or in other case: neither confirmed nor cancelled, and written down', async () => {
		await writeOrders(
			HEADER,
			order(''),
			order('', '500'),
			order('A-1'),
			',1000.50,,',
			',,,',
			order('null'),
		);
		const ids = [];
		for (const reference of [undefined, '', 'B-1', 'a-1', 'constructor'])
			ids.push(await start(reference));
		await playground.sandbox.idle();
		expect(ids.map(statusOf)).toEqual(ids.map(() => 'in_progress'));
		expect((await leftAlone()).trim().split('\n')).toHaveLength(ids.length);
		for (const id of ids) expect(await leftAlone()).toContain(`"${id}"`);
	});

	test('untidy references (blanks, NFD, a number, fullwidth, constructor): confirmed', async () => {
		const forms = [
			['  A  1 ', 'A 1'],
			['й-1'.normalize('NFD'), 'й-1'],
			['20260131', '20260131'],
			['Ａ-2', 'A-2'],
			['constructor', 'constructor'],
			['A\u00a03', 'A 3'],
		];
		await writeOrders(HEADER, ...forms.map(([sheet]) => order(sheet)));
		const ids = [];
		for (const [, reference] of forms) ids.push(await start(reference));
		await playground.sandbox.idle();
		expect(ids.map(statusOf)).toEqual(ids.map(() => 'accepted'));
	});

	test('three sessions of one order, two at once: one is confirmed, the others are left alone', async () => {
		const { sandbox } = playground;
		await writeOrders(HEADER, order('A-1'));
		const ids = await Promise.all([start('A-1'), start(' A-1')]);
		await sandbox.idle();
		ids.push(await start('A-1'));
		await sandbox.idle();
		const statuses = ids.map(statusOf);
		expect(statuses.sort()).toEqual(['accepted', 'in_progress', 'in_progress']);
		expect(sandbox.ledger.entries).toHaveLength(1);
		expect((await leftAlone()).trim().split('\n')).toHaveLength(2);
	});

	test.each([
		['declined', 1_000_04, 'failed'],
		['paid', 1_000_50, 'succeeded'],
	])(
		'late and repeated events of what another run confirmed and the bank has %s: written, none fails',
		async (_, kopecks, outcome) => {
			const { sandbox } = playground;
			await writeOrders(HEADER, order('A-1', (kopecks / 100).toFixed(2)));
			sandbox.set({ webhookUrl: undefined });
			const id = await start('A-1', kopecks);
			await sandbox.idle();
			const ready = sandbox.buildWebhook('ready_to_confirm', id);
			await postToBank(sandbox, 'session/confirm', { session_id: id });
			await sandbox.idle();
			sandbox.set({ webhookUrl: webhook });
			for (let times = 0; times < 2; times++) sandbox.sendWebhook('ready_to_confirm', id, ready);
			sandbox.sendWebhook('payment_finished', id);
			await sandbox.idle();
			expect(sandbox.webhooks.filter(({ state }) => state === 'failed')).toEqual([]);
			const finished = await readFile(inFolder('finished.csv'), 'utf8');
			expect(finished.match(new RegExp(`"A-1","${id}","${outcome}"`, 'g'))).toHaveLength(3);
			expect(sandbox.ledger.entries).toHaveLength(outcome === 'succeeded' ? 1 : 0);
		},
	);

	test.each([
		['declined', 1_000_04, 'failed'],
		['paid', 1_000_50, 'succeeded'],
		['not ended', 1_000_09, 'processing'],
	])(
		'confirmed by another run between the look and the confirmation, and then %s: no event is repeated for ever',
		async (_, kopecks, outcome) => {
			const { sandbox } = playground;
			sandbox.set({ webhookAttempts: 100 });
			await writeOrders(HEADER, order('A-1', (kopecks / 100).toFixed(2)));
			// The trigger looks first, and Confirm looks again: while it does, the other run confirms.
			const match = { path: 'session/status', nth: 2 };
			const look = sandbox.faults.add({ kind: 'delay', ms: 3000, match });
			const id = await start('A-1', kopecks);
			await waitFor(() => look.hits || undefined, 'look of Confirm');
			await postToBank(sandbox, 'session/confirm', { session_id: id });
			await sandbox.idle();
			const finished = await readFile(inFolder('finished.csv'), 'utf8');
			expect(finished).toContain(`"A-1","${id}","${outcome}"`);
			expect(sandbox.webhooks.flatMap(({ attempts }) => attempts).length).toBeLessThan(6);
			if (outcome === 'processing') sandbox.runAction(id, 'succeed');
			await sandbox.idle();
			expect(sandbox.ledger.entries).toHaveLength(outcome === 'failed' ? 0 : 1);
		},
	);

	test.each(['otherAmountToConfirm', 'otherAccountToConfirm'] as const)(
		'bank would pay otherwise than it shows in the order (%s): not confirmed, written down, not sent again',
		async (profile) => {
			const { sandbox } = playground;
			sandbox.set({ webhookAttempts: 100 });
			sandbox.setProfile(profile);
			await writeOrders(HEADER, order('A-1'));
			const id = await startTransfer(sandbox, { reference: 'A-1' }, 1_000_50);
			await sandbox.idle();
			sandbox.setProfile('standard');
			expect(statusOf(id)).toBe('in_progress');
			expect(await leftAlone()).toMatch(/"A-1".*"(amount|account)Mismatch"/);
			expect(sandbox.webhooks.map(({ attempts }) => attempts.length)).toEqual([1]);
			expect(sandbox.ledger.entries).toEqual([]);
		},
	);

	test('bank cannot be reached when it confirms: the execution fails, and the repeated event is confirmed', async () => {
		const { sandbox } = playground;
		sandbox.set({ webhookAttempts: 100 });
		await writeOrders(HEADER, order('A-1'));
		sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/confirm' }, times: 4 });
		const id = await start('A-1');
		await sandbox.idle();
		expect(statusOf(id)).toBe('accepted');
		expect(sandbox.ledger.entries).toHaveLength(1);
	});
});
