/** examples/register: executions that pay one list at once, and lists that name a Reference again. */
import {
	findDisagreements,
	ledgerOf,
	readRegister,
	type RegisterRow,
} from '../../playground/register/register.mts';
import { appendColumn, inventRows } from '../../playground/register/list.mts';
import { expectPaidOnceTogether } from './support/payTogether.mts';
import { RegisterFamily, type PayingList } from './support/registerFamily.mts';
import { waitFor } from './support/waitFor.mts';

let family: RegisterFamily;

beforeAll(async () => {
	family = await RegisterFamily.open();
});

afterAll(async () => await family?.close());

test.each([2, 3])(
	'%i executions of one list at once: everybody is paid once, and all say so',
	async (count) => {
		const list = await family.importList(`at-once-${count}`, 30, 20);
		const startOne = async () => await family.startPaying(list);
		const start = async () => await Promise.all(Array.from({ length: count }, startOne));
		await expectPaidOnceTogether(family, list, start);
	},
);

/**
 * Pays a list of three by two executions, each of which starts in sessions of its own. PostgreSQL may show the rows of
 * another execution late, also such as come first. Here the rows of one execution are hidden in another round until
 * the other has started; then it begins, and the bank refuses what it starts.
 * @param isSeenLate the refused execution sees the rows of the other only after its start
 * @param change of the rows of the other when they are seen
 * @returns what the refused execution and then the other report
 */
async function payInTwoSessions(
	list: PayingList,
	isSeenLate: boolean,
	change: Partial<RegisterRow>,
) {
	const { sandbox, rest } = family.playground;
	const { faults } = sandbox;
	const rowsOf = async () => await readRegister(rest, list.name);
	const move = async (rows: RegisterRow[], to: (row: RegisterRow) => Partial<RegisterRow>) => {
		for (const row of rows) await family.changeRow(row.id, to(row));
	};
	const hidden = () => ({ round: -1 });
	sandbox.set({ webhookUrl: undefined });
	faults.add({ kind: 'errorBefore', match: { path: 'start/payout' }, times: Infinity });
	await family.pay(list);
	faults.clear();
	const own = await rowsOf();
	await move(own, hidden);

	const held = faults.add({ kind: 'timeoutBefore', match: { path: 'session/confirm' }, times: 3 });
	const other = await family.startPaying(list);
	await waitFor(() => held.hits === 3 || undefined, 'payouts that are started');
	const others = (await rowsOf()).filter(({ round }) => round >= 0);
	await move(own, ({ round }) => ({ round }));
	if (isSeenLate) await move(others, hidden);
	const match = { path: 'start/payout' };
	const delayed = faults.add({ kind: 'delay', ms: 10_000, match, times: 3 });
	const refused = await family.startPaying(list);
	await waitFor(() => delayed.hits === 3 || undefined, 'starts that are refused');
	await move(others, ({ round }) => ({ round, ...change }));
	for (const id of [refused, other]) await family.waitFor(id);
	await move(others, ({ amount }) => ({ amount }));
	sandbox.set({ webhookUrl: family.eventsUrl });
	return family.chat.texts().slice(-2);
}

const allPaid = /^sees-[a-z-]+: 3 of 3 payouts are paid\.$/;

test.each([
	['sees-at-once', 'the sessions of the other', false, {}, allPaid],
	['sees-late', 'the sessions of the other after its start', true, {}, allPaid],
	[
		'sees-amount',
		'another amount there',
		true,
		{ amount: '9.50' },
		/: 0 of 3 .*\n.*-00001: created/,
	],
])(
	'%s: two executions start in sessions of their own, and the refused one sees %s: paid once, and reported as it is',
	async (name, what, isSeenLate, change, reported) => {
		const list = await family.importList(name, 3);
		const [ofRefused, ofOther] = await payInTwoSessions(list, isSeenLate, change);
		expect(ofRefused).toMatch(reported);
		expect(ofOther).toMatch(allPaid);
		expect(await family.disagreements(list)).toEqual([]);

		const before = family.changes().length;
		await family.pay(list);
		expect(family.changes().slice(before)).toEqual([]);
	},
);

