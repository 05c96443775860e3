/** The field Currency of every operation that has it. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { PAYER_CARD } from '../support/operations.mts';
import { sendToAccount } from '../support/payouts.mts';
import { nameOf, registeredOperations } from '../support/recorder.mts';
import { problemsOfOperation } from '../support/validation.mts';

const fixture = useFixture();

const operations = registeredOperations()
	.filter(({ fields }) => JSON.stringify(fields).includes('"name":"currency"'))
	.map(nameOf);

/** Valid values for all fields that one of the operations requires. */
const valid: INodeParameters = {
	...sendToAccount,
	...PAYER_CARD,
	reference: 'currency-1',
	payerReference: 'payer-1',
	sessionId: 'ps_1',
};

const problemsWith = async (operation: string, parameters: INodeParameters) =>
	await problemsOfOperation(fixture, operation, { parameters: { ...valid, ...parameters } });

const UNKNOWN = 'Currency: Bank 131 pays out in RUB, USD and EUR only';
const EMPTY = 'Currency: The currency is empty';

test('the operations with a Currency: payouts, payments and Session: Create', () => {
	expect(operations.sort()).toEqual([
		'payment.initiate',
		'payment.initiateAndWait',
		'payment.start',
		'payout.initiate',
		'payout.send',
		'payout.start',
		'session.create',
	]);
});

describe.each(operations)('%s', (operation) => {
	test.each<[string, unknown, string]>([
		['GBP', 'GBP', UNKNOWN],
		['a number', 643, UNKNOWN],
		['a word', 'рубли', UNKNOWN],
		['a list', "={{ ['RUB'] }}", UNKNOWN],
		['an empty text', '', EMPTY],
		['an expression that gives nothing', '={{ $json.nothing }}', EMPTY],
	])('%s: refused under Currency only, no request is sent', async (_name, currency, problem) => {
		for (const amount of ['100', '100 $']) {
			const additionalFields = { currency, sessionAmount: amount } as INodeParameters;
			expect(await problemsWith(operation, { amount, additionalFields })).toEqual([problem]);
		}
		expect(fixture.sandbox.requests).toEqual([]);
	});
});

const receipt: INodeParameters = {
	issueReceipt: true,
	selfEmployedInn: '123456789012',
	payerType: 'individual',
	receiptServices: { service: [{ serviceName: 'Work', price: '100', quantity: 1 }] },
};

test('payout with a receipt, unknown currency: refused under Currency, not under Price', async () => {
	const additionalFields = { currency: 'GBP' };
	expect(await problemsWith('payout.send', { ...receipt, additionalFields })).toEqual([UNKNOWN]);
});

test('payout with a receipt, amount that is no number: refused under Amount, not under Services', async () => {
	const problems = await problemsWith('payout.send', { ...receipt, amount: 'x' });
	expect(problems).toEqual([expect.stringMatching(/^Amount: /)]);
});

test('Session: Create with a currency and without an amount: an unknown currency is refused', async () => {
	const additionalFields = { currency: 'GBP' };
	expect(await problemsWith('session.create', { additionalFields })).toEqual([UNKNOWN]);
	expect(fixture.sandbox.requests).toEqual([]);
});
