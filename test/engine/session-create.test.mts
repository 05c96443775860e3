/** Session: Create with participants and with metadata as plain text, and how text in metadata is shown. */
import type { INodeParameters } from 'n8n-workflow';

import { errorOf } from '../support/engine.mts';
import { useRecorder } from '../support/recorder.mts';
import { jsonOf } from '../support/runOperation.mts';

const recorder = useRecorder();

const created = {
	'session/create': { status: 'ok', session: { id: 'ps_3230', status: 'created' } },
};

describe('Metadata of Session: Create', () => {
	test.each<[string, unknown, unknown]>([
		['plain text, as in the samples of the bank', 'order123', 'order123'],
		['text in quotation marks of JSON', '"order123"', 'order123'],
		['Cyrillic text', ' Заказ № 17 ', 'Заказ № 17'],
		['digits', '123', '123'],
		['a number from an expression', '={{ 123 }}', '123'],
		['text from an expression', '={{ "order" + 123 }}', 'order123'],
		['an object', '{"order": 123}', { order: 123 }],
		['an object from an expression', '={{ ({ order: 123 }) }}', { order: 123 }],
		['nothing', '', undefined],
		['an empty object', '{}', undefined],
	])('%s (%p): sent as %p', async (_name, sessionMetadata, metadata) => {
		const parameters = { sessionMetadata } as INodeParameters;
		const { run, sent } = await recorder.run('session.create', parameters, created);
		expect(errorOf(run)).toBeUndefined();
		expect(sent.map(({ body }) => body)).toEqual([metadata === undefined ? {} : { metadata }]);
	});

	test.each<[string, unknown, RegExp]>([
		['JSON with a mistake', '{"order": 123', /not a JSON object/],
		['a list', '["order123"]', /not a JSON object/],
		['a list from an expression', '={{ ["order123"] }}', /not a JSON object/],
		['a boolean', '={{ true }}', /not a JSON object/],
		['a missing value', 'undefined', /which programs write for a missing value/],
		['an error of a spreadsheet', '#N/A', /the error of a formula/],
		['two lines', 'order\n123', /line break/],
		['empty text in quotation marks', '""', /is empty/],
	])('%s (%p): refused, no request is sent', async (_name, sessionMetadata, message) => {
		const parameters = { sessionMetadata } as INodeParameters;
		const { run, sent } = await recorder.run('session.create', parameters, created);
		expect(errorOf(run)?.message).toMatch(message);
		expect(sent).toEqual([]);
	});
});

describe('Reference of Session: Create', () => {
	test.each<[string, string, object]>([
		['no metadata', '', { reference: 'A-1' }],
		['metadata', '{"batch": 7}', { batch: 7, reference: 'A-1' }],
		['another reference in the metadata', '{"reference": "B-2"}', { reference: 'A-1' }],
	])('%s: the Reference is in the metadata and in the output', async (_name, more, metadata) => {
		const parameters = { sessionReference: 'A-1', sessionMetadata: more };
		const { run, sent } = await recorder.run('session.create', parameters, created);
		expect(errorOf(run)).toBeUndefined();
		expect(sent.map(({ body }) => body)).toEqual([{ metadata }]);
		expect(jsonOf(run)[0]).toMatchObject({ reference: 'A-1', outcome: 'created' });
		expect(jsonOf(run)[0]).not.toHaveProperty('bankReference');
	});

	test('the bank shows it in another form: the output has both', async () => {
		const metadata = { reference: 'a-1' };
		const answer = {
			'session/create': { status: 'ok', session: { id: 'ps_1', status: 'created', metadata } },
		};
		const { run } = await recorder.run('session.create', { sessionReference: 'A-1' }, answer);
		expect(jsonOf(run)[0]).toMatchObject({ reference: 'A-1', bankReference: 'a-1' });
	});

	test.each<[string, object, RegExp]>([
		['an expression without a value', { sessionReference: '={{ $json.ref }}' }, /gives nothing/],
		['a template with a gap', { sessionReference: '=A-{{ $json.ref }}' }, /missing or empty/],
		['a word for a missing value', { sessionReference: 'undefined' }, /missing value/],
		['metadata as plain text', { sessionMetadata: 'order123' }, /leaves no room/],
	])('%s: refused, no request is sent', async (_name, wrong, message) => {
		const parameters = { sessionReference: 'A-1', ...wrong } as INodeParameters;
		const { run, sent } = await recorder.run('session.create', parameters, created);
		expect(errorOf(run)?.message).toMatch(message);
		expect(sent).toEqual([]);
	});
});

