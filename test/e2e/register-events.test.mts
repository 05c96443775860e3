/** examples/register: Listen and Follow up with late, repeated, changed and foreign events. */
import { readRegister, type RegisterRow } from '../../playground/register/register.mts';
import { inventRows } from '../../playground/register/list.mts';
import type { WebhookDelivery } from '../../sandbox/sandbox.mts';
import { RegisterFamily, type PayingList } from './support/registerFamily.mts';
import { waitFor } from './support/waitFor.mts';

let family: RegisterFamily;

beforeAll(async () => {
	family = await RegisterFamily.open();
});

afterAll(async () => await family?.close());

/** Pays a list of one row. With `waiting` Pay cannot confirm it, and Listen hears nothing. */
async function payOne(name: string, { waiting = false } = {}): Promise<[PayingList, RegisterRow]> {
	const { sandbox, rest } = family.playground;
	if (waiting) {
		sandbox.set({ webhookUrl: undefined });
		sandbox.faults.add({
			kind: 'errorBefore',
			match: { path: 'session/confirm' },
			times: Infinity,
		});
	}
	const list = await family.importList(name, 1);
	await family.pay(list);
	sandbox.faults.clear();
	sandbox.set({ webhookUrl: family.eventsUrl });
	return [list, (await readRegister(rest, name))[0]];
}

/** Sends an event and waits for the answer of n8n. Resolves to its HTTP status. */
async function send(type: string, sessionId: string, body?: string): Promise<number | undefined> {
	const { sandbox } = family.playground;
	const known = sandbox.webhooks.length;
	sandbox.sendWebhook(type as never, sessionId, body);
	const answered = ({ attempts }: WebhookDelivery) => attempts.length > 0;
	const delivery = await waitFor(
		() => sandbox.webhooks.slice(known).find(answered),
		`answer to ${type}`,
	);
	return delivery.attempts[0].status;
}

const outcomeOf = async (list: PayingList) =>
	(await readRegister(family.playground.rest, list.name)).map(({ outcome }) => outcome);

test('ready and as in the register: Listen confirms it once, also when the event is repeated', async () => {
	const { sandbox } = family.playground;
	const [list, row] = await payOne('ready', { waiting: true });
	expect(await send('ready_to_confirm', row.sessionId)).toBe(200);
	await send('ready_to_confirm', row.sessionId);
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
		const [list, row] = await payOne(`other-${what.toLowerCase()}`, { waiting: true });
		await family.changeRow(row.id, change);
		const before = family.changes().length;
		expect(await send('ready_to_confirm', row.sessionId)).toBe(200);
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
	const [, row] = await payOne('foreign', { waiting: true });
	await family.deleteRow(row.id);
	const before = family.changes().length;
	await send('ready_to_confirm', row.sessionId);
	await family.chat.waitForText(/foreign-00001.*does not know this payout/);
	expect(family.changes()).toHaveLength(before);
	expect(sandbox.ledger.paidTwice()).toEqual([]);
});

test('a bank that shows no Reference: what ended is written, what waits is not confirmed, and reported', async () => {
	const { sandbox } = family.playground;
	const [list, row] = await payOne('nameless', { waiting: true });
	sandbox.set({ metadataForm: 'absent' });
	const before = family.changes().length;
	await send('ready_to_confirm', row.sessionId);
	await family.chat.waitForText(/no Reference, 1000\.50.*shows no amount or no Reference/);
	expect(family.changes()).toHaveLength(before);
	sandbox.set({ webhookUrl: undefined });
	sandbox.runAction(row.sessionId, 'confirm');
	await sandbox.idle(60_000);
	sandbox.set({ webhookUrl: family.eventsUrl });
	await send('payment_finished', row.sessionId);
	sandbox.set({ metadataForm: 'same' });
	expect(await outcomeOf(list)).toEqual(['succeeded']);
});

test('money that came back is written and reported; late and repeated events change nothing after it', async () => {
	const { sandbox } = family.playground;
	const [list, row] = await payOne('back');
	await sandbox.idle(60_000);
	const late = sandbox.buildWebhook('payment_finished', row.sessionId);
	expect(await outcomeOf(list)).toEqual(['succeeded']);
	sandbox.runAction(row.sessionId, 'return');
	await family.chat.waitForText(/back-00001.*the money came back \(returned\)/);
	await sandbox.idle(60_000);
	expect(await outcomeOf(list)).toEqual(['returned']);
	for (const body of [late, late, undefined]) {
		await send('payment_finished', row.sessionId, body);
	}
	await sandbox.idle(60_000);
	expect(await outcomeOf(list)).toEqual(['returned']);
});

test('the bank cannot be asked: the event is not accepted, and is confirmed when it comes again', async () => {
	const { sandbox } = family.playground;
	const [list, row] = await payOne('unreachable', { waiting: true });
	sandbox.faults.add({ kind: 'errorBefore', match: { path: 'session/confirm' }, times: 40 });
	expect(await send('ready_to_confirm', row.sessionId)).toBeGreaterThanOrEqual(500);
	sandbox.faults.clear();
	expect(await family.disagreements(list)).toEqual([]);
});

test('Follow up confirms what waits, writes what ended, and names what needs a person', async () => {
	const { sandbox } = family.playground;
	const [waiting] = await payOne('waits', { waiting: true });
	sandbox.set({ webhookUrl: undefined });
	const unknown = await family.importList('unknown', inventRows('unknown', 1));
	unknown.rows[0].amount = '1000.05';
	await family.pay(await family.importList('unknown', unknown.rows));
	await family.waitFor(await family.startFollowUp());
	await sandbox.idle(60_000);
	await family.waitFor(await family.startFollowUp());
	expect(await family.disagreements(waiting)).toEqual([]);
	expect(family.chat.texts().at(-1)).toMatch(/need somebody\..*unknown-00001 \(unknown\): unknown/);
	const before = family.changes().length;
	await family.waitFor(await family.startFollowUp());
	expect(family.changes()).toHaveLength(before);
	sandbox.set({ webhookUrl: family.eventsUrl });
});
