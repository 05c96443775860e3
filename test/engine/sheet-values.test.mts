/** Values of sheets that are traces of a mistake: they are refused before a request is sent. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { payAll, rowsOf, sendToAccount } from '../support/payouts.mts';
import { jsonOf } from '../support/runOperation.mts';
import { problemsOfRow } from '../support/validation.mts';

const fixture = useFixture();

describe('a file read in the wrong encoding', () => {
	test.each([
		[{ name: '\ufffd\ufffd\ufffd\ufffd \ufffd\ufffd' }, 'Recipient Name: Full name'],
		[{ ref: '\ufffd\ufffd-7' }, 'Reference: Reference'],
		[{ amount: '1\ufffd500,00' }, 'Amount: Amount'],
	])('row with %j: refused, no request is sent', async (row, start) => {
		expect(await problemsOfRow(fixture, row)).toEqual([
			`${start} holds "\ufffd" for letters: the file was read in the wrong encoding`,
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('metadata with U+FFFD: refused, no request is sent', async () => {
		const parameters = { additionalFields: { metadata: '{"client": "\ufffd\ufffd"}' } };
		expect(await problemsOfRow(fixture, {}, { parameters })).toEqual([
			'Metadata (JSON): It holds "\ufffd" for letters: the file was read in the wrong encoding',
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});
});

describe('words for a missing value', () => {
	test.each([
		[{ ref: 'deal-undefined' }, 'Reference: Reference holds "undefined", which programs write'],
		[{ ref: 'PAY-null' }, 'Reference: Reference holds "null", which programs write'],
		[{ name: '[object Object]' }, 'Recipient Name: Full name holds "[object Object]"'],
		[{ name: '#Н/Д' }, 'Recipient Name: Full name holds "#Н/Д", the error of a formula'],
		[{ ref: '#REF!' }, 'Reference: Reference holds "#REF!", the error of a formula'],
		[{ amount: '#VALUE!' }, 'Amount: Amount holds "#VALUE!", the error of a formula'],
	])('row with %j: refused, no request is sent', async (row, message) => {
		expect(await problemsOfRow(fixture, row)).toEqual([expect.stringContaining(message)]);
		expect(fixture.sandbox.requests).toEqual([]);
	});
});

describe('numbers that a spreadsheet wrote with an exponent', () => {
	test.each(['7E+11', '4.1E+19', '20.26E+10', '4,1e+19'])(
		'Reference %s: refused, no request is sent',
		async (ref) => {
			expect(await problemsOfRow(fixture, { ref })).toEqual([
				expect.stringContaining('spreadsheets keep only 15 digits of a number'),
			]);
			expect(fixture.sandbox.requests).toEqual([]);
		},
	);
});

describe('template with a missing column', () => {
	const purpose = (text: string) => ({ ...sendToAccount, purpose: text });

	test.each<[string, INodeParameters, string]>([
		['=PAY-{{ $json.x }}', { reference: '=PAY-{{ $json.x }}' }, 'Reference: "x" is missing'],
		[
			'={{ $json.x }}-{{ $json.ref }}',
			{ reference: '={{ $json.x }}-{{ $json.ref }}' },
			'Reference: "x"',
		],
		[
			'=PAY-{{ $json.order?.id }}',
			{ reference: '=PAY-{{ $json.order?.id }}' },
			'Reference: "{{ $json.order?.id }}"',
		],
		['=PAY-{{ $json.empty }}', { reference: '=PAY-{{ $json.empty }}' }, 'Reference: "empty"'],
		['=PAY-{{ $json.nothing }}', { reference: '=PAY-{{ $json.nothing }}' }, 'Reference: "nothing"'],
		['=Order {{ $json.x }}', purpose('=Order {{ $json.x }}'), 'Purpose: "x" is missing'],
		[
			'customer reference',
			{ additionalFields: { customerReference: '=c-{{ $json.x }}' } },
			'Customer Reference: "x" is missing',
		],
	])('%s: refused, no request is sent', async (_name, parameters, message) => {
		const row = { empty: ' ', nothing: null };
		expect(await problemsOfRow(fixture, row, { parameters })).toEqual([
			expect.stringContaining(message),
		]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('name with a column that only other rows have (an empty cell): paid', async () => {
		const rows = rowsOf('middle', 2).map((row, index) =>
			index === 0 ? { ...row, middle: 'И.' } : row,
		);
		const run = await payAll(fixture, rows, {
			parameters: { recipientName: '={{ $json.name }} {{ $json.middle }}' },
		});
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
	});

	test('template with all its columns: paid under the whole text', async () => {
		const run = await payAll(fixture, rowsOf('t', 1), {
			parameters: { reference: '=PAY-{{ $json.ref }}' },
		});
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', reference: 'PAY-t-1' });
	});
});
