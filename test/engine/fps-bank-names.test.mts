/** FPS banks given by name: looked up in the bank's own list before the first payout, once per run. */
import type { INodeParameters, IRun } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import {
	continueError,
	continueRegular,
	itemsOf,
	jsonOf,
	startRun,
	type RunSettings,
} from '../support/runOperation.mts';
import { expectNotPaid, expectPaidOnce, requestsTo } from '../support/ledger.mts';
import { waitUntil } from '../support/timing.mts';
import { errorOf, outputOf, startNodeRun } from '../support/engine.mts';
import { agentLimits, callModes, callTool, describeWithLimits, fromAI } from '../support/agent.mts';
import { linesOfHtml } from '../support/html.mts';

const fixture = useFixture();

const SBER = '100000000111';
const TBANK = '100000000004';
const VTB = '110000000005';
const ALFA = '100000000008';

/** `={{ $json.bank }}` as n8n saves it when the column is dropped on the field. */
const byColumn = { __rl: true, mode: 'id', value: '={{ $json.bank }}' };

const sendByPhone: INodeParameters = {
	resource: 'payout',
	operation: 'send',
	reference: '={{ $json.ref }}',
	amount: '={{ $json.amount }}',
	payoutMethod: 'fps',
	phone: '={{ $json.phone }}',
	fpsBankId: byColumn,
	purpose: 'Выплата по договору 131',
	payFrom: 'settlement',
};

/** One row per bank: prefix-1 with amount 101.00, … */
const rowsFor = (prefix: string, banks: readonly unknown[]) =>
	banks.map((bank, index) => ({
		ref: `${prefix}-${index + 1}`,
		amount: `${101 + index}.00`,
		phone: `+7 968 000-00-0${index}`,
		bank,
	}));

let lists = 0;
/** Settings with a credential whose list of banks no other test has cached. */
const withOwnList = (settings: RunSettings = {}): RunSettings => ({
	...settings,
	credential: { test: `list ${++lists}` },
});

const pay = async (
	rows: readonly object[],
	{ parameters, ...settings }: RunSettings = {},
): Promise<IRun> =>
	await startRun(fixture, rows, { ...settings, parameters: { ...sendByPhone, ...parameters } });

const listRequests = () => requestsTo(fixture.sandbox, 'fps/banks');

/** The bank's ID in each start of a payout, by reference. */
function paidBanks(): Record<string, string> {
	const starts = fixture.sandbox.requests.filter(({ path }) => /(start|init)\/payout/.test(path));
	return Object.fromEntries(
		starts.map(({ body }: Loose) => [
			body.metadata.reference,
			body.payout_details.bank_account.faster_payment_system.bank_id,
		]),
	);
}

const banksOf = (prefix: string, ids: string[]) =>
	Object.fromEntries(ids.map((id, index) => [`${prefix}-${index + 1}`, id]));

describe('a column with names and IDs', () => {
	const banks = ['Сбер', TBANK, 'ВТБ', 'ПАО Сбербанк', 'Tinkoff', 'альфа-банк', ALFA];
	const ids = [SBER, TBANK, VTB, SBER, TBANK, ALFA, ALFA];

	test.each<[string, INodeParameters]>([
		['dropped on the field', {}],
		['as an expression of the whole field', { fpsBankId: '={{ $json.bank }}' }],
		['as an expression n8n evaluates', { fpsBankId: '={{ $json.bank.trim() }}' }],
		['in the mode From List', { fpsBankId: { ...byColumn, mode: 'list' } }],
	])('%s: each row is paid to its bank, the list is read once', async (_name, parameters) => {
		const rows = rowsFor('column', banks);
		const run = await pay(rows, withOwnList({ parameters }));
		expect(errorOf(run)).toBeUndefined();
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		expectPaidOnce(fixture.sandbox, rows);
		expect(paidBanks()).toEqual(banksOf('column', ids));
		expect(listRequests()).toHaveLength(1);
		expect(fixture.sandbox.requests[0].path).toBe('v1/fps/banks');
	});

	test('a second execution with the same credential does not read the list again', async () => {
		const settings = withOwnList();
		await pay(rowsFor('first', ['Сбер']), settings);
		const run = await pay(rowsFor('second', banks), { ...settings, executionId: '2' });
		expect(jsonOf(run)).toHaveLength(banks.length);
		expect(paidBanks()).toMatchObject(banksOf('second', ids));
		expect(listRequests()).toHaveLength(1);
	});

	test('another credential reads its own list', async () => {
		await pay(rowsFor('one', ['Сбер']), withOwnList());
		await pay(rowsFor('two', ['Сбер']), withOwnList());
		expect(listRequests()).toHaveLength(2);
	});

	test('100 rows: the list is read once', async () => {
		const rows = rowsFor(
			'many',
			Array.from({ length: 100 }, (_, n) => banks[n % banks.length]),
		);
		const run = await pay(
			rows.map((row, n) => ({ ...row, phone: String(79680000000 + n) })),
			withOwnList({ options: { parallelRequests: 50 } }),
		);
		expect(jsonOf(run)).toHaveLength(100);
		expect(listRequests()).toHaveLength(1);
	});
});

