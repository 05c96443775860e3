/** What a payout or payment method must have besides its form. A failed test shows the methods without it. */
import { readdirSync, readFileSync } from 'node:fs';

import type { INodeParameters } from 'n8n-workflow';

import type { Json, JsonObject } from '../../bank131/lib/json.ts';
import { paymentMethods } from '../../nodes/Bank131/paymentMethods/index.ts';
import { payoutMethods } from '../../nodes/Bank131/payoutMethods/index.ts';
import { checkPaymentDetails } from '../../sandbox/wire/paymentDetails.mts';
import { checkPayoutDetails } from '../../sandbox/wire/payoutDetails.mts';
import type { AccountKind } from '../../sandbox/store/model.mts';
import { itemParametersOf } from '../support/itemParameters.mts';

interface RecordedRequest {
	parameters: INodeParameters;
	requests: Array<{ body?: JsonObject }>;
}

const urlOf = (file: string) => new URL(`../../${file}`, `file://${__filename}`);

const recorded = (file: 'payouts' | 'payments'): RecordedRequest[] =>
	JSON.parse(
		readFileSync(urlOf(`test/fixtures/requests/${file}.json`), 'utf8'),
	) as RecordedRequest[];

/** Files of `folder` that hold a method. */
const methodFiles = (folder: string): string[] =>
	readdirSync(urlOf(folder))
		.map((file) => file.replace(/\.ts$/, ''))
		.filter((name) => name !== 'index' && !name.endsWith('MethodForm'));

/** The text of the file that lists the methods. */
const indexOf = (folder: string): string => readFileSync(urlOf(`${folder}/index.ts`), 'utf8');

const withoutCheckDigits = { checkDigits: false };

interface RecordedMethod {
	/** Parameters of a recorded request. */
	parameters: INodeParameters;
	/** The object that this request holds for the method. */
	details: JsonObject;
}

const recordsOf = (
	file: 'payouts' | 'payments',
	parameter: 'payoutMethod' | 'paymentMethod',
	bodyField: 'payment_method' | 'payment_details',
	method: string,
): RecordedMethod[] =>
	recorded(file)
		.filter(({ parameters }) => parameters[parameter] === method)
		.map(({ parameters, requests }) => ({
			parameters,
			details: requests.map(({ body }) => body?.[bodyField]).find(Boolean) as JsonObject,
		}));

const payoutRecords = (method: string) =>
	recordsOf('payouts', 'payoutMethod', 'payment_method', method);
const paymentRecords = (method: string) =>
	recordsOf('payments', 'paymentMethod', 'payment_details', method);

const payoutValues = payoutMethods.map(({ value }) => value);
const paymentValues = paymentMethods.map(({ value }) => value);

