/**
 * The objects of the bank's page "Objects" (test/fixtures/objects.json lists their fields). Each field can be sent in a
 * request, or read from a response or webhook. engine/requests.test.mts proves that the requests of the same fixtures
 * are sent.
 */
import { readFileSync } from 'node:fs';

import { describeSession } from '../../bank131/session/describe.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { readSession } from '../../bank131/session/session.ts';

const fixture = <T,>(name: string): T =>
	JSON.parse(readFileSync(new URL(`../fixtures/${name}`, `file://${__filename}`), 'utf8')) as T;

const objects = fixture<Record<string, string[]>>('objects.json');

/** Paths of an object in request bodies, in the sample session below, and in responses of other methods. */
interface Paths {
	request?: string[];
	session?: string[];
	response?: string[];
}

const recipient = 'participant_details.recipient';
const taxpayer = 'fiscalization_details.professional_income_taxpayer';
const ru = 'payment_method.bank_account';

const pathsOf: Record<string, Paths> = {
	PaymentSession: { session: [''] },
	Payment: { session: ['payments.0'] },
	AcquiringPayment: { session: ['acquiring_payments.0'] },
	Refund: { session: ['payments.0.refunds.0', 'acquiring_payments.0.refunds.0'] },
	PaymentMethod: { request: ['payment_method'] },
	PaymentDetails: { request: ['payment_details'] },
	PaymentOptions: { request: ['payment_options'] },
	BankAccountPaymentMethod: { request: [ru] },
	BankAccountRU: { request: [`${ru}.ru`] },
	FasterPaymentSystem: { request: [`${ru}.faster_payment_system`] },
	FasterPaymentSystemVerification: { request: [`${ru}.faster_payment_system_verification`] },
	CardPaymentMethod: {
		request: ['payment_method.card', 'payment_details.card'],
		session: ['payments.0.payment_method.card'],
	},
	BankCard: { request: ['payment_method.card.bank_card', 'payment_details.card.bank_card'] },
	EncryptedCard: { request: ['payment_details.card.encrypted_card'] },
	WalletPaymentMethod: { request: ['payment_method.wallet'] },
	QiwiWalletPaymentMethod: { request: ['payment_method.wallet.qiwi'] },
	YooMoneyWalletPaymentMethod: { request: ['payment_method.wallet.yoomoney'] },
	TaxPaymentMethod: { request: ['payment_method.tax'] },
	TaxShort: { request: ['payment_method.tax'] },
	PublicToken: { response: ['token:'] },
	RecurrentToken: { request: ['recurrent', 'recurrent_token'] },
	CardTokenInfo: { response: ['token/info:info'] },
	PublicTokenInfo: { request: ['public_token'], response: ['token/info:info'] },
	RecurrentTokenInfo: {
		request: ['recurrent'],
		response: ['recurrent/status:recurrent'],
	},
	InternalTransferInfo: { request: ['payment_details.internal_transfer'] },
	SecuredCard: { request: ['payment_details.secured_card'] },
	TransferFromNominalAccount: {
		request: ['payment_details.internal_transfer.transfer_from_nominal_account'],
	},
	GooglePayInfo: { request: ['payment_details.secured_card.google_pay'] },
	AmountDetails: { request: ['amount_details'], session: ['payments.0.amount_details'] },
	TaxDetails: { request: ['payment_method.tax.tax_details'] },
	TaxPeriod: { request: ['payment_method.tax.tax_details.period'] },
	Customer: { request: ['customer'] },
	CustomerContact: { request: ['customer.contacts.0'] },
	CustomerInteraction: { session: ['acquiring_payments.0.customer_interaction'] },
	CustomerInteractionRedirect: { session: ['acquiring_payments.0.customer_interaction.redirect'] },
	CustomerInteractionInform: { session: ['acquiring_payments.0.customer_interaction.inform'] },
	QRInformInteraction: { session: ['acquiring_payments.0.customer_interaction.inform.qr'] },
	FiscalizationDetails: { request: ['fiscalization_details'] },
	FiscalizationReceipt: { session: [`payments.0.${taxpayer}.receipt`] },
	FiscalizationService: { request: [`${taxpayer}.services.0`] },
	Participant: { request: [recipient] },
	ParticipantDetails: { request: ['participant_details'] },
	ProfessionalIncomeTaxpayer: { request: [taxpayer], session: [`payments.0.${taxpayer}`] },
	WalletDetails: { response: ['wallet/balance:wallets.0'] },
	TokenizeWidgetMetadata: { request: ['tokenize_widget'] },
	SelfEmployedWidgetMetadata: { request: ['self_employed_widget'] },
	AcquiringWidgetMetadata: { request: ['acquiring_widget'] },
	ConfirmInformation: { request: ['confirm_information'] },
	TransferDetails: { request: ['confirm_information.transfer_details'] },
	NominalPaymentParticipant: { request: ['confirm_information.transfer_details.customer'] },
	Error: { session: ['payments.0.error', 'error'] },
	NotificationCountInformation: {
		response: ['npd/notifications/count:notifications_count.0'],
	},
	NotificationInformation: { response: ['npd/notifications/read:notifications.0'] },
	Notifications: { response: ['npd/notifications/read:notifications.0.notifications.0'] },
	Notification_list: { request: ['notification_list.0'] },
};

/** Fields that the simplified output leaves out; with Simplify off the whole session is there. */
const EXCEPTIONS: Record<string, string> = {
	'Payment.created_at':
		'Simplify off: the output has the time of the session, which is nearly the same',
	'Payment.participant_details': 'Simplify off: names of people that the user has entered',
	'AcquiringPayment.created_at': 'Simplify off: as for payouts',
	'AcquiringPayment.participant_details': 'Simplify off: names of people',
	'TaxPaymentMethod.tax_short':
		'an old copy of the page nests the details; the sample of the page and the SDK put them flat',
	'CardTokenInfo.number_hash': 'a secret that the user has just entered',
	'CustomerInteraction.type': 'Simplify off: the name of the object in it says the same',
};