test('a Reference with another amount, or in another list, is refused and reported, and not paid again', async () => {
	const first = await family.importList('first', 3);
	await family.pay(first);
	const { sandbox, rest } = family.playground;
	const rows = inventRows('first', 4);
	rows[1].amount = '7777.50';
	const changed = await family.importList('first', rows);
	await family.pay(changed);
	expect(family.chat.texts().at(-1)).toBe(
		'first: 3 of 4 payouts are paid.\nfirst-00002: the register has it in the list first with 1001.50 RUB',
	);
	const renamed = await family.importList('renamed', inventRows('first', 3));
	await family.pay(renamed);
	expect(family.chat.texts().at(-1)).toMatch(/^renamed: 0 of 3 payouts are paid\./);
	expect(family.chat.texts().at(-1)).toContain(
		'first-00001: the register has it in the list first',
	);
	expect(rows.map(({ reference }) => ledgerOf(sandbox, reference).length)).toEqual([1, 1, 1, 1]);
	expect(findDisagreements(sandbox, first.rows, await readRegister(rest, 'first'))).toEqual([]);
	expect(await readRegister(rest, 'renamed')).toEqual([]);
});

test('a Reference that the file writes otherwise is the same payout', async () => {
	const list = await family.importList('йод – 1', 2);
	await family.pay(list);
	const before = family.changes().length;
	const rows = list.rows.map((row) => ({
		...row,
		reference: ` ${row.reference.normalize('NFD').replace('–', '-').replace(' ', '\u00a0\u00a0')} `,
	}));
	await family.pay(await family.importList('йод – 1', rows));
	expect(family.changes().slice(before)).toEqual([]);
	expect(family.chat.texts().at(-1)).toBe('йод – 1: 2 of 2 payouts are paid.');
});

test('rows that cannot be read are reported, and stop no other', async () => {
	const rows = inventRows('untidy', 3);
	rows[0].amount = '12.345';
	rows[1].reference = '';
	const list = await family.importList('untidy', rows);
	await family.pay(list);
	const texts = family.chat.texts().slice(-2).join('\n');
	expect(texts).toContain('untidy: 1 of 1 payouts are paid. Rows that could not be read: 2.');
	expect(texts).toMatch(
		/untidy: rows that could not be read, and are not paid:\nuntidy-00001: .*12.345/,
	);
});

test('rows that the list leaves to a person: neither opened nor paid, and reported; the others are paid', async () => {
	const list = await family.importList('manual', 3);
	await appendColumn(list.file, 'confirmation', ['manual', 'вручную', '']);
	await family.pay(list);
	const why = 'the list leaves it to a person: run Approve';
	expect(family.chat.texts().at(-1)).toBe(
		['manual: 1 of 3 payouts are paid.', `manual-00001: ${why}`, `manual-00002: ${why}`].join('\n'),
	);
	const rows = await readRegister(family.playground.rest, 'manual');
	expect(rows.map(({ reference, outcome }) => [reference, outcome])).toEqual([
		['manual-00003', 'succeeded'],
	]);
});

test('a bank that opens no session: reported, nothing started, and paid by the next run', async () => {
	const { sandbox } = family.playground;
	const list = await family.importList('closed', 3);
	sandbox.faults.add({ kind: 'errorBefore', match: { path: 'session/create' }, times: Infinity });
	await family.pay(list);
	expect(family.chat.texts().at(-1)).toMatch(
		/^closed: 0 of 3 .*\nclosed-00001: no session could be opened/,
	);
	sandbox.faults.clear();
	await family.pay(list);
	expect(await family.disagreements(list)).toEqual([]);
});

test('a session that the bank has cancelled while it was empty is not used again', async () => {
	const { sandbox, rest } = family.playground;
	const list = await family.importList('cancelled', 2);
	sandbox.faults.add({ kind: 'errorBefore', match: { path: 'start/payout' }, times: Infinity });
	await family.pay(list);
	sandbox.faults.clear();
	const [row] = await readRegister(rest, 'cancelled');
	sandbox.runAction(row.sessionId, 'cancel');
	await sandbox.idle();
	await family.pay(list);
	await family.pay(list);
	expect(family.chat.texts().at(-1)).toBe('cancelled: 2 of 2 payouts are paid.');
	expect(list.rows.map(({ reference }) => ledgerOf(sandbox, reference).length)).toEqual([1, 1]);
});
