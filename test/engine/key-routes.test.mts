/** One Reference sent to the bank by two of its methods in one execution: only the first one is sent. */
import type { INodeParameters, IRun } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { outputOf, runNode } from '../support/engine.mts';
import { sendToAccount, sendToCard } from '../support/payouts.mts';
import { itemsOf } from '../support/runOperation.mts';

const fixture = useFixture();

const payout: INodeParameters = {
	resource: 'payout',
	...sendToAccount,
	reference: '={{ $json.ref }}',
	amount: '={{ $json.amount ?? "100" }}',
	payFrom: '={{ $json.from ?? "collateral" }}',
	options: {},
};
const send: INodeParameters = { ...payout, operation: 'send' };
const initiate: INodeParameters = { ...payout, operation: 'initiate' };
const withReceipt: INodeParameters = {
	...send,
	issueReceipt: true,
	selfEmployedInn: '131000000998',
	payerType: 'individual',
	receiptServices: { service: [{ serviceName: 'Delivery', price: '100', quantity: 1 }] },
};
const toCardFromSettlement: INodeParameters = {
	...sendToCard,
	reference: '={{ $json.ref }}',
	amount: '100',
	cardNumber: '4242424242424242',
	recipientName: 'Иванов Иван Иванович',
	payFrom: 'settlement',
	transferPurpose: 'Transfer',
	options: {},
};

const run = async (
	parameters: INodeParameters,
	rows: object[],
	more: { second?: INodeParameters; batches?: object[][]; credential?: object } = {},
): Promise<IRun> =>
	await runNode({
		loader: fixture.loader,
		nodeName: 'bank131',
		credentials: fixture.credential(more.credential),
		parameters,
		node: { onError: 'continueErrorOutput' },
		second: more.second,
		...(more.batches ? { batches: more.batches.map(itemsOf) } : { items: itemsOf(rows) }),
	});

/** The second node reads the Reference that the first one outputs. */
const after = (parameters: INodeParameters): INodeParameters => ({
	...parameters,
	reference: '={{ $json.reference }}',
});

const errorOfItem = (items: Loose[]) => items.map(({ json }) => json.error);
const paidCount = () =>
	fixture.sandbox.ledger.entries.filter(({ kind }) => kind === 'payout').length;

beforeEach(() => {
	// A bank that counts keys per method would pay each of these twice.
	fixture.sandbox.set({ autoConfirm: true });
});

test.each<[string, INodeParameters, INodeParameters]>([
	['Send, then Initiate', send, initiate],
	['Initiate, then Send', initiate, send],
	[
		'Send from the collateral account, then from the settlement account',
		send,
		{ ...send, payFrom: 'settlement' },
	],
	['Send without a receipt, then with one', send, withReceipt],
	['Send to an account, then to a card from the settlement account', send, toCardFromSettlement],
])('%s: the second is rejected, nothing is sent, paid once', async (_name, first, second) => {
	const executed = await run(first, [{ ref: 'route-1' }], { second: after(second) });
	expect(outputOf(executed)[0].json).toMatchObject({ outcome: 'succeeded' });
	const requests = fixture.sandbox.requests.length;
	expect(errorOfItem(outputOf(executed, 1, 0, 'Second'))).toEqual([
		expect.objectContaining({
			outcome: 'rejected',
			reference: 'route-1',
			message: expect.stringContaining('by another way'),
		}),
	]);
	expect(fixture.sandbox.requests).toHaveLength(requests);
	expect(paidCount()).toBe(1);
});

test('in a loop, Pay From differs in the second round: rejected, paid once', async () => {
	const batches = [[{ ref: 'loop-1' }], [{ ref: 'loop-1', from: 'settlement' }]];
	const executed = await run(send, [], { batches });
	expect(errorOfItem(outputOf(executed, 1, 1))[0]).toMatchObject({ outcome: 'rejected' });
	expect(paidCount()).toBe(1);
});

test('the same way twice: the bank refuses the second as a duplicate', async () => {
	const executed = await run(send, [{ ref: 'same-1' }], { second: after(send) });
	expect(outputOf(executed, 0, 0, 'Second')[0].json).toMatchObject({ outcome: 'duplicate' });
});

test('nothing was started by the first way: the second may be taken', async () => {
	const batches = [[{ ref: 'free-1', amount: '100.02' }], [{ ref: 'free-1', from: 'settlement' }]];
	const executed = await run(send, [], { batches });
	expect(errorOfItem(outputOf(executed, 1, 0))[0]).toMatchObject({
		outcome: 'rejected',
		errorCode: 'routing_internal_error',
	});
	expect(outputOf(executed, 0, 1)[0].json).toMatchObject({ outcome: 'succeeded' });
	expect(paidCount()).toBe(1);
});

test('the first way ended as unknown: the second is rejected', async () => {
	const { faults } = fixture.sandbox;
	faults.add({ kind: 'resetAfter', match: { path: 'init/payout' } });
	const executed = await run({ ...initiate, payFrom: 'collateral' }, [{ ref: 'lost-1' }]);
	expect(errorOfItem(outputOf(executed, 1))[0]).toMatchObject({ outcome: 'unknown' });
	faults.clear();
	faults.add({ kind: 'resetAfter', match: { path: 'init/payout' } });
	const batches = [[{ ref: 'lost-2' }], [{ ref: 'lost-2', from: 'settlement' }]];
	const looped = await run(initiate, [], { batches });
	expect(errorOfItem(outputOf(looped, 1, 0))[0]).toMatchObject({ outcome: 'unknown' });
	expect(errorOfItem(outputOf(looped, 1, 1))[0]).toMatchObject({ outcome: 'rejected' });
	await fixture.sandbox.idle();
	expect(paidCount()).toBe(2);
});
