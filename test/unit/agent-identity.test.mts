/**
 * Which payouts and payments count as the same for an AI agent: those of one amount to the same recipient or by the
 * same payer, however a model words the rest (docs/money-safety.md, promise 9).
 */
import { readFileSync } from 'node:fs';

import type { INodeParameters } from 'n8n-workflow';

import { send } from '../../nodes/Bank131/operations/payout/send.ts';
import { payoutTransfer, readPayout } from '../../nodes/Bank131/operations/payout/readPayout.ts';
import { initiate } from '../../nodes/Bank131/operations/payment/initiate.ts';
import {
	paymentTransfer,
	readPayment,
} from '../../nodes/Bank131/operations/payment/readPayment.ts';
import { paymentMethods } from '../../nodes/Bank131/paymentMethods/index.ts';
import { payoutMethods } from '../../nodes/Bank131/payoutMethods/index.ts';
import type { ItemParameters } from '../../nodes/Bank131/parameters/itemParameters.ts';
import { itemParametersOf } from '../support/itemParameters.mts';
import { paymentIdentities, payoutIdentities } from '../support/methodIdentities.mts';

/** The parameters of the first recorded request with each method. */
function recordedParameters(file: 'payouts' | 'payments', parameter: string) {
	const path = new URL(`../fixtures/requests/${file}.json`, `file://${__filename}`);
	const requests = JSON.parse(readFileSync(path, 'utf8')) as Array<{ parameters: INodeParameters }>;
	return (method: string): INodeParameters =>
		requests.find(({ parameters }) => parameters[parameter] === method)!.parameters;
}

const participant = { reference: 'x', account: '40817810000000000001', full_name: 'Пётр Петров' };

/** Fields of an order that say nothing about who is paid, each with another value than usual. */
const orderWords: INodeParameters = {
	reference: 'another-1',
	additionalFields: {
		customerEmail: 'other@mail.net',
		customerPhone: '79680000009',
		customerReference: 'another-person',
		customRouting: { tag: [{ rootTag: 'region', values: 'spb' }] },
		deviceSessionId: 'd-9',
		metadata: { note: 'another' },
	},
	recipientDetails: participant,
	senderDetails: participant,
};

const payoutWords: INodeParameters = {
	...orderWords,
	payFrom: 'escrow',
	sourceAccount: '40702810300200000014',
	beneficiaryInn: '1234567891',
	transferPurpose: 'Another purpose',
	confirmation: 'manual',
	waitFor: 'ready',
};

const paymentWords: INodeParameters = {
	...orderWords,
	payerReference: 'another payer',
	returnUrl: 'https://another.example',
	additionalFields: {
		...(orderWords.additionalFields as INodeParameters),
		paymentDescription: 'another',
		expiresAt: '2027-12-31 23:59:59',
		revenueSplit: { share: [{ contractorAlias: 'c', percent: '10', remains: false }] },
		platformType: 'mobile',
		platformOs: 'ios',
		platformBrowser: 'miui',
	},
};

const issueReceipt: INodeParameters = {
	issueReceipt: true,
	selfEmployedInn: '123456789012',
	payerType: 'individual',
	payerInn: '772740602000',
	payerName: 'Another name',
};

const tables = [
	{
		kind: 'payout',
		methods: payoutMethods,
		rows: payoutIdentities,
		recorded: recordedParameters('payouts', 'payoutMethod'),
		identityOf: (param: ItemParameters) => payoutTransfer(readPayout(param)).recipientIdentity,
		words: payoutWords,
		fields: send.fields,
		/** Fields that are compared beside the recipient, that only shape the output, or that have a test of their own. */
		otherFields: [
			'amount',
			'payoutMethod',
			'simplify',
			'options',
			'receiptServices',
			// Agents may not use From Each Row.
			'columns',
			'ignoredColumns',
			'methodOrder',
			'receiptForEveryRow',
			...Object.keys(issueReceipt),
		],
	},
	{
		kind: 'payment',
		methods: paymentMethods,
		rows: paymentIdentities,
		recorded: recordedParameters('payments', 'paymentMethod'),
		identityOf: (param: ItemParameters) =>
			paymentTransfer({ order: readPayment(param) }).recipientIdentity,
		words: paymentWords,
		fields: initiate.fields,
		otherFields: ['amount', 'paymentMethod', 'simplify', 'options'],
	},
];

describe.each(tables)('$kind', ({ methods, rows, recorded, identityOf, words, ...table }) => {
	const fieldNames = (fields: Array<{ name: string; type: string }>) => [
		...new Set(fields.filter(({ type }) => type !== 'notice').map(({ name }) => name)),
	];
	const values = methods.map(({ value }) => value);

	/** The identity of an item that must be valid. */
	function identity(parameters: INodeParameters): string[] {
		const param = itemParametersOf(parameters);
		const result = identityOf(param);
		expect(param.problems).toEqual([]);
		expect(result.join('')).not.toBe('');
		return result;
	}

	test.each(methods)('$value: every field of its form is in its row', ({ value, fields }) => {
		const { others, same } = rows[value];
		const named = new Set([...others, ...same].flatMap((one) => Object.keys(one)));
		expect([...named].sort()).toEqual(fieldNames(fields).sort());
	});

	test('every other field of the form is known to this test', () => {
		const ofMethods = new Set(methods.flatMap(({ fields }) => fieldNames(fields)));
		const known = new Set([...Object.keys(words), ...table.otherFields]);
		const fields = fieldNames(table.fields).filter((name) => !ofMethods.has(name));
		expect(fields.filter((name) => !known.has(name))).toEqual([]);
	});

	test.each(values)('%s: other words, choices and spellings are the same person', (method) => {
		const parameters = recorded(method);
		const expected = identity(parameters);
		for (const change of [...rows[method].same, words]) {
			expect(identity({ ...parameters, ...change })).toEqual(expected);
		}
	});

	test.each(values.filter((method) => rows[method].others.length > 0))(
		'%s: another number, token or phone is another person',
		(method) => {
			const parameters = recorded(method);
			for (const change of rows[method].others) {
				expect(identity({ ...parameters, ...change })).not.toEqual(identity(parameters));
			}
		},
	);
});

test('payout with a receipt: its services, payer and self-employed person do not change the recipient', () => {
	const services = (name: string) => ({
		receiptServices: { service: [{ name, price: '100', quantity: 1 }] },
	});
	const parameters = recordedParameters('payouts', 'payoutMethod')('cardNumber');
	const recipientOf = (more: INodeParameters) =>
		payoutTransfer(readPayout(itemParametersOf({ ...parameters, ...more }))).recipientIdentity;
	const expected = recipientOf({});
	for (const name of ['Courier services', 'Other services']) {
		expect(recipientOf({ ...issueReceipt, ...services(name) })).toEqual(expected);
	}
});
