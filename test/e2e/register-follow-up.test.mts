/** examples/register: Follow up, its comparison with the bank's report, and the rows that it removes. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegister, type RegisterRow } from '../../playground/register/register.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import type { LedgerEntry } from '../../sandbox/sandbox.mts';
import { encodeText } from '../support/encodings.mts';
import { postToBank } from './support/bankRequest.mts';
import { payoutReport, REPORT_HEADER } from './support/payoutReport.mts';
import { RegisterFamily } from './support/registerFamily.mts';
import { waitFor } from './support/waitFor.mts';

/** The day before the one on which Follow up compares. */
const DAY = '2026-11-20';

let family: RegisterFamily;
/** Follow up on the morning after `DAY`; it compares one day. */
let comparing: Workflow;

beforeAll(async () => {
	family = await RegisterFamily.open();
	comparing = await family.importFollowUp({ day: DAY, days: 1 });
});

afterAll(async () => await family?.close());

beforeEach(() => {
	family.chat.trouble = undefined;
	family.playground.sandbox.faults.clear();
});

const reportOf = (day: string) => join(family.playground.filesFolder, `payout-report-${day}.csv`);
const moved = (...references: string[]) =>
	family.playground.sandbox.ledger.entries.filter(({ metadata }) =>
		references.includes((metadata as { reference: string }).reference),
	);

/** Saves the report of a day. Resolves to the one message of Follow up. */
async function compare(
	report: string | Buffer | undefined,
	{ workflow = comparing, day = DAY } = {},
): Promise<string> {
	const { rest } = family.playground;
	family.chat.received.splice(0);
	await rm(reportOf(day), { force: true });
	if (report !== undefined) await writeFile(reportOf(day), report);
	await family.waitFor(await rest.startWorkflow(workflow, 'Every Morning'));
	expect(family.chat.texts()).toHaveLength(1);
	return family.chat.texts()[0];
}

/** A payout that another program makes; resolves to what the ledger has of it. */
async function payElsewhere(reference: string, kopecks: number): Promise<LedgerEntry[]> {
	const { sandbox } = family.playground;
	const card = { type: 'bank_card', bank_card: { number: '4242424242424242' } };
	const { session } = (await postToBank(sandbox, 'session/init/payout', {
		payout_details: { type: 'card', card },
		participant_details: { recipient: { full_name: 'Иванов Иван Иванович' } },
		amount_details: { amount: kopecks, currency: 'rub' },
		metadata: { reference },
	})) as { session: { id: string } };
	await waitFor(
		() => (sandbox.sessions.get(session.id).nextAction === 'confirm' ? true : undefined),
		'payout that waits',
	);
	await postToBank(sandbox, 'session/confirm', { session_id: session.id });
	await sandbox.idle();
	return moved(reference);
}

/** A movement that is no payout of the register. */
const nothing = (reference: string) =>
	({ metadata: { reference }, sessionId: 'ps_0', payoutId: 'po_0', amount: 500 }) as LedgerEntry;

const rowsOf = async (list: string) => await readRegister(family.playground.rest, list);
const sessionsOf = async (list: string) => (await rowsOf(list)).map(({ sessionId }) => sessionId);

