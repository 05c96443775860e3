/**
 * What n8n shows of an error: its title as text, its description and the hints of the output pane as HTML. Each problem
 * has a line of its own, and nothing from cells, columns or the bank becomes markup. Items stay plain text.
 */
import type { INodeParameters } from 'n8n-workflow';

import { errorOf, hintsOf, type RunError } from '../support/engine.mts';
import { useFixture, type Loose } from '../support/engineFixture.mts';
import { linesOfHtml } from '../support/html.mts';
import { useRecorder } from '../support/recorder.mts';
import { continueError, jsonOf, runOperation } from '../support/runOperation.mts';

const fixture = useFixture();
const recorder = useRecorder();

const MARKUP = [
	'<img src=x onerror=alert(1)>',
	'<a href="https://evil.example">pay here</a>',
	'&lt;b&gt; &amp; Co <br>',
	'`code` </div><script>x</script>',
];

const byCard: INodeParameters = {
	reference: '={{ $json.ref }}',
	amount: '={{ $json.amount }}',
	payoutMethod: 'cardNumber',
	cardNumber: '={{ $json.card }}',
	recipientName: '={{ $json.name }}',
};
const CARD = '4242424242424242';
const row = (number: number, more: object = {}) => ({
	ref: `row-${number}`,
	amount: '10',
	card: CARD,
	name: 'Иванов Иван',
	...more,
});

const send = async (rows: object[], settings = {}) =>
	await runOperation(fixture, 'payout', 'send', byCard, { rows, ...settings });

/** The error has no markup but line breaks; its lines as people read them. */
function shownLines({ message, description }: RunError): string[] {
	expect(message).not.toMatch(/[<>]/);
	expect(description!.replace(/<br>/g, '')).not.toMatch(/[<>`]/);
	return linesOfHtml(description!);
}

describe('problems found before the first request', () => {
	test('one problem of a single row: a sentence without a row', async () => {
		const error = errorOf(await send([row(1, { name: '' })]))!;
		expect(error.message).toBe('Recipient Name is empty');
		expect(shownLines(error)).toEqual(['Fill it in. Nothing was sent.']);
		expect(error.context?.itemIndex).toBeUndefined();
	});

	test('three problems of a single row: a line each, without a row', async () => {
		const error = errorOf(await send([row(1, { name: '', amount: '', card: '4242' })]))!;
		expect(error.message).toBe('3 values are not valid, so nothing was sent');
		expect(shownLines(error)).toEqual([
			'Amount is empty. Enter an amount, for example 1500.50.',
			'Card Number has 4 digits, not 14 to 19. Copy the number again from the source.',
			'Recipient Name is empty. Fill it in.',
		]);
	});

	test('one row of five: the title and each line name it', async () => {
		const rows = [1, 2, 3, 4, 5].map((number) => row(number));
		rows[2] = row(3, { name: '', amount: '-1' });
		const error = errorOf(await send(rows))!;
		expect(error.message).toBe('Row 3 of 5 is not valid, so nothing was sent');
		expect(shownLines(error)).toEqual([
			'Row 3: Amount is negative. Enter an amount above zero.',
			'Row 3: Recipient Name is empty. Fill it in.',
		]);
		expect(error.context?.itemIndex).toBeUndefined();
	});

	test.each(MARKUP)('%s in References of two rows: shown as it is', async (text) => {
		const rows = [row(1, { ref: text }), row(2, { ref: text })];
		const error = errorOf(await send(rows))!;
		expect(shownLines(error)).toEqual([
			expect.stringContaining(`Row 1: Row 2 has the same Reference "${text}". `),
			expect.stringContaining(`Row 2: Row 1 has the same Reference "${text}". `),
		]);
		const items = jsonOf(await send(rows, { node: continueError }), 1);
		expect(items[0].error.message).toBe(`Row 2 has the same Reference "${text}"`);
	});

	test.each(MARKUP)('%s as a payout method: shown as it is', async (text) => {
		const parameters = { ...byCard, payoutMethod: '={{ $json.method }}' };
		const rows = [row(1, { method: text }), row(2, { method: text })];
		const run = await runOperation(fixture, 'payout', 'send', parameters, { rows });
		expect(shownLines(errorOf(run)!)).toEqual([
			expect.stringContaining(`"${text}"`),
			expect.stringContaining(`"${text}"`),
		]);
	});

	test.each(MARKUP)('%s as the name of a column: shown as it is', async (text) => {
		const run = await runOperation(
			fixture,
			'payout',
			'readList',
			{ readFrom: 'rows' },
			{ rows: [{ [text]: '1', x: '2' }] },
		);
		const error = errorOf(run)!;
		expect(error.message).not.toMatch(/[<>]/);
		// Long names of columns are cut.
		expect(error.message.replace(/‹/g, '<').replace(/›/g, '>')).toContain(text.slice(0, 30));
	});
});

describe('refused by the bank', () => {
	const refusal = (description: string) => ({
		'session/start/payout': {
			status: 'error',
			error: { code: 'invalid_request', description },
		},
		'session/status': { status: 'ok', session: { id: 'ps_3230', status: 'created' } },
	});
	const parameters: INodeParameters = {
		reference: 'refused-1',
		amount: '10',
		payoutMethod: 'cardNumber',
		cardNumber: CARD,
		recipientName: 'Ivanov Ivan',
	};

	test.each(MARKUP)('with %s in its words: shown without markup', async (text) => {
		const { run } = await recorder.run('payout.send', parameters, refusal(text));
		const error = errorOf(run)!;
		const lines = shownLines(error);
		expect(error.message.replace(/‹/g, '<').replace(/›/g, '>')).toContain(text);
		expect(lines.filter((line) => line.includes('reference refused-1'))).toHaveLength(1);
		expect(lines.join('\n')).not.toMatch(/Row 1|Not accepted|Run again with the same References/);
	});

	test.each(MARKUP)('with %s in its words: the item on the error output is plain', async (text) => {
		const node = continueError;
		const { run } = await recorder.run('payout.send', parameters, refusal(text), { node });
		const { error } = jsonOf(run, 1)[0] as Loose;
		expect(error.errorDescription).toBe(text);
		expect(error.message).toContain(text);
		expect(error.description).not.toMatch(/<br>|&lt;|&amp;/);
	});
});

test('Session: Confirm with a mistyped Expected Amount: says once what is wrong and what to do', async () => {
	const parameters = { ...byCard, confirmation: 'manual', waitFor: 'ready' };
	const sent = await runOperation(fixture, 'payout', 'send', parameters, { rows: [row(1)] });
	const { sessionId } = jsonOf(sent)[0];
	const confirm = { sessionId, expectedAmount: '11' };
	const error = errorOf(await runOperation(fixture, 'session', 'confirm', confirm))!;
	expect(error.message).toBe('Not confirmed: the bank shows 10.00 RUB, you expected 11.00 RUB.');
	expect(shownLines(error)).toEqual([
		'The session still waits. Correct your amount and confirm it, or cancel it.',
		`reference row-1, outcome rejected, sessionId ${sessionId}`,
	]);
});

test.each(MARKUP)('a hint with %s in a Reference: shown as it is', async (text) => {
	const rows = [row(1, { ref: `${text} a` }), row(2, { ref: `${text} A` })];
	const [, hint] = hintsOf(await send(rows));
	expect(hint.message).not.toMatch(/[<>`]/);
	expect(linesOfHtml(hint.message).join('')).toContain(`"${text} a" (row 1)`);
});
