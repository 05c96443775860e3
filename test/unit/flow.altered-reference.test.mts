/**
 * Sessions whose metadata the bank shows in another form: cut, in lower case, escaped, NFKC, as a number, not at all.
 */
import type { BankClient } from '../../bank131/client/bankClient.ts';
import { initiateOperation } from '../../bank131/flows/initiate.ts';
import type { ProgressStore } from '../../bank131/flows/progress.ts';
import { sendOperation, startOperation } from '../../bank131/flows/send.ts';
import type { Json, JsonObject } from '../../bank131/lib/json.ts';
import { mayBeAltered } from '../../bank131/values/shownReference.ts';
import { created, lost, plan, runScript, session, type Step } from '../support/flows.mts';
import { createProgressStore, refusal, requestOf } from '../support/tinyBank.mts';

/** A Reference, and the metadata that the bank shows for it. */
const alteredForms: Array<[string, reference: string, metadata: Json | undefined]> = [
	['cut', 'payroll-2026-11/Иванов Иван', { reference: 'payroll-2026-11/Ив' }],
	['cut to plain text', 'payroll-2026-11-000123', { reference: 'payroll-2026' }],
	['in lower case', 'PAY-A7-Я', { reference: 'pay-a7-я' }],
	[
		'HTML-escaped',
		'Smith & Sons "7" <x>',
		{ reference: 'Smith &amp; Sons &quot;7&quot; &lt;x&gt;' },
	],
	['with escaped quotes', "O'Neil-1", { reference: 'O&#039;Neil-1' }],
	['in the form NFKC', 'A①-№5', { reference: 'A1-No5' }],
	['as a number without zeros', '000123', { reference: 123 }],
	['as a number with a point', '1001.50', { reference: 1001.5 }],
	['as a number that lost digits', '12345678901234567890', { reference: 12345678901234567000 }],
	['as JSON text', 'A-1', '{"reference":"a-1"}'],
	['as plain text', 'A-1', 'A-1'],
	['without the Reference', 'A-1', {}],
	['without metadata', 'A-1', undefined],
];

const operation = (metadata: Json | undefined, fields: JsonObject = {}): JsonObject => ({
	metadata,
	...fields,
});
const ready = (metadata: Json | undefined, fields?: JsonObject) =>
	session(
		'in_progress',
		{ next_action: 'confirm' },
		operation(metadata, { status: 'pending', ...fields }),
	);
const paid = (metadata: Json | undefined, fields?: JsonObject) =>
	session('accepted', {}, operation(metadata, { status: 'succeeded', ...fields }));

const send =
	(reference: string, progressStore: ProgressStore = createProgressStore()) =>
	async (bank: BankClient) =>
		await sendOperation(requestOf(reference), plan, { bank, progressStore });

describe.each(alteredForms)('Send, the metadata is shown %s', (_form, reference, metadata) => {
	test('the answer to the start is lost: the payout is ours, confirmed, succeeded', async () => {
		const steps: Step[] = [
			['create', created],
			['start', lost],
			['status', ready(metadata)],
			['confirm', paid(metadata)],
		];
		expect(await runScript(steps, send(reference))).toMatchObject({ outcome: 'succeeded' });
	});

	test('an earlier attempt has started it: the payout is ours', async () => {
		const progressStore = createProgressStore({ sessionId: 'ps_1', step: 'starting' });
		const steps: Step[] = [['status', paid(metadata)]];
		const result = await runScript(steps, send(reference, progressStore));
		expect(result).toMatchObject({ outcome: 'succeeded' });
	});

	test('another amount is shown: unknown, not confirmed, with the session', async () => {
		const other = { amount_details: { amount: 9_900, currency: 'rub' } };
		const steps: Step[] = [
			['create', created],
			['start', lost],
			['status', ready(metadata, other)],
		];
		expect(await runScript(steps, send(reference))).toMatchObject({
			outcome: 'unknown',
			sessionId: 'ps_1',
			reason: { cause: { code: 'otherAmountInSession' } },
		});
	});
});

test('Send, another Reference and no amount is shown: unknown, never rejected', async () => {
	const steps: Step[] = [
		['create', created],
		['start', lost],
		['status', ready({ reference: 'Z' }, { amount_details: undefined })],
	];
	expect((await runScript(steps, send('A-1'))).outcome).toBe('unknown');
});

test('Send, our Reference and another amount is shown: not confirmed, but never unknown or rejected', async () => {
	const other = { amount_details: { amount: 9_900, currency: 'rub' } };
	const steps: Step[] = [
		['create', created],
		['start', lost],
		['status', ready({ reference: 'A-1' }, other)],
	];
	expect(await runScript(steps, send('A-1'))).toMatchObject({
		outcome: 'awaitingConfirmation',
		reason: { code: 'amountMismatch' },
	});
});

const recognisableForms = alteredForms.filter(
	([form]) => !form.startsWith('without') && form !== 'as plain text',
);

describe.each(recognisableForms)('the Reference is shown %s', (_form, reference, metadata) => {
	test('Start in a session of another party: unknown, nothing is confirmed', async () => {
		for (const steps of [
			[
				['start', lost],
				['status', ready(metadata)],
			],
			[
				['start', refusal('session_wrong_state')],
				['status', ready(metadata)],
			],
		] satisfies Step[][]) {
			const result = await runScript(
				steps,
				async (bank) =>
					await startOperation(requestOf(reference), 'ps_1', plan, {
						bank,
						progressStore: createProgressStore(),
					}),
			);
			expect(result).toMatchObject({ outcome: 'unknown', sessionId: 'ps_1' });
		}
	});

	test.each([
		['request_in_progress', 'starting'],
		['service_timeout', 'starting'],
		['internal_error', 'starting'],
		['session_wrong_state', 'created'],
		['idempotency_key_already_exists', 'created'],
	])(
		'Start, the only start is refused with %s: the next attempt finds it %s',
		async (code, step) => {
			const progressStore = createProgressStore();
			const steps: Step[] = [
				['start', refusal(code)],
				['status', ready(metadata)],
			];
			const start = async (bank: BankClient) =>
				await startOperation(requestOf(reference), 'ps_1', plan, { bank, progressStore });
			expect(await runScript(steps, start)).toMatchObject({ outcome: 'unknown' });
			expect(progressStore.load()).toMatchObject({ sessionId: 'ps_1', step });
		},
	);

	test('Initiate: the response is ours', async () => {
		const steps: Step[] = [['init', paid(metadata)]];
		const result = await runScript(
			steps,
			async (bank) =>
				await initiateOperation(requestOf(reference), plan, {
					bank,
					progressStore: createProgressStore(),
				}),
		);
		expect(result).toMatchObject({ outcome: 'succeeded', sessionId: 'ps_1' });
	});

	test('the session shows it right after it was created: the payout is started', async () => {
		const steps: Step[] = [
			['create', session('created', { metadata })],
			['start', paid(metadata)],
		];
		expect((await runScript(steps, send(reference))).outcome).toBe('succeeded');
	});
});

test.each([
	['A-1', 'A-2'],
	['PAY-1', 'PAY-10'],
	['1001', '1002'],
	['payroll-2026-11-1', 'payroll-2026-11-2'],
	['А-101', 'A-101'],
	['0x10', '16'],
	['', 'A-1'],
])('"%s" is no altered form of "%s"', (shown, reference) => {
	expect(mayBeAltered(shown, reference)).toBe(false);
});