describe('payout methods', () => {
	const folder = 'nodes/Bank131/payoutMethods';

	test('every file of a payout method is imported by payoutMethods/index.ts', () => {
		const missing = methodFiles(folder).filter((name) => !indexOf(folder).includes(`'./${name}'`));
		expect(missing).toEqual([]);
	});

	test('every imported payout method is in the list payoutMethods', () => {
		expect(payoutMethods).toHaveLength(methodFiles(folder).length);
	});

	test('every payout method has a recorded request in test/fixtures/requests/payouts.json', () => {
		expect(payoutValues.filter((method) => payoutRecords(method).length === 0)).toEqual([]);
	});

	test.each(payoutValues)('the rules of the sandbox accept recorded details of %s', (method) => {
		for (const { parameters, details } of payoutRecords(method)) {
			const account = (parameters.payFrom ?? 'collateral') as AccountKind;
			expect(() => checkPayoutDetails(details, 'payment_method', account)).not.toThrow();
		}
	});

	/** Two payouts with the same identity go to the same recipient, whatever their purpose and names are. */
	const identities: Record<string, (details: JsonObject) => Json | undefined> = {
		bankAccount: (details) => [textAt(details, 'bank_account.ru.account')],
		bankAccountToken: (details) => [textAt(details, 'bank_account.ru.token')],
		cardNumber: (details) => [textAt(details, 'card.bank_card.number')],
		cardToken: (details) => [textAt(details, 'card.tokenized_card.token')],
		cardHash: (details) => [textAt(details, 'card.encrypted_card.number_hash')],
		fps: (details) => [textAt(details, 'bank_account.faster_payment_system.phone')],
		moneta: (details) => [textAt(details, 'wallet.moneta.account')],
		qiwi: (details) => [textAt(details, 'wallet.qiwi.account')],
		steam: (details) => [textAt(details, 'wallet.steam.account')],
		yoomoney: (details) => [textAt(details, 'wallet.yoomoney.account')],
		tax: (details) => details,
		taxFull: (details) => [textAt(details, 'tax.payee.account')],
	};

	test('every payout method has an expected identity in this file', () => {
		expect(Object.keys(identities).sort()).toEqual([...payoutValues].sort());
	});

	test.each(payoutMethods)(
		'the identity of $value is its number or token, else all details',
		({ value, kind, read }) => {
			for (const { parameters, details } of payoutRecords(value)) {
				const checked = read(itemParametersOf(parameters), withoutCheckDigits);
				const identity = identities[value](details);
				expect(checked).toMatchObject({ ok: true, value: { kind, details, identity } });
			}
		},
	);
});

describe('payment methods', () => {
	const folder = 'nodes/Bank131/paymentMethods';

	test('every file of a payment method is imported by paymentMethods/index.ts', () => {
		const missing = methodFiles(folder).filter((name) => !indexOf(folder).includes(`'./${name}'`));
		expect(missing).toEqual([]);
	});

	test('every imported payment method is in the list paymentMethods', () => {
		expect(paymentMethods).toHaveLength(methodFiles(folder).length);
	});

	test('every payment method has a recorded request in test/fixtures/requests/payments.json', () => {
		expect(paymentValues.filter((method) => paymentRecords(method).length === 0)).toEqual([]);
	});

	test.each(paymentValues)('the rules of the sandbox accept recorded details of %s', (method) => {
		for (const { details } of paymentRecords(method)) {
			expect(() => checkPaymentDetails(details)).not.toThrow();
		}
	});

	/** Two payments with the same identity and payer reference are by the same payer. */
	const identities: Record<string, (details: JsonObject) => Json | undefined> = {
		applePay: (details) => [textAt(details, 'secured_card.apple_pay.token')],
		cardNumber: (details) => [textAt(details, 'card.bank_card.number')],
		cardToken: (details) => [textAt(details, 'card.tokenized_card.token')],
		cardHash: (details) => [textAt(details, 'card.encrypted_card.number_hash')],
		fpsQr: (details) => details,
		googlePay: (details) => [textAt(details, 'secured_card.google_pay.token')],
		internalTransfer: (details) => details,
		recurring: (details) => [textAt(details, 'recurrent.token')],
		sberPay: (details) => {
			const phone = textAt(details, 'internet_banking.sber_pay.phone');
			return phone === '' ? details : [phone];
		},
		tPay: (details) => details,
		yoomoney: (details) => details,
	};

	test('every payment method has an expected identity in this file', () => {
		expect(Object.keys(identities).sort()).toEqual([...paymentValues].sort());
	});

	test.each(paymentMethods)(
		'the identity of $value is its number or token, else all details',
		({ value, read }) => {
			for (const { parameters, details } of paymentRecords(value)) {
				const checked = read(itemParametersOf(parameters), withoutCheckDigits);
				const identity = identities[value](details);
				expect(checked).toMatchObject({ ok: true, value: { details, identity } });
			}
		},
	);
});

/** The text at a path such as `card.bank_card.number`; empty if there is none. */
function textAt(details: JsonObject, path: string): string {
	const value = path
		.split('.')
		.reduce<unknown>((part, key) => (part as JsonObject | undefined)?.[key], details);
	return typeof value === 'string' ? value : '';
}
