/** examples/register: Listen and Follow up with late, repeated, changed and foreign events. */
import { readRegister } from '../../playground/register/register.mts';
import { inventRows } from '../../playground/register/list.mts';
import { postToBank } from './support/bankRequest.mts';
import type { Trouble } from './support/mockServer.mts';
import { RegisterFamily, type PayingList } from './support/registerFamily.mts';
import { waitFor } from './support/waitFor.mts';

let family: RegisterFamily;

beforeAll(async () => {
	family = await RegisterFamily.open();
});

afterAll(async () => await family?.close());

beforeEach(() => void (family.chat.trouble = undefined));

const outcomeOf = async (list: PayingList) =>
	(await readRegister(family.playground.rest, list.name)).map(({ outcome }) => outcome);

test('ready and as in the register: Listen confirms it once, also when the event is repeated', async () => {
	const { sandbox } = family.playground;
	const [list, row] = await family.payOne('ready', { waiting: true });
	expect(await family.sendEvent('ready_to_confirm', row.sessionId)).toBe(200);
	await family.sendEvent('ready_to_confirm', row.sessionId);
	expect(await family.disagreements(list)).toEqual([]);
	expect(sandbox.ledger.paidTwice()).toEqual([]);
});

test.each([
	['amount', { amount: '9.50' }, /Nothing was confirmed/],
	['currency', { currency: 'usd' }, /Nothing was confirmed/],
	['Reference', { reference: 'somebody-else' }, /does not know this payout/],
	['session', { sessionId: 'ps_other' }, /pays this Reference in session ps_other/],
])(
	'ready with another %s than the register: not confirmed, left alone and reported',
	async (what, change, reported) => {
		const { sandbox } = family.playground;
		const [list, row] = await family.payOne(`other-${what.toLowerCase()}`, { waiting: true });
		await family.changeRow(row.id, change);
		const before = family.changes().length;
		expect(await family.sendEvent('ready_to_confirm', row.sessionId)).toBe(200);
		expect(await family.chat.waitForText(reported)).toContain(row.sessionId);
		expect(family.changes()).toHaveLength(before);
		expect(
			sandbox.ledger.find({ kind: 'payout' }).filter((one) => one.sessionId === row.sessionId),
		).toEqual([]);
		expect(await outcomeOf(list)).toEqual([row.outcome]);
	},
);

test('a payout that the register does not know is left alone and reported', async () => {
	const { sandbox } = family.playground;
	const [, row] = await family.payOne('foreign', { waiting: true });
	await family.deleteRow(row.id);
	const before = family.changes().length;
	await family.sendEvent('ready_to_confirm', row.sessionId);
	await family.chat.waitForText(/foreign-00001.*does not know this payout/);
	expect(family.changes()).toHaveLength(before);
	expect(sandbox.ledger.paidTwice()).toEqual([]);
});

test('a bank that shows no Reference: what ended is written, what waits is not confirmed, and reported', async () => {
	const { sandbox } = family.playground;
	const [list, row] = await family.payOne('nameless', { waiting: true });
	sandbox.set({ metadataForm: 'absent' });
	const before = family.changes().length;
	await family.sendEvent('ready_to_confirm', row.sessionId);
	await family.chat.waitForText(/no Reference, 1000\.50.*shows no amount or no Reference/);
	expect(family.changes()).toHaveLength(before);
	sandbox.set({ webhookUrl: undefined });
	sandbox.runAction(row.sessionId, 'confirm');
	await sandbox.idle();
	sandbox.set({ webhookUrl: family.eventsUrl });
	await family.sendEvent('payment_finished', row.sessionId);
	sandbox.set({ metadataForm: 'same' });
	expect(await outcomeOf(list)).toEqual(['succeeded']);
});

test('money that came back is written and reported; late and repeated events change nothing after it', async () => {
	const { sandbox } = family.playground;
	const [list, row] = await family.payOne('back');
	await sandbox.idle();
	const late = sandbox.buildWebhook('payment_finished', row.sessionId);
	expect(await outcomeOf(list)).toEqual(['succeeded']);
	sandbox.runAction(row.sessionId, 'return');
	await family.chat.waitForText(/back-00001.*the money came back \(returned\)/);
	await sandbox.idle();
	expect(await outcomeOf(list)).toEqual(['returned']);
	for (const body of [late, late, undefined]) {
		await family.sendEvent('payment_finished', row.sessionId, body);
	}
	await sandbox.idle();
	expect(await outcomeOf(list)).toEqual(['returned']);
});

