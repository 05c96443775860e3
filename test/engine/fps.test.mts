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

	test.each([
		['found', '+7 968 000-00-00', { found: true, pending: false }],
		['not found', '79681310001', { found: false, pending: false, errorCode: 'account_not_found' }],
	])('Verify Recipient: recipient %s', async (_name, phone, expected) => {
		expect((await execute('fps.verifyRecipient', { ...person, phone })).item).toMatchObject(
			expected,
		);
	});

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
		const { error } = await execute('fps.verifyRecipient', { phone: '79680000000' });
		expect(error.problems.map(({ field }: Loose) => field)).toEqual([
			'Recipient Bank',
			'First Name',
			'Last Name',
		]);
	});
});