describe('comparison with the report of the bank', () => {
	test('register without rows: every payout of the report is named', async () => {
		expect(await compare(payoutReport(await payElsewhere('stranger-0', 500)))).toBe(
			`${DAY}: 1 difference between report and register. stranger-0: 5.00, not in the register`,
		);
	});

	test('what the register lacks is named, what it has is not', async () => {
		const list = await family.importList('reported', 3);
		await family.pay(list);
		await family.playground.sandbox.idle();
		const own = moved(...list.rows.map(({ reference }) => reference));
		expect(await compare(payoutReport(own))).toBe(
			`${DAY}: the bank's report agrees with the register.`,
		);
		const strangers = [
			...(await payElsewhere('constructor', 700)),
			...(await payElsewhere('reported-00009', 800)),
		];
		expect(await compare(payoutReport([...own, ...strangers]))).toBe(
			`${DAY}: 2 differences between report and register. ` +
				'constructor: 7.00, not in the register; reported-00009: 8.00, not in the register',
		);
		const rows = await rowsOf('reported');
		const [first, second] = list.rows.map(
			({ reference }) => rows.find((row) => row.reference === reference)!,
		);
		await family.deleteRow(first.id);
		await family.changeRow(second.id, { amount: '1001.05' });
		const text = await compare(payoutReport(own));
		expect(text).toContain(': 2 differences');
		expect(text).toContain('reported-00001: 1000.50, not in the register');
		expect(text).toContain('reported-00002: amountDiffers');
	});

	test.each([
		['is not final', { outcome: 'processing', final: false }, 'the register has processing'],
		['has failed', { outcome: 'failed', final: true }, 'the register has failed'],
		['says duplicate', { outcome: 'duplicate', final: false }, 'the register has duplicate'],
	])('paid by the report, and the row %s: named as such', async (what, change, reported) => {
		const name = what.replaceAll(' ', '-');
		const [, row] = await family.payOne(name);
		await family.playground.sandbox.idle();
		await family.changeRow(row.id, change);
		const text = await compare(payoutReport(moved(row.reference)));
		expect(text).toContain(`1 difference between report and register. ${row.reference}: `);
		expect(text).toContain(reported);
		expect(text).not.toContain('not in the register');
	});

	test('money that came back: named if the register does not know it', async () => {
		const { sandbox } = family.playground;
		const [, row] = await family.payOne('came-back');
		await sandbox.idle();
		sandbox.runAction(row.sessionId, 'return');
		await family.chat.waitForText(/came-back-00001.*the money came back/);
		await sandbox.idle();
		const report = payoutReport(moved(row.reference));
		expect(report).toContain('Refund');
		expect(await compare(report)).toBe(`${DAY}: the bank's report agrees with the register.`);
		await family.changeRow(row.id, { outcome: 'succeeded' });
		expect(await compare(report)).toContain('came-back-00001: returned');
	});

	test.each([
		['missing', undefined, /is not there yet/],
		['empty', '', /has no payouts|is empty/],
		['of blanks', '\n \n', /has no payouts|is empty/],
		['with a header only', `${REPORT_HEADER}\r\n`, /has no payouts/],
		['with other columns', 'a,b\n1,2', /cannot be read/],
		['without a header', 'x,ps_1,po_1,Advice,5.00', /cannot be read/],
		['cut in a line', `${REPORT_HEADER}\n"{""reference"": ""a""}",ps_1,po_1`, /cannot be read/],
		[
			'in Windows-1251 with too few letters to tell it by',
			encodeText(payoutReport([nothing('ё')]), 'windows-1251'),
			/cannot be read/,
		],
		[
			'of random bytes',
			Buffer.from(Array.from({ length: 200 }, (_, at) => (at * 97) % 256)),
			/cannot be read/,
		],
	])('report that is %s: reported, and never "agrees"', async (_, report, reported) => {
		const text = await compare(report);
		expect(text).toMatch(reported);
		expect(text).toContain(DAY);
		expect(text).not.toMatch(/agree/);
	});

	test.each(['windows-1251', 'utf-16le', 'utf-8'] as const)(
		'report in %s with Cyrillic references: compared like any other',
		async (encoding) => {
			const [, row] = await family.payOne(`Зарплата Иванова за ноябрь ${encoding}`);
			await family.playground.sandbox.idle();
			const bytes = (entries: LedgerEntry[]) => encodeText(payoutReport(entries), encoding);
			expect(await compare(bytes(moved(row.reference)))).toBe(
				`${DAY}: the bank's report agrees with the register.`,
			);
			const strangers = await payElsewhere(`чужая-${encoding}`, 900);
			expect(await compare(bytes([...moved(row.reference), ...strangers]))).toContain(
				`чужая-${encoding}: 9.00, not in the register`,
			);
		},
	);

	test('chat or report not there in the morning: the next morning reports it', async () => {
		const next = await family.importFollowUp({ day: '2026-11-24', days: 3 });
		const day = await family.importFollowUp({ day: '2026-11-23', days: 3 });
		const { rest } = family.playground;
		await writeFile(reportOf('2026-11-22'), payoutReport(await payElsewhere('late-1', 100)));
		await writeFile(reportOf('2026-11-23'), payoutReport(await payElsewhere('late-2', 200)));
		family.chat.trouble = 'error';
		const failed = await rest.runWorkflow(day, 'Every Morning');
		expect(failed.status).toBe('error');
		family.chat.trouble = undefined;
		const empty = `${REPORT_HEADER}\n`;
		const text = await compare(empty, { workflow: next, day: '2026-11-24' });
		expect(text).toContain('late-1: 1.00, not in the register');
		expect(text).toContain('late-2: 2.00, not in the register');
		expect(text).toMatch(/2026-11-24.*has no payouts/);
	});

	test('the schedule of the morning compares', async () => {
		const { rest } = family.playground;
		await writeFile(reportOf(DAY), payoutReport(await payElsewhere('by-schedule', 300)));
		const interval = [{ field: 'seconds', secondsInterval: 3 }];
		const scheduled = await family.importFollowUp(
			{ day: DAY, days: 1 },
			{ 'Every Morning': { rule: { interval } } },
		);
		await rest.activate(scheduled);
		await family.chat.waitForText(/by-schedule: 3\.00, not in the register/);
		await rest.deactivate(scheduled);
		await rest.waitUntilIdle(scheduled);
	});
});

/** Runs Follow up. Resolves to the messages of this run. */
async function followUp(): Promise<string> {
	family.chat.received.splice(0);
	await family.waitFor(await family.startFollowUp());
	return family.chat.texts().join('\n');
}

