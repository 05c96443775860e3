/** What a payout or payment method must have besides its form. A failed test shows the methods without it. */
import { readdirSync, readFileSync } from 'node:fs';

import type { INodeParameters } from 'n8n-workflow';

import type { JsonObject } from '../../bank131/lib/json.ts';
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
import { paymentIdentities, payoutIdentities } from '../support/methodIdentities.mts';

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

	test('every payout method has a row in test/support/methodIdentities.mts', () => {
		expect(Object.keys(payoutIdentities).sort()).toEqual([...payoutValues].sort());
	});

	test.each(payoutMethods)(
		'the identity of $value is its number or token, else a word for the method',
		({ value, kind, read }) => {
			for (const { parameters, details } of payoutRecords(value)) {
				const checked = read(itemParametersOf(parameters), withoutCheckDigits);
				const identity = payoutIdentities[value].identity(details);
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
				const [identifier] = payoutIdentities[method].identity(details);
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

	test('every payment method has a row in test/support/methodIdentities.mts', () => {
		expect(Object.keys(paymentIdentities).sort()).toEqual([...paymentValues].sort());
	});

	test.each(paymentMethods)(
		'the identity of $value is its number or token, else a word for the method',
		({ value, read }) => {
			for (const { parameters, details } of paymentRecords(value)) {
				const checked = read(itemParametersOf(parameters), withoutCheckDigits);
				const identity = paymentIdentities[value].identity(details);
				expect(checked).toMatchObject({ ok: true, value: { details, identity } });
			}
		},
	);

	test.each(paymentMethods)(
		'the display text of $value does not hold its number or token',
		({ value, read }) => {
			for (const { parameters, details } of paymentRecords(value)) {
				const checked = read(itemParametersOf(parameters), withoutCheckDigits);
				const identity = paymentIdentities[value].identity(details);
				if (!checked.ok) throw new Error(`The recorded parameters of ${value} have problems`);
				expect(checked.value.displayText).not.toContain(identity[0]);
			}
		},
	);

	test.each(paymentValues)('the sandbox asks the payer of %s for the expected step', (method) => {
		for (const { details } of paymentRecords(method)) {
			expect(payerStepOf(details)).toBe(paymentIdentities[method].payerStep(details));
		}
	});
});

/** What the sandbox asks of the payer of a payment without 3-D Secure. */
function payerStepOf(details: JsonObject): 'redirect' | 'qr' | 'none' {
	const bank = { url: 'http://sandbox', settings: { threeDs: false } } as Bank;
	const payment = { id: 'pm_1', details, outcome: {} } as Payment;
	const step = customerInteraction(bank, { id: 'ps_1' } as Session, payment);
	if (step === undefined) return 'none';
	return step.type === 'redirect' ? 'redirect' : 'qr';
}
