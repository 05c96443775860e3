/** Requests to the tax service: the request ID is never lost after the bank accepted a request. */
import { BankClient } from '../../bank131/client/bankClient.ts';
import type { TransportResult } from '../../bank131/client/transport.ts';
import { countNotifications } from '../../bank131/services/notifications.ts';
import { checkSelfEmployed } from '../../bank131/services/selfEmployed.ts';
import { TaxServiceError } from '../../bank131/services/taxService.ts';
import { taxServiceMessage } from '../../nodes/Bank131/operations/selfEmployed/taxServiceTexts.ts';
import { answer, SleepClock } from '../support/tinyBank.mts';

const INN = '123456789012';
const accepted = answer({ status: 'ok', request_id: 'r1' });
const pending = answer({ status: 'pending' });
const internalError = answer({
	status: 'error',
	error: { code: 'internal_error', description: 'oops' },
});
const lost: TransportResult = { failure: 'lost', message: 'reset' };

/** Accepts each request; `npd/request/status` gives `answers` in turn, and the last one for ever. */
function bankWithAnswers(...answers: TransportResult[]): BankClient {
	const remaining = [...answers];
	return new BankClient(
		async ({ path }) => {
			if (!path.endsWith('npd/request/status')) return accepted;
			return remaining.length > 1 ? remaining.shift()! : remaining[0];
		},
		'v1',
		new SleepClock(),
	);
}

const errorOf = async (answers: TransportResult): Promise<unknown> =>
	await countNotifications(INN, bankWithAnswers(answers)).catch((error: unknown) => error);

test.each([
	['stays pending', pending],
	['is always an internal error', internalError],
	['is always lost', lost],
])('the answer %s: the error has the request ID and the code timeout', async (_name, status) => {
	const error = await errorOf(status);
	expect(error).toBeInstanceOf(TaxServiceError);
	expect(error).toMatchObject({ requestId: 'r1', problem: { code: 'taxServiceTimeout' } });
});

test('the answer is an error of the tax service: the error has the request ID and that error', async () => {
	const error = { code: 'npd_service_internal_error', description: 'broken' };
	expect(await errorOf(answer({ status: 'error', error }))).toMatchObject({
		requestId: 'r1',
		problem: { code: 'refused', error },
	});
});

test('the answer has no count: the error has the request ID and names the missing content', async () => {
	expect(await errorOf(answer({ status: 'ok' }))).toMatchObject({
		requestId: 'r1',
		problem: { code: 'responseIncomplete', missing: 'notificationCount' },
	});
});

test.each<[TaxServiceError['problem'], string]>([
	[{ code: 'taxServiceTimeout' }, 'The tax service has not answered in time'],
	[
		{ code: 'responseIncomplete', missing: 'notificationCount' },
		"The bank's answer has no count in it",
	],
	[{ code: 'refused', error: { code: 'x', description: 'broken' } }, 'broken'],
])('the message of %p is "%s"', (problem, message) => {
	expect(taxServiceMessage(problem)).toBe(message);
});

test('some answers are lost or internal errors: polling goes on and returns the count', async () => {
	const count = answer({ status: 'ok', count: 3 });
	const bank = bankWithAnswers(pending, lost, internalError, lost, lost, count);
	expect(await countNotifications(INN, bank)).toBe(3);
});

test.each([
	['stays pending', pending],
	['is always an internal error', internalError],
	['is always lost', lost],
])(
	'the answer to a check %s: the status is pending, with the request ID',
	async (_name, status) => {
		expect(await checkSelfEmployed(INN, 20_000, bankWithAnswers(status))).toMatchObject({
			status: 'pending',
			requestId: 'r1',
			advice: 'readResultLater',
		});
	},
);