describe('rows of sessions that were opened in vain', () => {
	test('removed when the payout has ended in another session, and no other row', async () => {
		const { sandbox } = family.playground;
		const [, ended] = await family.payOne('ended');
		await sandbox.idle();
		const [, open] = await family.payOne('open', { waiting: true });
		const openVain = 'ps_vain_open';
		await family.addRow(ended, { sessionId: 'ps_vain_1' });
		await family.addRow(ended, { sessionId: 'ps_vain_2' });
		await family.addRow(open, { sessionId: openVain });
		await family.addRow({ ...ended, reference: 'only-1', list: 'only' }, { sessionId: 'ps_only' });
		await family.addRow(
			{ ...ended, reference: 'ENDED-00001', list: 'only' },
			{ sessionId: 'ps_other_case' },
		);
		const match = { path: 'session/confirm' };
		sandbox.faults.add({ kind: 'errorBefore', match, times: Infinity });
		await followUp();
		expect(await sessionsOf('ended')).toEqual([ended.sessionId]);
		expect(await sessionsOf('open')).toEqual([open.sessionId, openVain]);
		expect(await sessionsOf('only')).toEqual(['ps_only', 'ps_other_case']);

		sandbox.faults.clear();
		await followUp();
		await sandbox.idle();
		await followUp();
		expect(await sessionsOf('open')).toEqual([open.sessionId]);
		expect(await sessionsOf('only')).toEqual(['ps_only', 'ps_other_case']);
		for (const row of await rowsOf('only')) await family.deleteRow(row.id);
	});

	test('two rows of one Reference, and neither has ended: both stay', async () => {
		const { sandbox } = family.playground;
		const [, row] = await family.payOne('undecided', { waiting: true });
		await family.changeRow(row.id, { sessionUse: 'paidElsewhere', outcome: 'duplicate' });
		await family.addRow(row, { sessionId: 'ps_unknown' });
		sandbox.faults.add({ kind: 'errorBefore', times: Infinity });
		await followUp();
		expect(await sessionsOf('undecided')).toEqual([row.sessionId, 'ps_unknown']);
		for (const one of await rowsOf('undecided')) await family.deleteRow(one.id);
	});

	test('sessions that the bank cancelled while they were empty, and paid in new ones: nobody is asked to pay again', async () => {
		const { sandbox } = family.playground;
		const list = await family.importList('cancelled', 2);
		sandbox.faults.add({ kind: 'errorBefore', match: { path: 'start/payout' }, times: Infinity });
		await family.pay(list);
		sandbox.faults.clear();
		for (const sessionId of await sessionsOf('cancelled')) sandbox.runAction(sessionId, 'cancel');
		await sandbox.idle();
		await family.pay(list);
		await family.pay(list);
		await sandbox.idle();
		expect(await followUp()).not.toContain('cancelled-');
		const rows = await rowsOf('cancelled');
		expect(rows.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
		expect(await followUp()).not.toContain('cancelled-');
	});
});

describe('something cannot be reached', () => {
	/** A row that waits for its end; the bank has ended it, and Listen has not heard of it. */
	async function unheard(name: string, change: Partial<RegisterRow>): Promise<RegisterRow> {
		const { sandbox } = family.playground;
		const [, row] = await family.payOne(name);
		await sandbox.idle();
		await family.changeRow(row.id, change);
		return row;
	}

	test.each(['error', 'reset'] as const)(
		'chat (%s) when the money came back: the run fails, and the next one reports and writes it',
		async (trouble) => {
			const { sandbox, rest } = family.playground;
			const row = await unheard(`back-${trouble}`, { outcome: 'processing', final: false });
			sandbox.set({ webhookUrl: undefined });
			sandbox.runAction(row.sessionId, 'return');
			await sandbox.idle();
			sandbox.set({ webhookUrl: family.eventsUrl });
			family.chat.trouble = trouble;
			expect((await rest.runWorkflow(family.followUp, 'Every Half Hour')).status).toBe('error');
			family.chat.trouble = undefined;
			expect(await followUp()).toMatch(
				new RegExp(`${row.reference}.*the money came back \\(returned\\)`),
			);
			expect(await rowsOf(row.list)).toMatchObject([{ outcome: 'returned' }]);
			expect(await followUp()).not.toContain(row.reference);
		},
	);

	test('chat when somebody is needed: the run fails, and the next one reports it', async () => {
		const { rest } = family.playground;
		const row = await unheard('needed', {
			outcome: 'rejected',
			final: false,
			sessionId: 'ps_none',
		});
		family.chat.trouble = 'error';
		expect((await rest.runWorkflow(family.followUp, 'Every Half Hour')).status).toBe('error');
		family.chat.trouble = undefined;
		expect(await followUp()).toContain('needed-00001');
		await family.deleteRow(row.id);
	});

	test.each(['resetBefore', 'errorBefore'] as const)(
		'bank (%s): reported, nothing changes, and the next run writes what became of it',
		async (kind) => {
			const { sandbox } = family.playground;
			const row = await unheard(`asked-${kind}`, { outcome: 'processing', final: false });
			sandbox.faults.add({ kind, match: { path: 'session/status' }, times: Infinity });
			expect(await followUp()).toMatch(/could not be asked.*asked-/);
			expect(await rowsOf(row.list)).toMatchObject([{ outcome: 'processing' }]);
			sandbox.faults.clear();
			await followUp();
			expect(await rowsOf(row.list)).toMatchObject([{ outcome: 'succeeded' }]);
		},
	);
});