test('the bank cannot be asked: the event is not accepted, and is confirmed when it comes again', async () => {
	const { sandbox } = family.playground;
	const [list, row] = await family.payOne('unreachable', { waiting: true });
	sandbox.faults.add({ kind: 'errorBefore', match: { path: 'session/confirm' }, times: 40 });
	expect(await family.sendEvent('ready_to_confirm', row.sessionId)).toBeGreaterThanOrEqual(500);
	sandbox.faults.clear();
	expect(await family.disagreements(list)).toEqual([]);
});

test.each([
	['declined', '1000.04', 'failed'],
	['paid', '1000.50', 'succeeded'],
	['not ended', '1000.09', 'processing'],
])(
	'confirmed by another run while Listen confirms, and then %s: answered, written as it stands, not sent again',
	async (what, amount, outcome) => {
		const { sandbox, rest } = family.playground;
		const name = `meanwhile-${what.replace(' ', '-')}`;
		sandbox.set({ webhookUrl: undefined });
		const refused = { path: 'session/confirm' };
		sandbox.faults.add({ kind: 'errorBefore', match: refused, times: Infinity });
		await family.pay(await family.importList(name, [{ ...inventRows(name, 1)[0], amount }]));
		sandbox.faults.clear();
		sandbox.set({ webhookUrl: family.eventsUrl });
		const [{ sessionId }] = await readRegister(rest, name);
		// The trigger looks first, and Confirm looks again: while it does, the other run confirms.
		const match = { path: 'session/status', nth: 2 };
		const look = sandbox.faults.add({ kind: 'delay', ms: 3000, match });
		const known = sandbox.webhooks.length;
		sandbox.sendWebhook('ready_to_confirm', sessionId);
		await waitFor(() => look.hits || undefined, 'look of Confirm');
		await postToBank(sandbox, 'session/confirm', { session_id: sessionId });
		const sent = () => sandbox.webhooks.slice(known);
		await waitFor(
			() => sent().every(({ state }) => state === 'delivered') || undefined,
			'answer to every event',
		);
		expect(sent()[0].attempts).toHaveLength(1);
		expect(await readRegister(rest, name)).toMatchObject([{ outcome }]);
		if (outcome === 'processing') sandbox.runAction(sessionId, 'succeed');
		await sandbox.idle();
		const [row] = await readRegister(rest, name);
		expect(row.outcome).toBe(outcome === 'processing' ? 'succeeded' : outcome);
		expect(sandbox.ledger.paidTwice()).toEqual([]);
	},
);

test.each<Trouble>(['error', 'reset'])(
	'chat (%s) when the money came back: the event is not accepted, and is reported when it comes again',
	async (trouble) => {
		const { sandbox } = family.playground;
		const [list, row] = await family.payOne(`unreported-${trouble}`);
		await sandbox.idle();
		Object.assign(family.chat, { trouble, failures: 0 });
		sandbox.runAction(row.sessionId, 'return');
		await waitFor(() => family.chat.failures > 3 || undefined, 'second try');
		family.chat.trouble = undefined;
		await family.chat.waitForText(new RegExp(`${row.reference}.*the money came back`));
		await sandbox.idle();
		expect(await outcomeOf(list)).toEqual(['returned']);
	},
);

test('chat when a payout is not known: the event is not accepted, and is reported when it comes again', async () => {
	const [, row] = await family.payOne('not-known', { waiting: true });
	await family.deleteRow(row.id);
	family.chat.trouble = 'error';
	expect(await family.sendEvent('ready_to_confirm', row.sessionId)).toBe(500);
	family.chat.trouble = undefined;
	await family.chat.waitForText(/not-known-00001.*does not know this payout/);
});

test('Follow up confirms what waits, writes what ended, and names what needs a person', async () => {
	const { sandbox } = family.playground;
	const [waiting] = await family.payOne('waits', { waiting: true });
	sandbox.set({ webhookUrl: undefined });
	const unknown = await family.importList('unknown', inventRows('unknown', 1));
	unknown.rows[0].amount = '1000.05';
	await family.pay(await family.importList('unknown', unknown.rows));
	await family.waitFor(await family.startFollowUp());
	await sandbox.idle();
	await family.waitFor(await family.startFollowUp());
	expect(await family.disagreements(waiting)).toEqual([]);
	expect(family.chat.texts().at(-1)).toMatch(
		/that need a person: \d+\.\n(.*\n)*unknown-00001 \(unknown\): unknown/,
	);
	const before = family.changes().length;
	await family.waitFor(await family.startFollowUp());
	expect(family.changes()).toHaveLength(before);
	sandbox.set({ webhookUrl: family.eventsUrl });
});
