/** Faster Payments System: list of banks and verification of recipients. */
import type { ILoadOptionsFunctions, INodeType } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { operationsOf } from '../support/operations.mts';
import { makeExecuteContext } from '../support/engine.mts';

const fixture = useFixture();
const { execute } = operationsOf(fixture);

describe('FPS', () => {
	const person = {
		fpsBankId: { __rl: true, mode: 'id', value: '100000000069' },
		firstName: 'Иван',
		lastName: 'Иванов',
		middleName: 'Иванович',
	};

	test('Get Many Banks: one item per bank; error with a remedy if the bank does not respond', async () => {
		const { items } = await execute('fps.getBanks');
		expect(items.map(({ bankId }) => bankId)).toEqual(
			expect.arrayContaining(['100000000069', '100000000197']),
		);
		fixture.sandbox.faults.add({ kind: 'errorBefore', match: { path: 'fps/banks' }, times: 9 });
		const { error } = await execute('fps.getBanks');
		expect(error.description).toBe('Nothing was changed at the bank. Try again later.');
	});

	test('list of Recipient Bank: filtered by Russian name, English name and ID', async () => {
		const { loader } = fixture;
		const search = async (filter?: string) => {
			const context = makeExecuteContext({
				loader,
				nodeName: 'bank131',
				credentials: fixture.credential(),
			});
			const { methods } = loader.getNode('bank131').type as INodeType;
			return await methods!.listSearch!.searchFpsBanks.call(
				context as unknown as ILoadOptionsFunctions,
				filter,
			);
		};
		expect((await search()).results.length).toBeGreaterThanOrEqual(2);
		for (const filter of ['сова', 'SOVA', '0000069', ' «Сов']) {
			expect((await search(filter)).results).toEqual([
				{ name: 'Тестовый банк «Сова» (Sandbox Sova)', value: '100000000069' },
			]);
		}
		expect((await search('no such bank')).results).toEqual([]);
	});

	test.each<[string, string, RegExp]>([
		['empty', '', /^Custom URL is empty$/],
		['without a scheme', '127.0.0.1:8131', /^Custom URL does not start with https:\/\/ or http:\/\/$/],
		['with a query', 'https://gate.local/?', /^Custom URL holds more than a host and a path$/],
		['with a password', 'https://:pw@gate.local', /^Custom URL holds more than a host and a path$/],
		['of the bank without TLS', 'http://demo.bank131.ru', /^Custom URL leads to the bank without/],
	])(
		'list of Recipient Bank, Custom URL %s: the same error as elsewhere',
		async (_, customUrl, message) => {
			const { loader } = fixture;
			const context = makeExecuteContext({
				loader,
				nodeName: 'bank131',
				credentials: fixture.credential({ customUrl }),
			});
			const { methods } = loader.getNode('bank131').type as INodeType;
			const search = methods!.listSearch!.searchFpsBanks;
			const error = await search
				.call(context as unknown as ILoadOptionsFunctions)
				.catch((thrown: Loose) => thrown);
			expect(error.message).toMatch(message);
			const { error: elsewhere } = await execute('fps.getBanks', {}, { credential: { customUrl } });
			expect([error.message, error.description]).toEqual([
				elsewhere.message,
				elsewhere.description,
			]);
		},
	);

	test.each([
		['found', '+7 968 000-00-00', { found: true, pending: false }],
		['not found', '79681310001', { found: false, pending: false, errorCode: 'account_not_found' }],
	])('Verify Recipient: recipient %s', async (_name, phone, expected) => {
		expect((await execute('fps.verifyRecipient', { ...person, phone })).item).toMatchObject(
			expected,
		);
	});

	const verify = async (phone = '79680000000', options = {}) =>
		await execute('fps.verifyRecipient', { ...person, phone }, { options });
	const sent = () =>
		fixture.sandbox.requests
			.filter(({ path }) => path.endsWith('customer_verification'))
			.map(({ body }) => 'session_id' in (body as object));

	test.each([
		['optional', [true]],
		['required', [true]],
		['refused', [true, false]],
	] as const)(
		'Verify Recipient, session_id is %s at the bank: the result',
		async (verificationSession, withSession) => {
			fixture.sandbox.set({ verificationSession });
			expect((await verify()).item).toMatchObject({ found: true, pending: false });
			expect(sent()).toEqual(withSession);
			expect((await verify('79681310001')).item).toMatchObject({ found: false, pending: false });
		},
	);

	test('Verify Recipient without session_id, the result comes later: it is read from the session of the bank', async () => {
		fixture.sandbox.set({ verificationSession: 'refused', processingMs: 300 });
		const { item } = await verify();
		expect(item).toMatchObject({ found: true, sessionStatus: 'accepted' });
		const asked = fixture.sandbox.requests.filter(({ path }) => path.endsWith('session/status'));
		expect(asked.length).toBeGreaterThan(0);
		for (const { body } of asked) expect(body).toEqual({ session_id: item.sessionId });
	});

	test('Verify Recipient without session_id, its response is lost: requested again', async () => {
		fixture.sandbox.set({ verificationSession: 'refused' });
		const match = { path: 'customer_verification', nth: 2 };
		fixture.sandbox.faults.add({ kind: 'resetAfter', match });
		expect((await verify()).item).toMatchObject({ found: true });
		expect(sent()).toEqual([true, false, false]);
	});

	test('Verify Recipient, refused with and without session_id: the first refusal', async () => {
		for (const description of ['first', 'second']) {
			const body = JSON.stringify({
				status: 'error',
				error: { code: 'invalid_request', description },
			});
			const refusal = { kind: 'errorBefore', status: 400, body } as const;
			fixture.sandbox.faults.add({ ...refusal, match: { path: 'customer_verification' } });
		}
		const { error } = await verify();
		expect(error).toMatchObject({ errorCode: 'invalid_request', errorDescription: 'first' });
	});

	test('Verify Recipient, the bank takes no session_id and its response has no session: an error', async () => {
		fixture.sandbox.set({ verificationSession: 'refused' });
		const lost = { kind: 'errorAfter', status: 200, body: '{"status":"ok"}' } as const;
		fixture.sandbox.faults.add({ ...lost, match: { path: 'customer_verification', nth: 2 } });
		const { error } = await verify();
		expect(error.message).toMatch(/no session/);
	});

	test('Verify Recipient, the bank ignores session_id and answers about a session of its own: pending', async () => {
		const session = { id: 'ps_other', status: 'accepted' };
		const body = JSON.stringify({ status: 'ok', session });
		const other = { kind: 'errorBefore', status: 200, body } as const;
		fixture.sandbox.faults.add({ ...other, match: { path: 'customer_verification' } });
		const { item } = await verify('79680000000', { timeLimit: 0.2 });
		expect(item).toMatchObject({ pending: true, sessionStatus: 'created' });
		expect(item).not.toHaveProperty('found');
	});

	test.each([
		['provider_internal_error', undefined],
		['recipient_not_found', undefined],
		['account_not_found', false],
	])(
		'Verify Recipient, cancelled with %s: found is %p, the code is output',
		async (code, found) => {
			const body = (sessionId: string) =>
				JSON.stringify({
					status: 'ok',
					session: { id: sessionId, status: 'cancelled', error: { code, description: 'no' } },
				});
			fixture.sandbox.set({ verificationSession: 'refused' });
			const match = { path: 'customer_verification', nth: 2 };
			fixture.sandbox.faults.add({ kind: 'errorAfter', status: 200, body: body('ps_own'), match });
			const { item } = await verify();
			expect(item).toMatchObject({ pending: false, errorCode: code });
			expect(item.found).toBe(found);
		},
	);

	test('Verify Recipient: no response within Wait at Most: pending, without found', async () => {
		fixture.sandbox.set({ processingMs: 3000 });
		const { item } = await execute(
			'fps.verifyRecipient',
			{ ...person, phone: '79680000000' },
			{ options: { timeLimit: 0.2 } },
		);
		fixture.sandbox.set({ processingMs: 2 });
		expect(item).toMatchObject({ pending: true, phone: '7968***0000' });
		expect(item).not.toHaveProperty('found');
	});

	test.each(['resetAfter', 'garbage'] as const)(
		'Verify Recipient: lost response (%s): requested again',
		async (kind) => {
			fixture.sandbox.faults.add({ kind, match: { path: 'customer_verification' } });
			const { item } = await execute('fps.verifyRecipient', { ...person, phone: '79680000000' });
			expect(item).toMatchObject({ found: true });
		},
	);

	test('Verify Recipient without bank and name: every missing field is named', async () => {
		// n8n does not start a workflow in which these fields are empty.
		const [fpsBankId, firstName, lastName] = new Array<string>(3).fill('={{ "" }}');
		const parameters = { phone: '79680000000', fpsBankId, firstName, lastName };
		const { error } = await execute('fps.verifyRecipient', parameters);
		expect(error.problems.map(({ field }: Loose) => field)).toEqual([
			'Recipient Bank',
			'First Name',
			'Last Name',
		]);
	});
});
