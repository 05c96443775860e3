/** A scripted bank for the tests of the flows, and the session responses that they use. */
import { BankClient } from '../../bank131/client/bankClient.ts';
import type { TransportResult } from '../../bank131/client/transport.ts';
import type { CompletionPlan } from '../../bank131/flows/confirmAndWait.ts';
import type { SessionResult } from '../../bank131/flows/sessionResult.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { answer, SleepClock } from './tinyBank.mts';

/** Confirms automatically and waits for the final result. */
export const plan: CompletionPlan = { confirm: 'automatic', waitFor: 'final', timeLimitMs: 60_000 };

/** A response with session `ps_1`, which holds one payout of 100 rubles where `payout` is given. */
export const session = (
	status: string,
	fields: JsonObject = {},
	payout?: JsonObject,
): TransportResult =>
	answer({
		status: 'ok',
		session: {
			id: 'ps_1',
			status,
			...fields,
			...(payout && {
				payout_list: [
					{
						id: 'po_1',
						amount_details: { amount: 10_000, currency: 'rub' },
						metadata: { reference: 'A-1' },
						...payout,
					},
				],
			}),
		},
	});

export const created = session('created');
export const processing = session('in_progress', {}, { status: 'in_progress' });
export const ready = session('in_progress', { next_action: 'confirm' }, { status: 'pending' });
export const paid = session('accepted', {}, { status: 'succeeded' });
export const declined = session(
	'cancelled',
	{},
	{ status: 'failed', error: { code: 'declined_by_issuer_bank', description: 'no' } },
);
export const sessionError = session(
	'error',
	{ error: { code: 'internal_error', description: 'unexpected' } },
	{ status: 'failed' },
);
/** The session with a payout of another reference. */
export const foreign = (fields: JsonObject, payout: JsonObject) =>
	session('in_progress', fields, { ...payout, metadata: { reference: 'B-2' } });
export const lost: TransportResult = { failure: 'lost', message: 'reset' };
export const notSent: TransportResult = { failure: 'notSent', message: 'no connection' };
export const gatewayTimeout = answer({ error: { code: 'RequestTimeout', message: 'slow' } }, 408);
export const busy: TransportResult = { httpStatus: 429, text: '', retryAfter: '7' };

/** The expected method of the next request, and the response to it. */
export type Step = [
	method: 'create' | 'start' | 'status' | 'confirm' | 'cancel' | 'init' | 'refund',
	TransportResult,
];

/** A client whose bank expects exactly these requests and gives exactly these responses. */
export function scriptedBank(steps: Step[]) {
	const remaining = [...steps];
	const clock = new SleepClock();
	const bank = new BankClient(
		async ({ path }) => {
			const next = remaining.shift();
			if (!next) throw new Error(`unexpected request ${path}`);
			expect(path).toContain(`session/${next[0]}`);
			return next[1];
		},
		'v2',
		clock,
	);
	return { bank, clock, remaining };
}

/** A client whose bank answers each request by its method, such as `start`. */
export function respondingBank(respond: (method: string) => TransportResult) {
	const clock = new SleepClock();
	const bank = new BankClient(
		async ({ path }) => respond(/session\/(\w+)/.exec(path)?.[1] ?? path),
		'v2',
		clock,
	);
	return { bank, clock };
}

/** Runs a flow against the scripted bank and checks that every expected request was sent. */
export async function runScript(
	steps: Step[],
	flow: (bank: BankClient) => Promise<SessionResult>,
): Promise<SessionResult> {
	const { bank, remaining } = scriptedBank(steps);
	const result = await flow(bank);
	expect(remaining.map(([method]) => method)).toEqual([]);
	return result;
}

/** A request that all four attempts of the retry policy send. */
export const fourTimes = (step: Step): Step[] => [step, step, step, step];
