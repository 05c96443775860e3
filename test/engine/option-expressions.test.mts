/** Options and choices that are set by an expression: unknown words, wrong types and missing values. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { problemsOfRow } from '../support/validation.mts';
import { errorOf } from '../support/engine.mts';

const fixture = useFixture();

describe('field set by an expression', () => {
	test.each<[string, INodeParameters, string]>([
		[
			'payout method',
			{ payoutMethod: "={{ 'paypal' }}" },
			'Payout Method: "paypal" is not a payout method',
		],
		[
			'confirmation',
			{ confirmation: "={{ 'Manual' }}" },
			'Confirmation: "Manual" is not one of the choices',
		],
		[
			'account',
			{ payFrom: "={{ 'escrow account' }}" },
			'Pay From: "escrow account" is not one of the choices',
		],
		[
			'receipt',
			{ issueReceipt: "={{ 'yes' }}" },
			'Issue Fiscal Receipt: "yes" is neither true nor false',
		],
	])('%s with an unknown word: refused, no request is sent', async (_name, parameters, problem) => {
		expect(await problemsOfRow(fixture, {}, { parameters })).toContain(problem);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test.each<[string, INodeParameters, string]>([
		[
			'a list with the payout method',
			{ payoutMethod: "={{ ['cardNumber'] }}" },
			'Payout Method: "a list" is not',
		],
		[
			'a list with the confirmation',
			{ confirmation: "={{ ['manual'] }}" },
			'Confirmation: "a list" is not one',
		],
		[
			'a list with true',
			{ issueReceipt: "={{ ['true'] }}" },
			'Issue Fiscal Receipt: "a list" is neither true nor false',
		],
		[
			'an object whose toString gives the account',
			{ payFrom: "={{ ({ toString: () => 'collateral' }) }}" },
			'Pay From: "an object" is not one',
		],
		[
			'a list with the currency',
			{ additionalFields: { currency: "={{ ['RUB'] }}" } },
			'Currency: Bank 131 pays out in RUB, USD and EUR only',
		],
		[
			'a list with the Reference',
			{ reference: "={{ ['A-1'] }}" },
			'Reference: Reference is not text',
		],
	])('%s instead of one value: refused, no request is sent', async (_name, parameters, problem) => {
		expect(await problemsOfRow(fixture, {}, { parameters })).toContainEqual(
			expect.stringContaining(problem),
		);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('a list with the year of a tax: refused, no request is sent', async () => {
		const parameters = {
			payoutMethod: 'tax',
			payFrom: 'settlement',
			taxPeriodType: 'month',
			taxPeriodNumber: '={{ [5] }}',
			taxPeriodYear: "={{ ['2026'] }}",
		};
		expect(await problemsOfRow(fixture, {}, { parameters })).toEqual([
			'Tax Period Number: There is no month a list',
			'Tax Period Year: The year does not have 4 digits',
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('confirmation, account or unit without a value: refused instead of the default', async () => {
		const parameters = { confirmation: '={{ $json.nothing }}', payFrom: '={{ $json.nothing }}' };
		expect(await problemsOfRow(fixture, {}, { parameters })).toEqual([
			'Pay From: The expression gives nothing',
			'Confirmation: The expression gives nothing',
		]);
		const options = { amountUnit: '={{ $json.nothing }}' };
		expect(await problemsOfRow(fixture, {}, { options })).toEqual([
			'Amount Unit: The expression gives nothing',
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('currency without a value: refused, because the default is rubles', async () => {
		const parameters = { additionalFields: { currency: '={{ $json.nothing }}' } };
		expect(await problemsOfRow(fixture, {}, { parameters })).toEqual([
			'Currency: The currency is empty',
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test.each([
		[
			{ failOnDeclined: "={{ 'yes' }}" },
			'Fail on Declined Payout: "yes" is neither true nor false',
		],
		[{ timeLimit: "={{ 'a minute' }}" }, 'Wait at Most (Seconds): "a minute" is not a number'],
		[{ requestsPerSecond: "={{ '5,5' }}" }, 'Requests per Second: "5,5" is not a number'],
		[{ failOnDeclined: "={{ ['true'] }}" }, 'Fail on Declined Payout: "a list" is neither'],
		[{ amountUnit: "={{ ['minor'] }}" }, 'Amount Unit: "a list" is not one'],
		[{ timeLimit: '={{ [60] }}' }, 'Wait at Most (Seconds): "a list" is not a number'],
		[{ parallelRequests: "={{ 'all' }}" }, 'Parallel Requests: "all" is not a number'],
	])('option of the wrong type %j: refused, no request is sent', async (options, problem) => {
		const run = await payAll(fixture, rowsOf('option', 2), { options });
		const { message = '', description } = errorOf(run)!;
		expect(`${message}\n${description}`).toContain(problem);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('option without a value: the default is used and the row is paid', async () => {
		const options = { failOnDeclined: '={{ $json.nothing }}', timeLimit: '={{ $json.nothing }}' };
		expect(await problemsOfRow(fixture, {}, { options })).toBeUndefined();
		expect(fixture.sandbox.ledger.entries).toHaveLength(1);
	});
});
