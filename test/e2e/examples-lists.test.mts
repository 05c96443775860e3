import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSheet } from '../../playground/demo/sheets.mts';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { examplesFolder, importExample } from '../../playground/workflows/importExample.mts';
import { describeExample } from './support/describeExample.mts';
import { startMockServer, type MockServer } from './support/mockServer.mts';
import { payoutReport } from './support/payoutReport.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;
let chat: MockServer;

beforeAll(async () => {
	playground = await openPlayground({ log });
	chat = await startMockServer();
});

afterAll(async () => {
	chat?.close();
	await playground?.close();
});

beforeEach(() => {
	playground.sandbox.reset();
	chat.received.splice(0);
});

const inFolder = (file: string) => join(playground.filesFolder, file);
const payouts = () => playground.sandbox.ledger.find({ kind: 'payout' });
const referenceOf = ({ metadata }: { metadata: unknown }) =>
	(metadata as { reference: string }).reference;

let phoneWorkflow: Workflow;

/** Pays the example's list, changed by `change`, by phone. */
async function payByPhone(change: (sheet: string) => string = (sheet) => sheet) {
	phoneWorkflow ??= await importExample(playground, 'fps-verified-payout.json', {
		settings: { folder: playground.filesFolder, secondsUntilAskedAgain: 4 },
	});
	await copyFile(join(examplesFolder, 'fps-recipients.csv'), inFolder('fps-recipients.csv'));
	const sheet = await readFile(inFolder('fps-recipients.csv'), 'utf8');
	await writeFile(inFolder('fps-recipients.csv'), change(sheet));
	const execution = await playground.rest.runWorkflow(phoneWorkflow, 'Pay the List');
	expect(execution.resultData.error).toBeUndefined();
	const results = await readSheet<{ outcome: string }>(inFolder('fps-result.csv'));
	return { execution, outcomes: results.map(({ outcome }) => outcome) };
}

describeExample('fps-verified-payout.json', () => {
	const verifiedReferences = ['COURIER-2026-47-01', 'COURIER-2026-47-03', 'COURIER-2026-47-04'];

	test('verified recipients are paid, others are not; a second run of the list pays nothing', async () => {
		const first = await payByPhone();
		expect(first.outcomes).toEqual(['succeeded', 'notInFps', 'succeeded', 'succeeded']);
		expect(payouts().map(referenceOf).sort()).toEqual(verifiedReferences);
		expect(payouts().every(({ account }) => account === 'settlement')).toBe(true);
		expect(playground.sandbox.moneyMoved()).toBe(5_150_75 + 1_999_90 + 3_600_00);

		const second = await payByPhone();
		expect(second.outcomes).toEqual(['duplicate', 'notInFps', 'duplicate', 'duplicate']);
		expect(payouts()).toHaveLength(3);
	});

	test('untidy list (mark at its beginning, blanks, a number, NFD, a total): rows that were paid are "succeeded"', async () => {
		const { outcomes } = await payByPhone(
			(sheet) =>
				`\uFEFF${sheet
					.replace('COURIER-2026-47-01', '202647')
					.replace('COURIER-2026-47-03', '  COURIER 03  ')
					.replace('COURIER-2026-47-04', 'й-04'.normalize('NFD'))}\nTotal,,,,,,14950.65,\n`,
		);
		expect(payouts()).toHaveLength(3);
		expect(outcomes).toEqual(['succeeded', 'notInFps', 'succeeded', 'succeeded', 'rejected']);
	});

	test.each([
		['missing', undefined],
		['empty', ''],
		['with a header only', 'reference,lastName,firstName,phone,fpsBank,amount\n'],
	])('list %s: nothing is paid, and the result says so', async (_, text) => {
		await payByPhone(); // imports the workflow
		playground.sandbox.reset();
		await rm(inFolder('fps-recipients.csv'));
		if (text !== undefined) await writeFile(inFolder('fps-recipients.csv'), text);
		await playground.rest.runWorkflow(phoneWorkflow, 'Pay the List');
		const [row, ...others] = await readSheet<Record<string, string>>(inFolder('fps-result.csv'));
		expect(row).toMatchObject({ outcome: 'rejected', problem: expect.stringMatching(/./) });
		expect(others).toEqual([]);
		expect(payouts()).toEqual([]);
	});

	test('verification requests fail: outcome notVerified, and nothing is paid', async () => {
		const match = { path: 'fps/customer_verification' };
		playground.sandbox.faults.add({ kind: 'errorBefore', match, times: 1000 });
		const { outcomes } = await payByPhone();
		expect(outcomes).toEqual(Array(4).fill('notVerified'));
		expect(payouts()).toEqual([]);
	});

	test('unknown outcome: the session is read again, and nothing is paid twice', async () => {
		playground.sandbox.set({ processingMs: 400 }); // the money moves two seconds after "unknown"
		const { execution, outcomes } = await payByPhone((sheet) =>
			sheet.replace('1 999,90', '1 999,06').replace(',3600,', ',3600.04,'),
		);
		playground.sandbox.set({ processingMs: 20 });
		expect(outputOf(execution, 'Send Payout', 1)).toMatchObject([
			{ error: { outcome: 'unknown' } },
		]);
		expect(outputOf(execution, 'Ask the Bank Again')).toMatchObject([{ outcome: 'succeeded' }]);
		expect(outcomes).toEqual(['succeeded', 'notInFps', 'succeeded', 'failed']);
		expect(payouts().map(referenceOf).sort()).toEqual(verifiedReferences.slice(0, 2));
	});
});