describe('Metadata to which the Reference is added', () => {
	const card = { cardNumber: '4242424242424242', recipientName: 'Ivanov Ivan' };
	const operations: Array<[string, INodeParameters]> = [
		['payout.send', { payoutMethod: 'cardNumber', ...card }],
		['payout.start', { payoutMethod: 'cardNumber', ...card, sessionId: 'ps_1' }],
		['payout.initiate', { payoutMethod: 'cardNumber', ...card }],
		['payment.initiate', { paymentMethod: 'fpsQr', payerReference: 'user-42' }],
		['payment.initiateAndWait', { paymentMethod: 'fpsQr', payerReference: 'user-42' }],
		['payment.start', { paymentMethod: 'fpsQr', payerReference: 'user-42', sessionId: 'ps_1' }],
		['refund.create', { sessionId: 'ps_1', refundAmount: '1' }],
	];

	test.each(operations)(
		'%s with plain text: refused, no request is sent',
		async (operation, more) => {
			for (const metadata of ['order123', '"order123"', '={{ 123 }}']) {
				const { run, sent } = await recorder.run(operation, {
					reference: 'r-1',
					amount: '1',
					...more,
					additionalFields: { metadata },
				});
				expect(errorOf(run)).toMatchObject({
					message:
						'Metadata (JSON): Plain text leaves no room for the Reference, which the bank gets in the metadata',
					description: 'Write it as an object, such as {"note": "order123"}. Nothing was sent.',
				});
				expect(sent).toEqual([]);
			}
		},
	);
});

test('Participants of Session: Create: sent as participant_details, in v1 and v2', async () => {
	for (const apiVersion of ['v1', 'v2']) {
		const { run, sent } = await recorder.run(
			'session.create',
			{
				recipientDetails: { full_name: 'Ivanov Ivan', tax_reference: '123456789012' },
				senderDetails: { company_name: 'Company', date_of_incorporation: '31.12.2001' },
			},
			created,
			{ apiVersion },
		);
		expect(errorOf(run)).toBeUndefined();
		expect(sent).toMatchObject([
			{
				path: `/api/${apiVersion}/session/create`,
				body: {
					participant_details: {
						sender: { company_name: 'Company', date_of_incorporation: '2001-12-31' },
						recipient: { full_name: 'Ivanov Ivan', tax_reference: '123456789012' },
					},
				},
			},
		]);
	}
	const { run, sent } = await recorder.run(
		'session.create',
		{ senderDetails: { date_of_birth: 'yesterday' } },
		created,
	);
	expect(errorOf(run)?.message).toContain('Date of Birth is not a day');
	expect(sent).toEqual([]);
});

describe('text in the metadata of a session', () => {
	const payment = {
		id: 'pm_1',
		status: 'succeeded',
		amount_details: { amount: 100, currency: 'rub' },
	};
	const shownBy = async (session: object) => {
		const answers = {
			'session/status': { status: 'ok', session: { id: 'ps_1', status: 'accepted', ...session } },
		};
		const { items } = await recorder.run('session.get', { sessionId: 'ps_1' }, answers);
		return items[0];
	};

	test.each([
		['of the payment', { payment_list: [{ ...payment, metadata: 'order123' }] }],
		['of the payout', { payments: [{ ...payment, metadata: 'order123' }] }],
		['of the session', { payment_list: [payment], metadata: 'order123' }],
		['of a session that was not started', { status: 'created', metadata: 'order123' }],
	])('%s: shown as metadata', async (_name, session) => {
		const item = await shownBy(session);
		expect(item).toMatchObject({ sessionId: 'ps_1', metadata: 'order123' });
		expect(item).not.toHaveProperty('reference');
	});

	test('of a refund: shown beside it', async () => {
		const refunds = [{ id: 'rf_1', status: 'accepted', metadata: 'your metadata here' }];
		expect(await shownBy({ payment_list: [{ ...payment, refunds }] })).toMatchObject({
			refunds: [{ refundId: 'rf_1', metadata: 'your metadata here' }],
		});
	});

	test('JSON text: the reference in it is read; nothing else in it, so it is not repeated', async () => {
		const metadata = '{"reference":"PAY-1"}';
		const item = await shownBy({ payment_list: [{ ...payment, metadata }] });
		expect(item).toMatchObject({ reference: 'PAY-1' });
		expect(item).not.toHaveProperty('metadata');
		const other = '{"reference":"PAY-1","key":"value"}';
		expect(await shownBy({ payment_list: [{ ...payment, metadata: other }] })).toMatchObject({
			reference: 'PAY-1',
			metadata: other,
		});
	});
});