test.each<[string, unknown]>([
	['fixed name', { __rl: true, mode: 'id', value: 'Т-Банк' }],
	['bank chosen from the list', { __rl: true, mode: 'list', value: TBANK }],
	['fixed ID', { __rl: true, mode: 'id', value: TBANK }],
	['ID with blanks, as a sheet may have it', '={{ "100 000 000 004" }}'],
])('%s: paid to that bank', async (name, fpsBankId) => {
	const run = await pay(
		rowsFor('fixed', ['', '']),
		withOwnList({ parameters: { fpsBankId } as INodeParameters }),
	);
	expect(errorOf(run)).toBeUndefined();
	expect(paidBanks()).toEqual(banksOf('fixed', [TBANK, TBANK]));
	expect(listRequests()).toHaveLength(name === 'fixed name' ? 1 : 0);
});

test.each(['start', 'initiate'])('Payout: %s takes names', async (operation) => {
	const rows = rowsFor(operation, ['Сбер', 'ВТБ']);
	const sessions = await Promise.all(
		rows.map(async () => {
			const run = await startRun(fixture, [{}], {
				parameters: { resource: 'session', operation: 'create' },
			});
			return String(jsonOf(run)[0].sessionId);
		}),
	);
	const items = rows.map((row, index) => ({ ...row, session: sessions[index] }));
	const parameters = { operation, sessionId: '={{ $json.session }}' };
	const run = await pay(items, withOwnList({ parameters }));
	expect(errorOf(run)).toBeUndefined();
	expect(paidBanks()).toEqual(banksOf(operation, [SBER, VTB]));
	expectPaidOnce(fixture.sandbox, rows);
});

test('FPS: Verify Recipient takes a name and outputs the ID', async () => {
	const parameters = {
		resource: 'fps',
		operation: 'verifyRecipient',
		phone: '79680000000',
		fpsBankId: byColumn,
		firstName: 'Иван',
		lastName: 'Иванов',
	};
	const run = await startRun(fixture, [{ bank: 'Тинькофф' }], withOwnList({ parameters }));
	expect(jsonOf(run)[0]).toMatchObject({ found: true, fpsBankId: TBANK });
});

describe('names that are unknown or fit two banks', () => {
	const rows = rowsFor('names', ['Сбер', 'Сбирбанк', 'АТБ', 'Озон Кошелёк', ALFA, 'Сбер\nбанк']);

	test('Stop Workflow: nothing is paid, the error names each row and the banks it may be', async () => {
		const run = await pay(rows, withOwnList());
		expect(fixture.sandbox.requests.map(({ path }) => path)).toEqual(['v1/fps/banks']);
		expect(errorOf(run)?.message).toBe('4 of 6 rows are not valid, so nothing was sent');
		expect(linesOfHtml(errorOf(run)!.description!)).toEqual([
			'Row 2, Recipient Bank: "Сбирбанк" is not in the list of FPS banks; similar there: Сбербанк (100000000111). Write the name as it is in that list, or the 12-digit ID of the bank.',
			'Row 3, Recipient Bank: "АТБ" fits 2 banks of the list of FPS banks: Азиатско-Тихоокеанский Банк (100000000108), Автоторгбанк (100000000181). Write the name as it is in that list, or the 12-digit ID of the bank.',
			'Row 4, Recipient Bank: "Озон Кошелёк" is not in the list of FPS banks; similar there: Озон Банк (Ozon) (100000000273). Write the name as it is in that list, or the 12-digit ID of the bank.',
			'Row 6: Recipient Bank holds a line break or an invisible character. Write it in one line.',
		]);
	});

	test.each([
		['continueRegularOutput', continueRegular],
		['continueErrorOutput', continueError],
	])('%s: the other rows are paid once', async (mode, node) => {
		const run = await pay(rows, withOwnList({ node }));
		expect(paidBanks()).toEqual({ 'names-1': SBER, 'names-5': ALFA });
		const items = outputOf(run, mode === 'continueErrorOutput' ? 1 : 0);
		const failures = items.filter(({ json }) => json.error);
		expect(failures.map(({ pairedItem }: Loose) => pairedItem.item)).toEqual([1, 2, 3, 5]);
		expect(failures[1].json.error).toMatchObject({ reference: 'names-3', outcome: 'rejected' });
	});

	test('an empty list: every name is unknown, the IDs are paid', async () => {
		const body = '{"status":"ok","banks":[]}';
		fixture.sandbox.faults.add({ kind: 'garbage', match: { path: 'fps/banks' }, body });
		const run = await pay(rows.slice(0, 5), withOwnList({ node: continueError }));
		expect(jsonOf(run, 1).map(({ error }) => error.reference)).toHaveLength(4);
		expect(paidBanks()).toEqual({ 'names-5': ALFA });
	});
});

