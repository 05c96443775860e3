/** What a payout or payment method must have besides its form. A failed test shows the methods without it. */
import { readdirSync, readFileSync } from 'node:fs';

import type { INodeParameters } from 'n8n-workflow';

import type { Json, JsonObject } from '../../bank131/lib/json.ts';
import { paymentMethods } from '../../nodes/Bank131/paymentMethods/index.ts';
import { payoutMethods } from '../../nodes/Bank131/payoutMethods/index.ts';
import type { Bank } from '../../sandbox/bank/bank.mts';
import { customerInteraction } from '../../sandbox/bank/customerInteraction.mts';
import type { AccountKind, Payment, Session } from '../../sandbox/store/model.mts';
import { TokenVault } from '../../sandbox/store/tokenVault.mts';
import { parseDestination } from '../../sandbox/wire/destination.mts';
import { checkPaymentDetails } from '../../sandbox/wire/paymentDetails.mts';
import { checkPayoutDetails } from '../../sandbox/wire/payoutDetails.mts';
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
		.filter((file) => file.endsWith('.ts'))
		.map((file) => file.replace(/\.ts$/, ''))
		.filter((name) => name !== 'index' && !name.endsWith('MethodForm'));

/** Files of the core's folder of methods that no form imports. */
function filesWithoutForm(core: string, forms: string): string[] {
	const imports = methodFiles(forms).map((name) =>
		readFileSync(urlOf(`${forms}/${name}.ts`), 'utf8'),
	);
	return methodFiles(core).filter(
		(name) => !imports.some((text) => text.includes(`/${core}/${name}'`)),
	);
}

/** The text of the file that lists the methods. */
const indexOf = (folder: string): string => readFileSync(urlOf(`${folder}/index.ts`), 'utf8');

const withoutCheckDigits = { checkDigits: false };

type PayerStep = 'redirect' | 'qr' | 'none';

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

	test('every file of bank131/requests/payoutMethods is imported by a form', () => {
		expect(filesWithoutForm('bank131/requests/payoutMethods', folder)).toEqual([]);
	});

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

	/** Their recipient is always the Federal Tax Service. */
	const toTaxService = ['tax', 'taxFull'];

	test.each(payoutValues.filter((method) => !toTaxService.includes(method)))(
		'the sandbox distinguishes two recipients of %s',
		(method) => {
			for (const { details } of payoutRecords(method)) {
				const [identifier] = identities[method](details) as [string];
				const other = JSON.parse(
					JSON.stringify(details).replaceAll(identifier, `${identifier}0`),
				) as JsonObject;
				const [one, two] = [details, other].map((each) => parseDestination(each, new TokenVault()));
				expect(one.destination.fingerprint).not.toBe(two.destination.fingerprint);
			}
		},
	);
});

describe('payment methods', () => {
	const folder = 'nodes/Bank131/paymentMethods';

	test('every file of bank131/requests/paymentMethods is imported by a form', () => {
		expect(filesWithoutForm('bank131/requests/paymentMethods', folder)).toEqual([]);
	});

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

	interface ExpectedMethod {
		/** Two payments with the same identity and payer reference are by the same payer. */
		identity(details: JsonObject): Json;
		/** What the sandbox asks of the payer. */
		payerStep(details: JsonObject): PayerStep;
	}

	const all = (details: JsonObject) => details;
	const only = (path: string) => (details: JsonObject) => [textAt(details, path)];

	const none = (): PayerStep => 'none';
	const redirect = (): PayerStep => 'redirect';
	const qr = (): PayerStep => 'qr';

	const expectedMethods: Record<string, ExpectedMethod> = {
		applePay: { identity: only('secured_card.apple_pay.token'), payerStep: none },
		cardNumber: { identity: only('card.bank_card.number'), payerStep: none },
		cardToken: { identity: only('card.tokenized_card.token'), payerStep: none },
		cardHash: { identity: only('card.encrypted_card.number_hash'), payerStep: none },
		fpsQr: { identity: all, payerStep: qr },
		googlePay: { identity: only('secured_card.google_pay.token'), payerStep: none },
		internalTransfer: { identity: all, payerStep: none },
		recurring: {
			identity: only('recurrent.token'),
			payerStep: (details) =>
				textAt(details, 'recurrent.initiator') === 'client' ? 'redirect' : 'none',
		},
		sberPay: {
			identity: (details) => {
				const phone = textAt(details, 'internet_banking.sber_pay.phone');
				return phone === '' ? details : [phone];
			},
			payerStep: redirect,
		},
		tPay: { identity: all, payerStep: redirect },
		yoomoney: { identity: all, payerStep: redirect },
	};

	test('every payment method has an expected identity and payer step in this file', () => {
		expect(Object.keys(expectedMethods).sort()).toEqual([...paymentValues].sort());
	});

	test.each(paymentMethods)(
		'the identity of $value is its number or token, else all details',
		({ value, read }) => {
			for (const { parameters, details } of paymentRecords(value)) {
				const checked = read(itemParametersOf(parameters), withoutCheckDigits);
				const identity = expectedMethods[value].identity(details);
				expect(checked).toMatchObject({ ok: true, value: { details, identity } });
			}
		},
	);

	test.each(paymentMethods)(
		'the display text of $value does not hold its number or token',
		({ value, read }) => {
			for (const { parameters, details } of paymentRecords(value)) {
				const checked = read(itemParametersOf(parameters), withoutCheckDigits);
				const identity = expectedMethods[value].identity(details);
				if (!checked.ok) throw new Error(`The recorded parameters of ${value} have problems`);
				if (Array.isArray(identity)) expect(checked.value.displayText).not.toContain(identity[0]);
			}
		},
	);

	test.each(paymentValues)('the sandbox asks the payer of %s for the expected step', (method) => {
		for (const { details } of paymentRecords(method)) {
			expect(payerStepOf(details)).toBe(expectedMethods[method].payerStep(details));
		}
	});
});

/** What the sandbox asks of the payer of a payment without 3-D Secure. */
function payerStepOf(details: JsonObject): PayerStep {
	const bank = { url: 'http://sandbox', settings: { threeDs: false } } as Bank;
	const payment = { id: 'pm_1', details, outcome: {} } as Payment;
	const step = customerInteraction(bank, { id: 'ps_1' } as Session, payment);
	if (step === undefined) return 'none';
	return step.type === 'redirect' ? 'redirect' : 'qr';
}

/** The text at a path such as `card.bank_card.number`; empty if there is none. */
function textAt(details: JsonObject, path: string): string {
	const value = path
		.split('.')
		.reduce<unknown>((part, key) => (part as JsonObject | undefined)?.[key], details);
	return typeof value === 'string' ? value : '';
}
