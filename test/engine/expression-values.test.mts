/**
 * Values of expressions that are not text: objects, dates, rounded numbers, invisible characters. None of them reaches
 * the bank as text.
 */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { requestsTo } from '../support/ledger.mts';
import { problemsOfOperation } from '../support/validation.mts';

const fixture = useFixture();

const problemsOf = (
	operation: string,
	parameters: INodeParameters,
	options: INodeParameters = {},
) => problemsOfOperation(fixture, operation, { parameters, options });

const lastBody = (method: string): Loose => requestsTo(fixture.sandbox, method).at(-1)?.body;

describe('receipt', () => {
	const receipt = (service: INodeParameters, more: INodeParameters = {}): INodeParameters => ({
		reference: 'receipt-1',
		amount: '100',
		selfEmployedInn: '123456789012',
		payerType: 'legal',
		payerInn: '3316004777',
		payerName: 'OOO Vector',
		receiptServices: { service: [{ serviceName: 'Доставка', ...service }] },
		...more,
	});

	test.each<[string, INodeParameters, string]>([
		['an object', { serviceName: "={{ ({ title: 'Delivery' }) }}" }, 'Name: It is not text'],
		['a date', { serviceName: "={{ new Date('2026-11-22') }}" }, 'Name: It is not text'],
		['a list', { serviceName: "={{ ['Delivery'] }}" }, 'Name: It is not text'],
		[
			'text with a line break',
			{ serviceName: 'Delivery\nin November' },
			'line break or an invisible',
		],
		['text with NUL', { serviceName: '={{ "Deli\\u0000very" }}' }, 'line break or an invisible'],
		[
			'text with a zero-width character',
			{ serviceName: '={{ "Deli\\u200bvery" }}' },
			'line break or an invisible',
		],
	])('service name that is %s: refused, no request is sent', async (_name, service, message) => {
		expect(await problemsOf('receipt.create', receipt(service))).toEqual([
			expect.stringContaining(message),
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('payer name that is a date: refused', async () => {
		const parameters = receipt({}, { payerName: '={{ new Date() }}' });
		expect(await problemsOf('receipt.create', parameters)).toEqual([
			'Receipt Payer Name: It is not text',
		]);
	});

	test('foreign payer: the request has its tax number; other types and lengths are refused', async () => {
		const foreign = {
			payerType: 'foreign',
			payerInn: ' DE 811-907-980 ',
			payerName: 'Muster GmbH',
		};
		expect(await problemsOf('receipt.create', receipt({}, foreign))).toEqual([]);
		expect(lastBody('fiscalization').fiscalization_details.professional_income_taxpayer).toEqual(
			expect.objectContaining({ payer_type: 'foreign', payer_tax_number: 'DE 811-907-980' }),
		);
		for (const payerInn of ['={{ ({ vat: 1 }) }}', 'DE\n811', '8'.repeat(51)]) {
			const parameters = receipt({}, { ...foreign, payerInn });
			expect(await problemsOf('receipt.create', parameters)).toEqual([
				expect.stringMatching(/^Receipt Payer INN: Tax number /),
			]);
		}
	});
});

const payout = (more: INodeParameters): INodeParameters => ({
	reference: 'payout-1',
	amount: '100',
	payoutMethod: 'cardNumber',
	cardNumber: '4242424242424242',
	recipientName: 'Иванов Иван',
	...more,
});

describe('Additional Fields', () => {
	test.each<[string, INodeParameters, string]>([
		['customerReference', { customerReference: '={{ ({ id: 7 }) }}' }, 'Customer Reference: It is'],
		[
			'customerReference as a rounded number',
			{ customerReference: '={{ 12345678901234567890 }}' },
			'Customer Reference: It came as a number',
		],
		[
			'customerEmail',
			{ customerReference: 'c', customerEmail: "={{ ({ to: 'a@b.ru' }) }}" },
			'Customer Email: It is not text',
		],
		[
			'customerPhone',
			{ customerReference: 'c', customerPhone: '={{ new Date() }}' },
			'Customer Phone: It is not text',
		],
		[
			'deviceSessionId',
			{ deviceSessionId: "={{ ['d-1', { id: 2 }] }}" },
			'Device Session ID: It is not text',
		],
		[
			'a routing tag',
			{ customRouting: { tag: [{ rootTag: '={{ ({ a: 1 }) }}', values: 'msk' }] } },
			'Root Tag: It is not text',
		],
	])(
		'%s that is not text: refused, no request is sent',
		async (_name, additionalFields, message) => {
			expect(await problemsOf('payout.send', payout({ additionalFields }))).toEqual([
				expect.stringContaining(message),
			]);
			expect(fixture.sandbox.requests).toEqual([]);
		},
	);

	test('exact number and lists: accepted as text', async () => {
		const additionalFields = {
			customerReference: '={{ 4242 }}',
			deviceSessionId: "={{ ['d-1', 'd-2'] }}",
			customRouting: { tag: [{ rootTag: 'region', values: 'msk, spb' }] },
		};
		expect(await problemsOf('payout.send', payout({ additionalFields }))).toEqual([]);
		expect(lastBody('session/start/payout')).toMatchObject({
			customer: { reference: '4242' },
			payment_metadata: { device_session_id_list: ['d-1', 'd-2'] },
			custom_routing: { tags: [{ root_tag: 'region', values: ['msk', 'spb'] }] },
		});
	});

	test.each([
		['paymentDescription', "={{ ({ title: 'Order' }) }}", 'Payment Description: It is not text'],
		['expiresAt', '={{ new Date() }}', 'Expires At: It is not text'],
	])('%s that is not text: refused, no request is sent', async (name, value, message) => {
		const payment = { reference: 'p', amount: '1', payerReference: 'u', paymentMethod: 'fpsQr' };
		const additionalFields = { [name]: value };
		expect(await problemsOf('payment.initiate', { ...payment, additionalFields })).toEqual([
			message,
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('Customer Reference that is an object: refused', async () => {
		const payment = { reference: 'p', amount: '1', payerReference: '={{ ({ id: 7 }) }}' };
		expect(await problemsOf('payment.initiate', { ...payment, paymentMethod: 'fpsQr' })).toContain(
			'Customer Reference: It is not text',
		);
	});
});

describe('revenue split', () => {
	const payment = (share: INodeParameters[]): INodeParameters => ({
		reference: 'split-1',
		amount: '100',
		payerReference: 'user-42',
		paymentMethod: 'fpsQr',
		additionalFields: { revenueSplit: { share } },
	});
	const of = (contractorAlias: string, percent: string, remains: string | boolean = false) => ({
		contractorAlias,
		percent,
		remains,
	});

	test.each<[string, INodeParameters[], string]>([
		['percent as a word', [of('a', 'ten')], 'The percent of "a" is not a number'],
		['percent with a percent sign', [of('a', '10%')], 'The percent of "a" is not a number'],
		['negative percent', [of('a', '-1')], 'The percent of "a" is not a number'],
		['percent above 100', [of('a', '100.1')], 'The percent of "a" is not a number'],
		[
			'percent as an object',
			[of('a', '={{ ({ percent: 5 }) }}')],
			'The percent of "a" is not a number',
		],
		[
			'percents that add up to more than 100',
			[of('a', '60'), of('b', '70')],
			'add up to 130 percent',
		],
		[
			'two shares that take the rest',
			[of('a', '', true), of('b', '', true)],
			'More than one share takes the rest',
		],
		[
			'share with a percent that takes the rest',
			[of('a', '60', '={{ "true" }}'), of('b', '70')],
			'The share of "a" has a percent and takes the rest as well',
		],
		[
			'Takes the Rest that is not a boolean',
			[of('a', '60', '={{ "yes" }}')],
			'Takes the Rest: "yes" is neither true',
		],
		['share without a contractor', [of('', '60')], 'A share has no contractor or no size'],
		['contractor as an object', [of('={{ ({ a: 1 }) }}', '60')], 'Contractor Alias: It is not'],
	])('%s: refused, no request is sent', async (_name, shares, message) => {
		expect(await problemsOf('payment.initiate', payment(shares))).toEqual([
			expect.stringContaining(message),
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('valid shares: sent as decimals without floating-point errors', async () => {
		const shares = [
			of('a', '={{ 0.1 + 0.2 }}'),
			of('b', '12,5'),
			of('c', '={{ 30 }}'),
			of('d', '', '={{ "true" }}'),
		];
		expect(await problemsOf('payment.initiate', payment(shares))).toEqual([]);
		expect(lastBody('session/init/payment').revenue_split_info).toEqual([
			{ contractor_alias: 'a', percent: '0.3' },
			{ contractor_alias: 'b', percent: '12.5' },
			{ contractor_alias: 'c', percent: '30' },
			{ contractor_alias: 'd', remains: true },
		]);
	});
});

describe('participant', () => {
	const details = (recipientDetails: INodeParameters) => payout({ recipientDetails });
	const recipient = () =>
		lastBody('session/start/payout').participant_details.recipient as Record<string, unknown>;

	test.each<[string, INodeParameters, string]>([
		['city', { city: '={{ ({ name: 1 }) }}' }, 'City is not text'],
		['document', { document: "={{ ({ number: '1' }) }}" }, 'Document is not text'],
		['first name', { first_name: '={{ new Date() }}' }, 'First Name is not text'],
		['identity document', { identity_document: '={{ new Date() }}' }, 'This is not a JSON object'],
		['date of birth', { date_of_birth: '={{ ({ year: 1990 }) }}' }, 'Date of Birth is not text'],
	])('%s that is an object: refused, no request is sent', async (_name, fields, message) => {
		expect(await problemsOf('payout.send', details(fields))).toEqual([
			`Recipient Details: ${message}`,
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test.each([
		'1990-02-30',
		'30.02.1990',
		'01/31/1990',
		'31.1.90',
		'1990-01-31 00:00',
		'1990-01-31T00:00:00',
		'1990-02-30T00:00:00Z',
		'={{ 32904 }}',
		"={{ new Date('no day') }}",
		"={{ DateTime.fromISO('no day') }}",
	])('date of birth %s: refused, no request is sent', async (date_of_birth) => {
		expect(await problemsOf('payout.send', details({ date_of_birth }))).toEqual([
			'Recipient Details: Date of Birth is not a day',
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test.each([
		['text', '1990-01-31'],
		['text in the Russian format', '31.01.1990'],
		['a Date at midnight in Moscow', "={{ new Date('1990-01-31T00:00:00+03:00') }}"],
		[
			'a DateTime in its own zone',
			"={{ DateTime.fromISO('1990-01-31T00:00:00', { zone: 'Asia/Tokyo', locale: 'ar-EG' }) }}",
		],
	])('date of birth as %s: that day is sent', async (_name, date_of_birth) => {
		const written = /^={{ (.*) }}$/.exec(date_of_birth)?.[1] ?? `'${date_of_birth}'`;
		const identity_document = `={{ ({ id_type: 'passport', issue_date: ${written} }) }}`;
		const parameters = details({ date_of_birth, identity_document });
		expect(await problemsOf('payout.send', parameters)).toEqual([]);
		expect(recipient()).toMatchObject({
			date_of_birth: '1990-01-31',
			identity_document: { id_type: 'passport', issue_date: '1990-01-31' },
		});
	});

	test('date of birth with a time that is another day in Moscow than in UTC: refused', async () => {
		const date_of_birth = new Date('1990-01-31T00:00:00+03:00').toISOString();
		expect(await problemsOf('payout.send', details({ date_of_birth }))).toEqual([
			'Recipient Details: Date of Birth is one day in Moscow and another in UTC',
		]);
		const same = details({ date_of_birth: '1990-01-31T00:00:00.000Z' });
		expect(await problemsOf('payout.send', same)).toEqual([]);
		expect(recipient()).toMatchObject({ date_of_birth: '1990-01-31' });
	});

	test('identity document with an unreadable date: refused', async () => {
		const identity_document = '{"id_type":"passport","issue_date":"May 2010"}';
		expect(await problemsOf('payout.send', details({ identity_document }))).toEqual([
			'Recipient Details: issue_date is not a day',
		]);
	});

	test('metadata that is a date: refused', async () => {
		const additionalFields = { metadata: '={{ new Date() }}' };
		expect(await problemsOf('payout.send', payout({ additionalFields }))).toEqual([
			'Metadata (JSON): This is not a JSON object',
		]);
	});
});

describe('Notification IDs', () => {
	const taxReference = '123456789012';

	test.each([
		[',', 'Notification IDs: This field holds no ID'],
		['={{ [null, null] }}', 'Notification IDs: This field holds no ID'],
		['={{ 12345678901234567890 }}', 'Notification IDs: It came as a number'],
		['={{ [12345678901234567890] }}', 'Notification IDs: It came as a number'],
		["={{ [{ id: 'n-1' }] }}", 'Notification IDs: It is not text'],
	])('%s: refused, no request is sent', async (notificationIds, message) => {
		for (const operation of ['markDelivered', 'updateNotificationStatus']) {
			const parameters = { taxReference, notificationIds };
			expect(await problemsOf(`selfEmployed.${operation}`, parameters)).toEqual([
				expect.stringContaining(message),
			]);
		}
		expect(fixture.sandbox.requests).toEqual([]);
	});
});

describe('account numbers and INNs', () => {
	test('Tokenize Account: accepts the account types of payouts, refuses a correspondent account', async () => {
		const bik = '044525974';
		for (const account of [
			'40701810000000000001',
			'40502.810.0.00000000001',
			'40820810000000000001',
		])
			expect(await problemsOf('token.tokenizeAccount', { account, bik })).toEqual([]);
		const account = '30101810000000000001';
		expect(await problemsOf('token.tokenizeAccount', { account, bik })).toEqual([
			expect.stringMatching(/of a kind that Bank 131 does not pay to$/),
		]);
	});

	test('own account with dots and blanks: accepted, sent as digits', async () => {
		const sourceAccount = '40702.810.4 00000000333';
		const source = { payFrom: 'settlement', sourceAccount, transferPurpose: 'Transfer' };
		expect(await problemsOf('payout.send', payout(source))).toEqual([]);
		expect(lastBody('session/multi/start/payment/rko').participant_details.sender.account).toBe(
			'40702810400000000333',
		);
	});

	test('INN of a widget with blanks: sent as digits; INN of a company: refused', async () => {
		const widget = 'selfEmployed';
		const createToken = async (widgetInn: string) =>
			await problemsOf('token.createWidgetToken', { widget, widgetInn });
		expect(await createToken('1234 5678 9012')).toEqual([]);
		expect(lastBody('token')).toMatchObject({
			self_employed_widget: { tax_reference: '123456789012' },
		});
		expect(await createToken('7727406020')).toEqual([
			'Self-Employed INN: INN has 10 digits, as a company has; a person has 12',
		]);
	});
});

describe('numeric options', () => {
	test.each<[INodeParameters, string]>([
		[{ requestTimeout: 0 }, 'Request Timeout (Seconds): 0 is too little'],
		[{ requestTimeout: 0.5 }, 'Request Timeout (Seconds): 0.5 is too little'],
		[{ requestTimeout: '={{ [] }}' }, 'Request Timeout (Seconds): "a list" is not a number'],
		[{ requestTimeout: '={{ true }}' }, 'Request Timeout (Seconds): "true" is not a number'],
		[{ parallelRequests: 0 }, 'Parallel Requests: 0 is too little'],
		[{ parallelRequests: -5 }, 'Parallel Requests: -5 is too little'],
		[{ parallelRequests: 0.5 }, 'Parallel Requests: 0.5 is too little'],
		[{ requestsPerSecond: -1 }, 'Requests per Second: -1 is too little'],
		[{ timeLimit: -1 }, 'Wait at Most (Seconds): -1 is too little'],
	])('%j: refused, no request is sent', async (options, message) => {
		expect(await problemsOf('payout.send', payout({}), options)).toEqual([message]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('no rate limit, no waiting and a timeout of one year: accepted', async () => {
		const options = { requestsPerSecond: 0, timeLimit: 0, requestTimeout: 31_536_000 };
		expect(await problemsOf('payout.send', payout({}), options)).toEqual([]);
	});
});

describe('metadata in Session: Initiate Multiple', () => {
	const multiple = (metadata: unknown) => ({
		reference: 'multiple-1',
		paymentList: [
			{
				payment_details: { type: 'faster_payment_system', faster_payment_system: {} },
				amount_details: { amount: 10_000, currency: 'rub' },
				customer: { reference: 'user-42' },
				metadata,
			},
		],
		payoutList: [
			{
				payout_details: { type: 'wallet', wallet: { type: 'steam', steam: { account: 'gamer' } } },
				amount_details: { amount: 9900, currency: 'rub' },
				participant_details: { recipient: { full_name: 'Full Name' } },
			},
		],
	});

	test('null: replaced by the reference', async () => {
		const parameters = multiple(null) as unknown as INodeParameters;
		expect(await problemsOf('session.initMultiple', parameters)).toEqual([]);
		expect(lastBody('session/multi/init').payment_list[0].metadata).toEqual({
			reference: 'multiple-1',
		});
	});

	test.each(['order 7', '"order 7"', '[7]', 7, [7], true])(
		'%j, which cannot hold the reference: refused, no request is sent',
		async (metadata) => {
			const parameters = multiple(metadata) as unknown as INodeParameters;
			expect(await problemsOf('session.initMultiple', parameters)).toEqual([
				'Payments (JSON): The metadata of an operation is not an object',
			]);
			expect(fixture.sandbox.requests).toEqual([]);
		},
	);
});