test('a bank of the list is no longer valid: its payout is refused, the others are paid once', async () => {
	const settings = withOwnList({ node: continueError });
	await pay(rowsFor('before', ['Сбер']), settings);
	const rows = rowsFor('closed', ['Сбер', 'ВТБ']);
	const body = '{"status":"error","error":{"code":"invalid_request","description":"bank_id"}}';
	const refusal = {
		kind: 'errorBefore',
		status: 400,
		body,
		match: { reference: 'closed-1' },
	} as const;
	fixture.sandbox.faults.add({ ...refusal, times: Infinity });
	const run = await pay(rows, { ...settings, executionId: '2' });
	expect(listRequests()).toHaveLength(1);
	expect(jsonOf(run, 1)[0].error).toMatchObject({
		outcome: 'rejected',
		reference: 'closed-1',
		errorCode: 'invalid_request',
	});
	expectPaidOnce(fixture.sandbox, rows.slice(1));
	expectNotPaid(fixture.sandbox, ['closed-1']);
});

describe('the list cannot be read', () => {
	const rows = rowsFor('off', ['Сбер', SBER, 'ВТБ', VTB]);
	const refused = '{"status":"error","error":{"code":"authentication_error","description":"no"}}';

	test.each([
		['no answer', { kind: 'resetBefore' }, 4],
		['a proxy page', { kind: 'errorBefore', status: 502 }, 4],
		['half an answer', { kind: 'halfBody' }, 4],
		['an answer without the list', { kind: 'garbage', body: '{"status":"ok"}' }, 1],
		[
			'a list without IDs',
			{ kind: 'garbage', body: '{"status":"ok","banks":[{"name":"Сбер"}]}' },
			1,
		],
		['a refusal', { kind: 'errorBefore', status: 401, body: refused }, 1],
	] as const)('%s, Continue: only the rows with names fail', async (_name, fault, requests) => {
		fixture.sandbox.faults.add({ ...fault, match: { path: 'fps/banks' }, times: 99 });
		const settings = withOwnList({ node: continueError });
		const run = await pay(rows, settings);
		expect(paidBanks()).toEqual({ 'off-2': SBER, 'off-4': VTB });
		expect(jsonOf(run).map(({ reference }) => reference)).toEqual(['off-2', 'off-4']);
		for (const { error } of jsonOf(run, 1)) {
			expect(error).toMatchObject({ outcome: 'rejected', problems: [{ field: 'Recipient Bank' }] });
			expect(error.message).toContain('the list of FPS banks cannot be read: ');
			expect(error.problems[0].remedy).toContain(
				'The 12-digit ID of the bank works without the list.',
			);
		}
		// Asked once for both rows; a lost answer is requested again by the client.
		expect(listRequests()).toHaveLength(requests);

		fixture.sandbox.faults.clear();
		const failed = rows.filter((_, index) => index % 2 === 0);
		await pay(failed, { ...settings, executionId: '2' });
		expect(paidBanks()).toEqual(banksOf('off', [SBER, SBER, VTB, VTB]));
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('Stop Workflow: nothing is paid', async () => {
		fixture.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'fps/banks' }, times: 99 });
		const run = await pay(rows, withOwnList());
		expect(errorOf(run)?.message).toBe('2 of 4 rows are not valid, so nothing was sent');
		expect(paidBanks()).toEqual({});
		expect(fixture.sandbox.sessions.count).toBe(0);
	});

	test('cancelled while the list is requested: ends at once, nothing is paid', async () => {
		fixture.sandbox.faults.add({ kind: 'timeoutBefore', match: { path: 'fps/banks' }, times: 99 });
		const { credential } = withOwnList();
		const run = startNodeRun({
			loader: fixture.loader,
			nodeName: 'bank131',
			credentials: fixture.credential(credential),
			parameters: { ...sendByPhone, options: {} },
			items: itemsOf(rows),
			node: continueError,
		});
		await waitUntil(() => listRequests().length > 0);
		run.cancel();
		await run;
		expect(paidBanks()).toEqual({});
		expect(fixture.sandbox.sessions.count).toBe(0);
		expect(listRequests()).toHaveLength(1);
	});
});

describeWithLimits('an AI agent', () => {
	const limits = agentLimits(500);
	const parameters: INodeParameters = {
		...sendByPhone,
		...limits,
		reference: fromAI('reference'),
		amount: fromAI('amount'),
		phone: '79680000000',
		fpsBankId: { __rl: true, mode: 'id', value: fromAI('bank') },
	};
	const call = (reference: string, bank: string) => ({ reference, amount: '100', bank });

	test.each(callModes)(
		'tool called by %s: names are looked up; the same phone at another bank is the same recipient',
		async (mode) => {
			const calls = [
				[call('agent-1', 'Сбер')],
				[call('agent-2', 'Т-Банк')],
				[call('agent-3', 'Банк Сбиров')],
			];
			const results = await callTool(fixture, { mode, parameters, calls });
			expect(results[0]).toMatchObject({ outcome: 'succeeded' });
			expect(results[1].error.message).toContain('The same amount for the same recipient');
			expect(results[2].error.message).toContain('"Банк Сбиров" is not in the list of FPS banks');
			expect(paidBanks()).toEqual({ 'agent-1': SBER });
		},
	);
});