const sample: JsonObject = {
	id: 'ps_1',
	status: 'in_progress',
	created_at: '2026-01-01T00:00:00Z',
	updated_at: '2026-01-01T00:00:01Z',
	next_action: 'capture',
	error: { code: 'a', description: 'b' },
	payments: [
		{
			id: 'po_1',
			status: 'succeeded',
			created_at: '2026-01-01T00:00:02Z',
			finished_at: '2026-01-01T00:00:03Z',
			customer: { reference: 'r', contacts: [{ email: 'e', phone: 'p' }] },
			payment_method: { type: 'card', card: { type: 'bank_card', brand: 'visa', last4: '4242' } },
			amount_details: { amount: 100, currency: 'rub' },
			fiscalization_details: {
				professional_income_taxpayer: {
					services: [],
					tax_reference: 't',
					receipt: { id: 'i', link: 'l' },
				},
			},
			participant_details: { sender: { full_name: 's' }, recipient: { full_name: 'n' } },
			refunds: [
				{
					id: 'rf_1',
					status: 'declined',
					amount_details: { amount: 1, currency: 'rub' },
					created_at: '2026-01-01T00:00:04Z',
					finished_at: '2026-01-01T00:00:05Z',
				},
			],
			metadata: 'm',
			error: { code: 'c', description: 'd' },
		},
	],
	acquiring_payments: [
		{
			id: 'pm_1',
			status: 'pending',
			created_at: '2026-01-01T00:00:06Z',
			finished_at: '2026-01-01T00:00:07Z',
			customer: { reference: 'r' },
			payment_details: { type: 'card', card: { brand: 'mir', last4: '4940' } },
			amount_details: { amount: 200, currency: 'rub' },
			recurrent: { token: 'k', is_active: true },
			participant_details: { sender: { full_name: 's' } },
			refunds: [
				{
					id: 'rf_2',
					status: 'declined',
					amount_details: { amount: 1, currency: 'rub' },
					created_at: '2026-01-01T00:00:08Z',
					finished_at: '2026-01-01T00:00:09Z',
				},
			],
			customer_interaction: {
				type: 'redirect',
				redirect: { url: 'u', base_url: 'b', method: 'GET', qs: { q: '1' }, params: { p: '1' } },
				inform: { qr: { content: 'c', img: 'i' } },
			},
			metadata: 'm',
			error: { code: 'c', description: 'd' },
		},
	],
};

const at = (value: unknown, path: string): unknown =>
	path === ''
		? value
		: path
				.split('.')
				.reduce<unknown>((part, key) => (part as JsonObject | undefined)?.[key], value);

const simplified = (session: JsonObject): string =>
	JSON.stringify(describeSession(readSession({ session })!));

/** Whether the output changes without the field; also in a session whose own error is the only one. */
function isReadFromSession(path: string, field: string): boolean {
	const bases = [sample, { id: 'ps_1', status: 'cancelled', error: sample.error }];
	return bases.some((base) => {
		const session = structuredClone(base) as JsonObject;
		const object = at(session, path) as JsonObject | undefined;
		if (object?.[field] === undefined) return false;
		delete object[field];
		return path === '' && field === 'id'
			? readSession({ session }) === undefined
			: simplified(session) !== simplified(base);
	});
}

const requests = ['payouts', 'payments', 'sessions', 'others'].flatMap((file) =>
	fixture<Array<{ requests: Array<{ body?: unknown }> }>>(`requests/${file}.json`).flatMap((row) =>
		row.requests.map(({ body }) => body),
	),
);

const isProduced = (path: string, field: string): boolean =>
	requests.some((body) => (at(body, path) as JsonObject | undefined)?.[field] !== undefined);

interface ResponseRow {
	answers: Record<string, unknown>;
	output?: unknown;
}

const responseRows = fixture<ResponseRow[]>('answers/answers.json');

/** Whether a documented response has the field and the output holds its value, or every value inside it. */
function isReadFromResponse(methodAndPath: string, field: string): boolean {
	const [method, path] = methodAndPath.split(':');
	return responseRows.some(({ answers, output }) => {
		const value = (at(answers[method], path) as JsonObject | undefined)?.[field];
		return value !== undefined && leavesOf(value).every((leaf) => holds(output, leaf));
	});
}

const leavesOf = (value: unknown): unknown[] =>
	typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];

/** Case is ignored, because currencies are output in upper case. */
const holds = (output: unknown, leaf: unknown): boolean =>
	leavesOf(output).some((one) => String(one).toLowerCase() === String(leaf).toLowerCase());

function isCovered(object: string, field: string): boolean {
	const { request = [], session = [], response = [] } = pathsOf[object];
	return (
		request.some((path) => isProduced(path, field)) ||
		session.some((path) => isReadFromSession(path, field)) ||
		response.some((methodAndPath) => isReadFromResponse(methodAndPath, field))
	);
}

test('every object of the page has its paths in this file', () => {
	expect(Object.keys(pathsOf).sort()).toEqual(Object.keys(objects).sort());
	expect(Object.keys(objects)).toHaveLength(55);
});

test('every field of every object is sent or read, except the listed ones', () => {
	const missing = Object.entries(objects).flatMap(([object, fields]) =>
		fields.filter((field) => !isCovered(object, field)).map((field) => `${object}.${field}`),
	);
	expect(missing.sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});

test('a session has its raw JSON for Simplify off', () => {
	expect(readSession({ session: sample })?.raw).toEqual(sample);
});