describeExample('pay-a-csv.json', () => {
	const list = () => inFolder('recipients.csv');
	const header = 'reference,recipient,amount,card token';
	const row = (reference: string, amount: string) =>
		`"${reference}",Иванов Иван Иванович,${amount},${'a'.repeat(64)}`;
	let workflow: Workflow;

	beforeAll(async () => {
		workflow = await importExample(playground, 'pay-a-csv.json');
	});

	const outcomes = async () => await readSheet<{ outcome: string }>(inFolder('result.csv'));

	test('untidy list (mark at its beginning, blanks, a number, NFD, other case, a total): each row has its outcome', async () => {
		const references = [
			'20260131',
			' A  1 ',
			'й-1'.normalize('NFD'),
			'constructor',
			'PAY-1',
			'pay-1',
		];
		const rows = references.map((reference, index) => row(reference, `${100 + index}.50`));
		const bad = [row('A-9', '5.04'), row('', '7'), row('A-8', '"1,500"'), 'Total,,606,'];
		await writeFile(list(), `\uFEFF${[header, '', ...rows, ...bad].join('\r\n')}\r\n\r\n`);
		const { resultData } = await playground.rest.runWorkflow(workflow, 'Pay the List');
		expect(resultData.error).toBeUndefined();
		expect(payouts()).toHaveLength(references.length);
		const reported = (await outcomes()).map(({ outcome }) => outcome).sort();
		expect(reported).toEqual([
			'failed',
			...Array(3).fill('rejected'),
			...Array(6).fill('succeeded'),
		]);

		const again = await Promise.all(
			[1, 2].map(async () => await playground.rest.runWorkflow(workflow, 'Pay the List')),
		);
		expect(again.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(payouts()).toHaveLength(references.length);
		expect(playground.sandbox.ledger.paidTwice()).toEqual([]);
	});

	test('two runs of a new list at once: each row is paid once', async () => {
		const rows = Array.from({ length: 10 }, (_, index) => row(`TWO-${index}`, `${200 + index}`));
		await writeFile(list(), [header, ...rows].join('\n'));
		await Promise.all(
			[1, 2].map(async () => await playground.rest.runWorkflow(workflow, 'Pay the List')),
		);
		expect(payouts().map(referenceOf).sort()).toEqual(rows.map((_, index) => `TWO-${index}`));
		expect(playground.sandbox.ledger.paidTwice()).toEqual([]);
	});

	test('no list: the execution fails; a list with a header only: the result says so', async () => {
		await rm(list(), { force: true });
		const { status, resultData } = await playground.rest.runWorkflow(workflow, 'Pay the List');
		expect([status, resultData.error?.message]).toEqual([
			'error',
			expect.stringContaining('not there'),
		]);
		await writeFile(list(), header);
		await playground.rest.runWorkflow(workflow, 'Pay the List');
		expect(await outcomes()).toMatchObject([{ outcome: 'rejected' }]);
		expect(payouts()).toEqual([]);
	});
});

describeExample('reconcile-daily.json', () => {
	const day = '2026-11-20';
	const reportFile = `payout-report-${day}.csv`;
	let workflow: Workflow;

	beforeAll(async () => {
		workflow = await importExample(playground, 'reconcile-daily.json', {
			settings: { folder: playground.filesFolder, messagesTo: chat.url, day },
		});
	});

	/** Writes the report that the bank would send for its ledger. */
	async function writeBankReport(): Promise<void> {
		await writeFile(inFolder(reportFile), payoutReport(payouts()));
	}

	async function compare(...records: string[]): Promise<string> {
		const sheet = ['day,reference,session,amount', ...records.map((one) => `${day},${one}`)];
		return await compareWith(sheet.join('\n'));
	}

	async function compareWith(sheet: string): Promise<string> {
		await writeFile(inFolder('paid.csv'), sheet);
		const execution = await playground.rest.runWorkflow(workflow, 'Every Morning');
		expect(execution.resultData.error).toBeUndefined();
		expect(chat.texts()).toHaveLength(1);
		return chat.received.splice(0).map(({ body }) => (body as { text: string }).text)[0];
	}

	test('matching records: the message says so; other records: the differences are listed', async () => {
		await payByPhone();
		await writeBankReport();
		const matchingRecords = [
			'COURIER-2026-47-01,,5150.75',
			'COURIER-2026-47-03,,1999.90',
			`,${payouts().find((one) => referenceOf(one).endsWith('-04'))?.sessionId},3600`,
		];
		expect(await compare(...matchingRecords)).toBe(
			`${day}: the bank's report agrees with our records.`,
		);

		expect(await compare()).toContain('3 differences'); // no records for that day
		await rm(inFolder(`differences-${day}.csv`), { force: true });
		const text = await compare(
			'COURIER-2026-47-01,,5150.57',
			matchingRecords[1],
			'COURIER-2026-47-02,,4200',
		);
		expect(text).toContain('3 differences');
		const written = await readSheet<{ result: string; reference: string }>(
			inFolder(`differences-${day}.csv`),
		);
		expect(written.map(({ reference, result }) => `${reference} ${result}`)).toEqual([
			'COURIER-2026-47-01 amountDiffers',
			'COURIER-2026-47-02 missingAtBank',
			'COURIER-2026-47-04 missingInSheet',
		]);
	});

	test('records as Excel saves them, with a byte order mark, its own dates and an empty row, are compared', async () => {
		await payByPhone();
		await writeBankReport();
		const records = payouts().map((one) => `20.11.2026,${referenceOf(one)},,${one.amount / 100}`);
		const sheet = `\uFEFFday,reference,session,amount\r\n${records.join('\r\n')}\r\n,,,\r\n`;
		expect(await compareWith(sheet)).toBe(`${day}: the bank's report agrees with our records.`);
	});

	test('records that cannot be read: the execution fails and says why; nothing "agrees"', async () => {
		await writeBankReport();
		for (const [sheet, message] of [
			[undefined, /./],
			[`day;reference;session;amount\n${day};A-1;;10`, /no column "day"/],
			[`Day,reference\n${day},A-1`, /no column "day"/],
			['day,reference\nyesterday,A-1', /has "yesterday" in the column "day"/],
		] as const) {
			await rm(inFolder('paid.csv'), { force: true });
			if (sheet !== undefined) await writeFile(inFolder('paid.csv'), sheet);
			const { status, resultData } = await playground.rest.runWorkflow(workflow, 'Every Morning');
			expect([status, resultData.error?.message]).toEqual([
				'error',
				expect.stringMatching(message),
			]);
			expect(chat.texts()).toEqual([]);
		}
	});

	test.each([
		['empty', ''],
		['blank', '\r\n\r\n'],
		['only a header', payoutReport([])],
	])(
		'bank report that is %s: every record is named; without records it says so',
		async (_, report) => {
			await writeFile(inFolder(reportFile), report);
			expect(await compare('COURIER-2026-47-01,,5150.75')).toContain('1 difference between');
			expect(await compare()).toBe(
				`${day}: neither the bank's report nor our records have a payout.`,
			);
		},
	);

	test.each([
		['is missing', undefined, /not there yet, so nothing was compared/],
		['has other columns', 'a,b\n1,2', /cannot be read, so nothing was compared/],
	])(
		'bank report that %s: the message says so, and nothing is compared',
		async (_, content, message) => {
			await rm(inFolder(reportFile), { force: true });
			if (content !== undefined) await writeFile(inFolder(reportFile), content);
			expect(await compare('COURIER-2026-47-01,,5150.75')).toMatch(message);
		},
	);
});

describeExample('low-balance.json', () => {
	async function runHourly(lowestBalance: number, times = 1): Promise<string[]> {
		const settings = { lowestBalance, messagesTo: chat.url };
		const workflow = await importExample(playground, 'low-balance.json', { settings });
		for (let hour = 0; hour < times; hour++) {
			const { status } = await playground.rest.runWorkflow(workflow, 'Every Hour');
			expect(status).toBe('success');
		}
		return chat.texts();
	}

	test('balance below the limit: one message per day; balance at the limit: no message', async () => {
		expect(await runHourly(100_000_000)).toEqual([]);
		expect(await runHourly(100_000_001, 2)).toEqual([
			'Account 131 at Bank 131 is down to 100000000.00 RUB. Please top it up.',
		]);
	});

	test('balance request fails: the message says so', async () => {
		playground.sandbox.faults.add({
			kind: 'errorBefore',
			match: { path: 'wallet/balance' },
			times: 1000,
		});
		expect(await runHourly(1)).toEqual([
			expect.stringMatching(/^The balance at Bank 131 could not be read/),
		]);
	});
});
