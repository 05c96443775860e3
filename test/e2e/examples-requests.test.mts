import type { Workflow } from '../../playground/rest/types.mts';
import { importExample } from '../../playground/workflows/importExample.mts';
import { describeExample } from './support/describeExample.mts';
import { postToBank } from './support/bankRequest.mts';
import { formLogin, FormUser } from './support/formUser.mts';
import { startMockServer, type MockServer, type Trouble } from './support/mockServer.mts';
import { usePlayground } from './support/usePlayground.mts';
import { waitFor, waitForStatus } from './support/waitFor.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

const playground = usePlayground();

describeExample('refund-on-request.json', () => {
	let formUser: FormUser;
	let session: string;
	let workflow: Workflow;
	/** Keeps the tickets. */
	let records: MockServer;
	const form = () => `${playground.server.baseUrl}/form/bank131-refund`;
	/** The records of the support: tickets of two orders, some of them untidy. */
	const tickets = [
		...Array.from({ length: 20 }, (_, index) => ({ ticket: `T-${index + 1}`, order: 'A-1001' })),
		{ ticket: 'T-8', order: 'A-1002' },
		{ ticket: 77, order: 'A-1001' },
		{ ticket: 'twice', order: 'A-1001' },
		{ ticket: 'TWICE ', order: 'A-1001' },
		{ ticket: '', order: 'A-1001' },
		{ ticket: null, order: '' },
	];

	beforeAll(async () => {
		const { rest } = playground;
		formUser = await FormUser.open(log);
		session = await payOrder();
		records = await startMockServer(() => tickets);
		workflow = await importExample(playground, 'refund-on-request.json', {
			settings: { largestRefund: 2000 },
			credentials: {
				'Support staff': await rest.createCredential('httpBasicAuth', 'Support', formLogin),
			},
			jsCode: {
				Orders: (jsCode) => jsCode.replaceAll(/ps_\d/g, session),
				Tickets: () =>
					`const tickets = await this.helpers.httpRequest({ url: '${records.url}' });
					return tickets.map((json) => ({ json }));`,
			},
		});
		await rest.activate(workflow);
		await waitForStatus(401, form());
	});

	afterAll(async () => {
		records?.close();
		await formUser?.close();
	});

	beforeEach(async () => {
		records.trouble = undefined;
		expect(await payOrder()).toBe(session);
	});

	/** Creates the paid order: 2,490 rubles by card. Resolves to the session ID. */
	async function payOrder(): Promise<string> {
		const { sandbox } = playground;
		sandbox.set({ autoConfirm: true, webhookUrl: undefined });
		sandbox.reset();
		const card = { number: '4242424242424242', expiration_month: '12', expiration_year: '30' };
		const { session: created } = (await postToBank(sandbox, 'session/init/payment', {
			payment_details: {
				type: 'card',
				card: { type: 'bank_card', bank_card: { ...card, security_code: '123' } },
			},
			amount_details: { amount: 2_490_00, currency: 'rub' },
			customer: { reference: 'payer' },
			payment_options: { return_url: 'https://shop.example/' },
		})) as { session: { id: string } };
		await sandbox.idle();
		return created.id;
	}

	async function submitRequest(order: string, ticket: string, amount: string): Promise<string> {
		await formUser.page.goto(form());
		await formUser.submitForm([order, ticket, amount], 'Refund');
		return await formUser.waitForText(/Nothing was refunded|On its way|Refunded|not known yet/);
	}
	const refunds = () =>
		playground.sandbox.ledger
			.find({ kind: 'refund' })
			.map(({ amount, metadata }) => [(metadata as { reference: string }).reference, amount]);

	test('each ticket is refunded once, up to the remaining amount', async () => {
		expect(await submitRequest('A-1001', 'T-1', '490')).toContain('490.00 RUB');
		expect(await submitRequest('A-1001', 'T-1', '490')).toContain(
			'Ticket was refunded before: 490.00 RUB',
		);
		expect(await submitRequest('A-1001', 'T-2', '2000.01')).toContain('Only 2000.00 RUB is left');
		expect(await submitRequest('A-1001', 'T-3', '')).toContain('2000.00 RUB');
		await playground.sandbox.idle();
		expect(refunds()).toEqual([
			['refund-A-1001-T-1', 490_00],
			['refund-A-1001-T-3', 2000_00],
		]);
	});

	test('unknown order, invalid amount or amount above the limits: nothing is refunded', async () => {
		expect(await submitRequest('A-9999', 'T-4', '')).toContain('no such order');
		expect(await submitRequest('A-1001', 'T-5', '2490.01')).toContain('Only 2490.00 RUB were paid');
		expect(await submitRequest('A-1001', 'T-6', '2490')).toContain('by a manager');
		expect(await submitRequest('A-1001', 'T-7', '1,500')).toContain('The amount cannot be read');
		expect(await submitRequest('A-1002', 'T-8', '')).toContain('another amount than our records');
		expect(refunds()).toEqual([]);
	});

	test('lost refund response: the ticket is not refunded again', async () => {
		playground.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'session/refund' } });
		await submitRequest('A-1001', 'T-9', '100');
		expect(await submitRequest('A-1001', 'T-9', '100')).toContain('Ticket was refunded before');
		await playground.sandbox.idle();
		expect(refunds()).toEqual([['refund-A-1001-T-9', 100_00]]);
	});

	test('one ticket in several spellings: one refund; a ticket that is not in the records: none', async () => {
		expect(await submitRequest('A-1001', 'T-10', '100')).toContain('100.00 RUB');
		for (const [order, ticket] of [
			['A-1001', 't-10'],
			['a-1001', ' T-10 '],
			[' A-1001', 'T-10'],
		]) {
			expect(await submitRequest(order, ticket, '100')).toContain('Ticket was refunded before');
		}
		for (const ticket of [
			'T-010',
			'T10',
			'T-1O',
			'\u0422-10',
			'T-99',
			'constructor',
			'7',
			'07',
			'77.0',
		]) {
			expect(await submitRequest('A-1001', ticket, '100')).toContain(
				'no such ticket of this order',
			);
		}
		expect(await submitRequest('A-1001', 'twice', '100')).toContain('several tickets');
		expect(await submitRequest('constructor', 'T-11', '100')).toContain('no such order');
		expect(await submitRequest('A-1001', '77', '50')).toContain('50.00 RUB');
		await playground.sandbox.idle();
		expect(refunds()).toEqual([
			['refund-A-1001-T-10', 100_00],
			['refund-A-1001-77', 50_00],
		]);
	});

	test('one ticket asked for three times at once: one refund', async () => {
		const { user, password } = formLogin;
		const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
		const ask = async (ticket: string) => {
			const body = new FormData();
			for (const [index, value] of ['A-1001', ticket, '30'].entries())
				body.set(`field-${index}`, value);
			return (await fetch(form(), { method: 'POST', headers: { authorization }, body })).status;
		};
		expect(await Promise.all(['T-12', 't-12', 'T-12 '].map(ask))).toEqual([200, 200, 200]);
		await waitFor(() => refunds()[0], 'refund');
		await waitFor(async () => {
			const executions = await playground.rest.listExecutions(workflow);
			return executions.every(({ status }) => !['new', 'running'].includes(status)) || undefined;
		}, 'ended executions');
		await playground.sandbox.idle();
		expect(refunds()).toEqual([['refund-A-1001-T-12', 30_00]]);
	});

	test('bank cannot be reached: nothing is refunded, and the page says so', async () => {
		playground.sandbox.faults.add({
			kind: 'resetBefore',
			match: { path: 'session/status' },
			times: 100,
		});
		expect(await submitRequest('A-1001', 'T-13', '10')).toContain('Nothing was refunded');
		playground.sandbox.faults.clear();
		expect(await submitRequest('A-1001', 'T-13', '10')).toContain('10.00 RUB');
	});

	test.each(['resetBefore', 'errorBefore', 'errorAfter'] as const)(
		'bank cannot be reached (%s) when it is refunded: the page says "refunded" only if it was, and never twice',
		async (kind) => {
			const { sandbox } = playground;
			const isRefunded = kind === 'errorAfter';
			const ticket = { resetBefore: 'T-14', errorBefore: 'T-15', errorAfter: 'T-16' }[kind];
			sandbox.faults.add({ kind, match: { path: 'session/refund' }, times: Infinity });
			const shown = await submitRequest('A-1001', ticket, '10');
			sandbox.faults.clear();
			expect(shown).toMatch(isRefunded ? /On its way|^Refunded/m : /not known yet/);
			expect(await submitRequest('A-1001', ticket, '10')).toMatch(
				isRefunded ? 'Ticket was refunded before' : 'Ticket was handled before',
			);
			await sandbox.idle();
			expect(refunds()).toEqual(isRefunded ? [[`refund-A-1001-${ticket}`, 10_00]] : []);
		},
	);

	test.each<Trouble>(['error', 'reset', 'slow'])(
		'records of the tickets cannot be read (%s): nothing is refunded, and the next request is',
		async (trouble) => {
			const ticket = { error: 'T-17', reset: 'T-18', slow: 'T-19', silent: '' }[trouble];
			records.trouble = trouble;
			await formUser.page.goto(form());
			await formUser.submitForm(['A-1001', ticket, '10'], 'Refund');
			if (trouble === 'slow') await formUser.waitForText('10.00 RUB');
			else {
				await waitFor(async () => {
					const [newest] = await playground.rest.listExecutions(workflow);
					return newest.status === 'error' || undefined;
				}, 'failed execution');
				expect(refunds()).toEqual([]);
				records.trouble = undefined;
				expect(await submitRequest('A-1001', ticket, '10')).toContain('10.00 RUB');
			}
			await playground.sandbox.idle();
			expect(refunds()).toEqual([[`refund-A-1001-${ticket}`, 10_00]]);
		},
	);
});
