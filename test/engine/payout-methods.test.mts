/** The request of each payout method, compared with JSON written by hand from the documentation of the bank. */
import { withFixture } from '../support/engineFixture.mts';
import { requestsTo } from '../support/ledger.mts';
import { methods } from '../support/payoutMethodCases.mts';
import { payAll } from '../support/payouts.mts';
import { registeredPayoutMethods } from '../support/recorder.mts';
import { jsonOf } from '../support/runOperation.mts';

const table = Object.entries(methods).flatMap(([name, method]) =>
	(['v1', 'v2'] as const).map((version) => [name, version, method] as const),
);

test('every payout method of the package has a row in this table', () => {
	const rows = Object.values(methods).map(({ parameters }) => parameters.payoutMethod);
	expect(registeredPayoutMethods().filter((method) => !rows.includes(method))).toEqual([]);
});

test.concurrent.each(table)(
	'%s in API %s: documented request, output and ledger entry',
	async (_name, version, method) =>
		await withFixture(async (fixture) => {
			const run = await payAll(fixture, [{}], {
				parameters: {
					cardNumber: '',
					recipientName: '',
					...method.parameters,
					reference: 'order-131',
					amount: '100.00',
				},
				credential: { apiVersion: version },
			});
			const name = version === 'v1' ? 'payment_method' : 'payout_details';
			const [start] = requestsTo(fixture.sandbox, method.endpoint ?? 'session/start/payout');
			expect(start.body).toEqual({
				session_id: expect.stringMatching(/^ps_/),
				[name]: method.details,
				amount_details: { amount: 10000, currency: 'rub' },
				metadata: { reference: 'order-131' },
				...method.more,
			});
			expect(start).toMatchObject({ idempotencyKey: 'order-131', signatureOk: true, status: 200 });
			expect([...new Set(fixture.sandbox.requests.map(({ path }) => path.slice(0, 2)))]).toEqual([
				version,
			]);
			// Only the start request has the idempotency key.
			const keys = fixture.sandbox.requests.filter(
				({ idempotencyKey }) => idempotencyKey !== undefined,
			);
			expect(keys).toEqual([start]);

			expect(jsonOf(run)).toEqual([
				expect.objectContaining({
					outcome: 'succeeded',
					reference: 'order-131',
					sessionId: start.sessionId,
					sessionStatus: 'accepted',
					payoutId: expect.stringMatching(/^po_/),
					payoutStatus: 'succeeded',
					amount: '100.00',
					amountMinorUnits: 10000,
					currency: 'RUB',
					...method.output,
					method: method.parameters.payoutMethod ?? 'cardNumber',
					bankMethod: method.output.method ?? 'bank_account',
				}),
			]);
			expect(fixture.sandbox.ledger.entries).toEqual([
				expect.objectContaining({
					kind: 'payout',
					amount: 10000,
					currency: 'rub',
					account: 'collateral',
					idempotencyKey: 'order-131',
					sessionId: start.sessionId,
					...method.ledger,
				}),
			]);
		}),
);

test.concurrent(
	'currency USD: the bank converts it, the item and the ledger have the rubles',
	async () =>
		await withFixture(async (fixture) => {
			const run = await payAll(fixture, [{}], {
				parameters: {
					reference: 'usd-1',
					amount: '100.00',
					cardNumber: '4242424242424242',
					recipientName: 'Ivanov Ivan',
					additionalFields: { currency: 'USD' },
				},
			});
			expect(requestsTo(fixture.sandbox, 'session/start/payout')[0].body).toMatchObject({
				amount_details: { amount: 10000, currency: 'usd' },
			});
			expect(jsonOf(run)[0]).toMatchObject({
				outcome: 'succeeded',
				amount: '8000.00',
				currency: 'RUB',
			});
			expect(fixture.sandbox.moneyMoved()).toBe(800000);
		}),
);

test.concurrent.each(['v1', 'v2'])(
	'Simplify off in API %s: the item has the session of the response',
	async (apiVersion) =>
		await withFixture(async (fixture) => {
			const run = await payAll(fixture, [{}], {
				parameters: {
					reference: 'raw-1',
					amount: '100.00',
					cardNumber: '4242424242424242',
					recipientName: 'Ivanov Ivan',
				},
				options: { simplify: false },
				credential: { apiVersion },
			});
			const { session } = jsonOf(run)[0];
			const [payout] = session[apiVersion === 'v1' ? 'payments' : 'payout_list'];
			expect(payout).toMatchObject({ status: 'succeeded', metadata: { reference: 'raw-1' } });
		}),
);
