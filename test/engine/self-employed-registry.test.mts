/** Self-employed people at the tax service: personal data, notifications, status. */
import { useFixture } from '../support/engineFixture.mts';
import { operationsOf } from '../support/operations.mts';

const fixture = useFixture();
const { execute } = operationsOf(fixture);

describe('Self-employed', () => {
	const taxReference = '123456789012';

	test('Check Personal Info: matches, mismatches with their fields, error of the tax service', async () => {
		const person = { firstName: 'Иван', lastName: 'Иванов', phone: '79680000000' };
		const { item } = await execute('selfEmployed.checkPersonalInfo', { taxReference, ...person });
		expect(item).toMatchObject({ inn: taxReference, matches: true, mismatches: [] });
		const { item: other } = await execute('selfEmployed.checkPersonalInfo', {
			taxReference: '131000000773',
			...person,
		});
		expect(other).toMatchObject({ matches: false, mismatches: ['last_name', 'phone'] });
		const { error } = await execute('selfEmployed.checkPersonalInfo', {
			taxReference: '131000000389',
			...person,
		});
		expect(error).toMatchObject({ errorCode: 'npd_service_internal_error' });
	});

	test.each<[string, object, object]>([
		['no list', { result: 'passed' }, { matches: undefined, mismatches: undefined }],
		['what matches', { equal: ['phone'] }, { matches: false, mismatches: ['phone'] }],
		['another list first', { links: [], differs: ['phone'] }, { matches: true, mismatches: [] }],
		['an object instead of a list', { differs: { 1: 'phone' } }, { matches: undefined }],
	])(
		'Check Personal Info, the answer has %s: matches is absent or wrong, the whole answer is output',
		async (_name, answer, expected) => {
			const body = JSON.stringify({ status: 'ok', ...answer });
			const match = { path: 'npd/request/status' };
			fixture.sandbox.faults.add({ kind: 'errorBefore', status: 200, body, match });
			const person = { firstName: 'Иван', lastName: 'Иванов', phone: '79680000000' };
			const { item } = await execute('selfEmployed.checkPersonalInfo', { taxReference, ...person });
			expect(item.answer).toMatchObject(answer);
			const { matches, mismatches } = item;
			expect({ matches, mismatches }).toMatchObject(expected);
		},
	);

	test.each([
		['list', ['npd/notifications/count']],
		['one', ['npd/notifications/count', 'npd/notifications/count']],
	] as const)(
		'a bank that takes the notifications of a %s: counted and read',
		async (notificationsFor, counts) => {
			fixture.sandbox.set({ notificationsFor });
			const { item } = await execute('selfEmployed.countNotifications', { taxReference });
			expect(item).toMatchObject({ count: 1 });
			expect(fixture.sandbox.requests.map(({ path }) => path.slice('v1/'.length))).toEqual(counts);
			const { items } = await execute('selfEmployed.getNotifications', { taxReference });
			expect(items).toMatchObject([{ inn: taxReference, title: 'Tax notice' }]);
		},
	);

	test('notifications, refused in every form: the first refusal, no further request', async () => {
		const body = (description: string) =>
			JSON.stringify({ status: 'error', error: { code: 'invalid_request', description } });
		for (const description of ['first', 'second']) {
			const refusal = { kind: 'errorBefore', status: 400, body: body(description) } as const;
			fixture.sandbox.faults.add({ ...refusal, match: { path: 'notifications/count' } });
		}
		const { error } = await execute('selfEmployed.countNotifications', { taxReference });
		expect(error).toMatchObject({ errorCode: 'invalid_request', errorDescription: 'first' });
		expect(fixture.sandbox.requests).toHaveLength(2);
	});

	test('notifications, refused with another code: no second form', async () => {
		const body = '{"status":"error","error":{"code":"authorization_error"}}';
		fixture.sandbox.faults.add({ kind: 'errorBefore', status: 400, body, match: {} });
		const { error } = await execute('selfEmployed.countNotifications', { taxReference });
		expect(error).toMatchObject({ errorCode: 'authorization_error' });
		expect(fixture.sandbox.requests).toHaveLength(1);
	});

	test('notifications: counted, read, marked as delivered, acknowledged, then none', async () => {
		const countOf = async () =>
			(await execute('selfEmployed.countNotifications', { taxReference })).item.count as number;
		expect(await countOf()).toBe(1);
		const { items } = await execute('selfEmployed.getNotifications', { taxReference });
		expect(items).toMatchObject([{ inn: taxReference, status: 'NEW', title: 'Tax notice' }]);
		const named = { taxReference, notificationIds: items[0].notificationId as string };
		const { item: delivered } = await execute('selfEmployed.markDelivered', named);
		expect(delivered).toMatchObject({ delivered: true });
		const { item } = await execute('selfEmployed.updateNotificationStatus', named);
		expect(item).toMatchObject({ status: 'ACKNOWLEDGED' });
		expect(await countOf()).toBe(0);
		expect((await execute('selfEmployed.getNotifications', { taxReference })).items).toEqual([]);
	});

	test.each([
		'selfEmployed.countNotifications',
		'selfEmployed.getNotifications',
		'selfEmployed.markDelivered',
		'selfEmployed.updateNotificationStatus',
	])('%s with an invalid INN: refused', async (operation) => {
		const { error } = await execute(operation, { taxReference: '123', notificationIds: '1' });
		expect(error.problems).toMatchObject([{ field: 'Self-Employed INN' }]);
	});

	test('Check, then Get Check Result: the same result; unknown request ID: invalid_request', async () => {
		const { item } = await execute('selfEmployed.check', { taxReference });
		expect(item).toMatchObject({ status: 'answered', canGetReceipt: true });
		const { item: later } = await execute('selfEmployed.getResult', { requestId: item.requestId });
		expect(later).toMatchObject({ isLinked: true });
		const { error } = await execute('selfEmployed.getResult', { requestId: 'nobody' });
		expect(error).toMatchObject({ errorCode: 'invalid_request' });
	});
});
