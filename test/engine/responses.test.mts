/**
 * Every response and webhook in the documentation of the bank (test/fixtures/answers), sent to the node and the
 * trigger. The expected output is written by hand from the documentation.
 */
import type { INodeParameters } from 'n8n-workflow';

import { callWebhook, errorOf, loadPackage, outputOf } from '../support/engine.mts';
import { readFixture, useRecorder, type ScriptedAnswers } from '../support/recorder.mts';
import { expectFits } from '../support/schemas.mts';
import { bankKey, signed } from '../support/webhooks.mts';

const recorder = useRecorder();

interface ResponseRow {
	name: string;
	operation: string;
	parameters: INodeParameters;
	answers: ScriptedAnswers;
	output?: unknown[];
	/** The one item of the error output. */
	error?: unknown;
}

interface WebhookRow {
	name: string;
	body: unknown;
	output: Record<string, unknown>;
}

test.each(
	readFixture<ResponseRow[]>('answers/answers.json').map((row) => [row.name, row] as const),
)(
	'response %s: the expected items',
	async (_name, { operation, parameters, answers, output = [], error }) => {
		const { run, items } = await recorder.run(operation, parameters, answers, {
			node: { onError: 'continueErrorOutput' },
		});
		expect(errorOf(run)).toBeUndefined();
		expect(items).toEqual(output);
		expect(outputOf(run, 1).map(({ json }) => json)).toEqual(error === undefined ? [] : [error]);
		for (const item of items) expectFits(operation, item);
	},
);

const key = bankKey();

test.each(
	readFixture<WebhookRow[]>('answers/webhooks.json').map((row) => [row.name, row] as const),
)('webhook %s: the expected item', async (_name, { body, output }) => {
	const rawBody = JSON.stringify(body);
	const { items } = await callWebhook({
		loader: await loadPackage(),
		nodeName: 'bank131Trigger',
		rawBody,
		headers: { 'content-type': 'application/json', 'x-partner-sign': signed(rawBody, key) },
		credentials: { bank131Api: { bankPublicKey: key.publicPem } },
		parameters: { events: [(body as { type: string }).type] },
	});
	expect(items).toEqual([
		{ json: { eventId: expect.stringMatching(/^[0-9a-f]{64}$/) as string, ...output } },
	]);
});
