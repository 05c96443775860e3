/** Send: what each sequence of responses leads to. */
import type { BankClient } from '../../bank131/client/bankClient.ts';
import type { CompletionPlan } from '../../bank131/flows/confirmAndWait.ts';
import type { ProgressStore } from '../../bank131/flows/progress.ts';
import { sendOperation } from '../../bank131/flows/send.ts';
import {
	busy,
	created,
	declined,
	fourTimes,
	lost,
	notSent,
	paid,
	plan,
	processing,
	ready,
	runScript,
	session,
	sessionError,
	type Step,
} from '../support/flows.mts';
import { answer, createProgressStore, refusal, requestOf } from '../support/tinyBank.mts';

describe('send', () => {
	const send =
		(progressStore: ProgressStore = createProgressStore(), how: CompletionPlan = plan) =>
		async (bank: BankClient) =>
			await sendOperation(requestOf('A-1'), how, { bank, progressStore });

	/** What happens, the expected outcome, the expected requests with their responses. */
	const cases: Array<[string, string, Step[]]> = [
		[
			'every request succeeds at once',
			'succeeded',
			[
				['create', created],
				['start', processing],
				['status', ready],
				['confirm', processing],
				['status', paid],
			],
		],
		[
			'the start response awaits confirmation, the confirmation response is paid',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', paid],
			],
		],
		[
			'the bank confirms by itself',
			'succeeded',
			[
				['create', created],
				['start', processing],
				['status', paid],
			],
		],
		[
			'declined before the confirmation',
			'failed',
			[
				['create', created],
				['start', processing],
				['status', declined],
			],
		],
		[
			'declined after the confirmation',
			'failed',
			[
				['create', created],
				['start', ready],
				['confirm', processing],
				['status', declined],
			],
		],
		[
			'session status error after the confirmation',
			'unknown',
			[
				['create', created],
				['start', ready],
				['confirm', processing],
				['status', sessionError],
			],
		],
		['create refused', 'rejected', [['create', refusal('authentication_error')]]],
		['response to create lost four times', 'rejected', fourTimes(['create', lost])],
		[
			'create response without an ID, then with one',
			'succeeded',
			[
				['create', answer({ status: 'ok', session: {} })],
				['create', created],
				['start', paid],
			],
		],
		[
			'start refused',
			'rejected',
			[
				['create', created],
				['start', refusal('invalid_request')],
				['status', created],
			],
		],
		[
			'start refused, status refused too',
			'rejected',
			[
				['create', created],
				['start', refusal('authentication_error')],
				['status', refusal('authentication_error')],
			],
		],
		[
			'start refused: key exists, and the session is empty',
			'duplicate',
			[
				['create', created],
				['start', refusal('idempotency_key_already_exists')],
				['status', created],
			],
		],
		[
			'start refused: key exists, and the session holds the payout',
			'succeeded',
			[
				['create', created],
				['start', refusal('idempotency_key_already_exists')],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'start refused: key exists, and the session cannot be read',
			'unknown',
			[
				['create', created],
				['start', refusal('idempotency_key_already_exists')],
				...fourTimes(['status', lost]),
			],
		],
		[
			'start refused: wrong state, and the session is paid',
			'succeeded',
			[
				['create', created],
				['start', refusal('session_wrong_state')],
				['status', paid],
			],
		],
		[
			'start refused: wrong state, and the session is empty',
			'rejected',
			[
				['create', created],
				['start', refusal('session_wrong_state')],
				['status', created],
			],
		],
		[
			'start response lost, the session holds the payout',
			'succeeded',
			[
				['create', created],
				['start', lost],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'start response lost, the session is empty, started again',
			'succeeded',
			[
				['create', created],
				['start', lost],
				['status', created],
				['start', ready],
				['confirm', paid],
			],
		],
		[
			'start accepted, the response does not show the payout yet',
			'succeeded',
			[
				['create', created],
				['start', created],
				['status', created],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'start response lost, session empty, then key exists: our start is being processed',
			'succeeded',
			[
				['create', created],
				['start', lost],
				['status', created],
				['start', refusal('idempotency_key_already_exists')],
				['status', created],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'start response lost, session empty, then wrong state: our start is being processed',
			'succeeded',
			[
				['create', created],
				['start', lost],
				['status', created],
				['start', refusal('session_wrong_state')],
				['status', created],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'responses to start and status lost',
			'unknown',
			[['create', created], ['start', lost], ...fourTimes(['status', lost])],
		],
		[
			'start refused: internal error, then accepted',
			'succeeded',
			[
				['create', created],
				['start', refusal('internal_error')],
				['status', created],
				['status', created],
				['start', paid],
			],
		],
		[
			'start response with another session',
			'succeeded',
			[
				['create', created],
				['start', answer({ status: 'ok', session: { id: 'ps_9', status: 'in_progress' } })],
				['status', paid],
			],
		],
		[
			'start: no connection four times',
			'rejected',
			[['create', created], ...fourTimes(['start', notSent])],
		],
		[
			'start: HTTP 429 four times',
			'rejected',
			[['create', created], ...fourTimes(['start', busy]), ['status', created]],
		],
		[
			'start: HTTP 429 four times, although the bank has started the payout',
			'succeeded',
			[['create', created], ...fourTimes(['start', busy]), ['status', ready], ['confirm', paid]],
		],
		[
			'start: HTTP 429 although the bank has started the payout, then its own key',
			'succeeded',
			[
				['create', created],
				['start', busy],
				['start', refusal('idempotency_key_already_exists')],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'start: HTTP 429 four times, and the session cannot be read',
			'unknown',
			[['create', created], ...fourTimes(['start', busy]), ...fourTimes(['status', busy])],
		],
		[
			'confirm: HTTP 429 once',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', busy],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'confirm response lost, the bank confirmed',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', lost],
				['status', processing],
				['status', paid],
			],
		],
		[
			'confirm response lost, the bank did not confirm',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', lost],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'confirm response lost, being processed',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', lost],
				['status', ready],
				['confirm', refusal('session_wrong_state')],
				['status', ready],
				['confirm', refusal('session_wrong_state')],
				['status', paid],
			],
		],
		[
			'confirm refused',
			'awaitingConfirmation',
			[
				['create', created],
				['start', ready],
				['confirm', refusal('invalid_request')],
				['status', ready],
			],
		],
		[
			'confirm refused, and the bank shows the state before the start',
			'awaitingConfirmation',
			[
				['create', created],
				['start', ready],
				['confirm', refusal('invalid_request')],
				['status', created],
			],
		],
		[
			'confirm refused, and the session cannot be read',
			'awaitingConfirmation',
			[
				['create', created],
				['start', ready],
				['confirm', refusal('invalid_request')],
				...fourTimes(['status', lost]),
			],
		],
		[
			'confirm accepted with the state before the start, then paid',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', created],
				['status', paid],
			],
		],
		[
			'confirm refused: the session timed out',
			'cancelled',
			[
				['create', created],
				['start', ready],
				['confirm', refusal('session_wrong_state')],
				[
					'status',
					session('cancelled', {}, { status: 'failed', error: { code: 'confirm_timeout' } }),
				],
			],
		],
		[
			'responses to confirm and status lost',
			'unknown',
			[['create', created], ['start', ready], ['confirm', lost], ...fourTimes(['status', lost])],
		],
		[
			'stale status after the start',
			'succeeded',
			[
				['create', created],
				['start', processing],
				['status', created],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'stale status after the confirmation',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', ready],
				['status', ready],
				['status', paid],
			],
		],
		[
			'status unreachable for a while, twice',
			'succeeded',
			[
				['create', created],
				['start', processing],
				...fourTimes(['status', lost]),
				['status', ready],
				['confirm', processing],
				...fourTimes(['status', lost]),
				['status', paid],
			],
		],
	];

	test.each(cases)('%s: the outcome is %s', async (_name, outcome, steps) => {
		const result = await runScript(steps, send());
		expect(result.outcome).toBe(outcome);
		if (['rejected', 'unknown'].includes(outcome) && result.view === undefined) {
			expect(result.reason).toEqual(expect.objectContaining({ code: expect.any(String) }));
		}
	});
});
