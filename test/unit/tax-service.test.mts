/** Questions to the tax service: whatever happens after one was taken, its ID is not lost. */
import { BankClient } from '../../bank131/client/bankClient.ts';
import { countNotifications } from '../../bank131/services/notifications.ts';
import { checkSelfEmployed } from '../../bank131/services/selfEmployed.ts';
import { TaxServiceError } from '../../bank131/services/taxService.ts';
import type { WireAnswer } from '../../bank131/client/transport.ts';
import { answer, SleepClock } from '../support/tinyBank.mts';

const INN = '123456789012';
const taken = answer({ status: 'ok', request_id: 'r1' });
const pending = answer({ status: 'pending' });
const trouble = answer({ status: 'error', error: { code: 'internal_error', description: 'oops' } });
const lost: WireAnswer = { failure: 'lost', message: 'reset' };

/** Takes each question, and answers the looks one after the other; the last answer stays. */
function bankThatTells(...looks: WireAnswer[]): BankClient {
	const left = [...looks];
	return new BankClient(
		async ({ path }) => {
			if (!path.endsWith('npd/request/status')) return taken;
			return left.length > 1 ? left.shift()! : left[0];
		},
		'v1',
		new SleepClock(),
	);
}

test.each([
	['is slow', pending],
	['has an internal error', trouble],
	['is away', lost],
])('a bank that %s until the end: the error has the ID of the request', async (_name, look) => {
	const error: unknown = await countNotifications(INN, bankThatTells(look)).catch((e) => e);
	expect(error).toBeInstanceOf(TaxServiceError);
	expect(error).toMatchObject({
		requestId: 'r1',
		reason: { code: 'taxServiceTimeout' },
	});
});

test('a bank that is away for some looks is asked again', async () => {
	const count = answer({ status: 'ok', count: 3 });
	expect(
		await countNotifications(INN, bankThatTells(pending, lost, trouble, lost, lost, count)),
	).toBe(3);
});

test.each([
	['slow', pending],
	['in trouble', trouble],
	['away', lost],
])('a check with a bank that is %s until the end is pending, with its ID', async (_name, look) => {
	expect(await checkSelfEmployed(INN, 20_000, bankThatTells(look))).toMatchObject({
		status: 'pending',
		requestId: 'r1',
	});
});
