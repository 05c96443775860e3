/** examples/register: a person sees list and total before anything is started. */
import { appendColumn } from '../../playground/register/list.mts';
import { readRegister } from '../../playground/register/register.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { importExample } from '../../playground/workflows/importExample.mts';
import { formLogin, FormUser } from './support/formUser.mts';
import { RegisterFamily, type PayingList } from './support/registerFamily.mts';
import { waitForStatus } from './support/waitFor.mts';

let family: RegisterFamily;
let formUser: FormUser;
let list: PayingList;
let approve: Workflow;

beforeAll(async () => {
	family = await RegisterFamily.open();
	const { playground, chat } = family;
	formUser = await FormUser.open((text) => process.stderr.write(`${text}\n`));
	list = await family.importList('approved', 3, 200, { onlyApproved: true });
	await appendColumn(list.file, 'confirmation', ['manual', '', '']); // what is approved is confirmed
	await playground.rest.activate(list.workflow);
	const approvers = await playground.rest.createCredential('httpBasicAuth', 'Approvers', formLogin);
	approve = await importExample(playground, 'register/approve.json', {
		settings: { file: list.file, list: list.name, messagesTo: chat.url },
		credentials: { 'Payout approvers': approvers },
		parameters: {
			'Pay the Register': { workflowId: { __rl: true, mode: 'id', value: list.workflow.id } },
		},
	});
});

afterEach(() => family.playground.sandbox.faults.clear());

afterAll(async () => {
	await formUser?.close();
	await family?.close();
});

/** Runs Approve and answers its form. @throws if the execution fails */
async function decide(total: string, decision: string): Promise<void> {
	family.chat.received.splice(0);
	const { rest } = family.playground;
	const id = await rest.startWorkflow(approve, 'Prepare the List');
	const request = await family.chat.waitForText(
		/approved: please approve 3 payouts, 3\s004\.50 RUB/,
	);
	const link = /http\S+$/.exec(request)?.[0] ?? '';
	await waitForStatus(401, link); // the link without the password is not enough
	await formUser.page.goto(link);
	await formUser.waitForText('approved-00002');
	await formUser.submitForm([total, decision, 'Anna'], 'Submit');
	await formUser.waitForText('Thank you');
	await family.waitFor(id);
}

test('with onlyApproved Pay alone starts nothing', async () => {
	await expect(family.pay(list)).rejects.toThrow('this list must be approved');
	expect(family.changes()).toEqual([]);
});

test.each([
	['another total', '3004.51', 'Approve', /Anna typed another total/],
	['a refusal', '3004.50', 'Refuse', /Anna refused/],
])('%s: nothing is started', async (_, total, decision, message) => {
	await decide(total, decision);
	expect(family.chat.texts().at(-1)).toMatch(message);
	expect(family.changes()).toEqual([]);
});

test('chat cannot be reached: the run fails, nobody is asked, nothing is started', async () => {
	family.chat.trouble = 'reset';
	const { rest } = family.playground;
	expect((await rest.runWorkflow(approve, 'Prepare the List')).status).toBe('error');
	family.chat.trouble = undefined;
	expect(family.changes()).toEqual([]);
});

test('bank cannot be reached after the approval: reported row by row, nothing is started', async () => {
	const { sandbox, rest } = family.playground;
	sandbox.faults.add({ kind: 'resetBefore', times: Infinity });
	await decide('3004.50', 'Approve');
	sandbox.faults.clear();
	expect(family.chat.texts().at(-1)).toMatch(
		/^approved: 0 of 3 payouts are paid\.\napproved-00001: no session could be opened/,
	);
	expect(await readRegister(rest, 'approved')).toEqual([]);
	expect(sandbox.sessions.all()).toEqual([]);
});

test('answers to the starts are lost after the approval: reported, and nothing is started again', async () => {
	const { sandbox, rest } = family.playground;
	sandbox.set({ webhookUrl: undefined });
	sandbox.faults.add({ kind: 'errorAfter', match: { path: 'start/payout' }, times: Infinity });
	sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/status' }, times: Infinity });
	await decide('3004.50', 'Approve');
	expect(family.chat.texts().at(-1)).toMatch(/^approved: 0 of 3 .*\napproved-00001: unknown/);
	sandbox.faults.clear();
	const rows = await readRegister(rest, 'approved');
	expect(rows.map(({ outcome, approvedBy }) => `${outcome} ${approvedBy}`)).toEqual(
		Array(3).fill('unknown Anna'),
	);
	sandbox.set({ webhookUrl: family.eventsUrl });
});

test('run and approved again: exactly the rows that were shown are paid, and the register says who approved them', async () => {
	await decide('3 004,50', 'Approve');
	expect(await family.disagreements(list)).toEqual([]);
	expect(family.chat.texts()).toContain('approved: 3 of 3 payouts are paid.');
	const rows = await readRegister(family.playground.rest, 'approved');
	expect(rows.map(({ approvedBy }) => approvedBy)).toEqual(['Anna', 'Anna', 'Anna']);
});
