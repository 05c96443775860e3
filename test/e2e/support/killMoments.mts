import type { Fault } from '../../../sandbox/sandbox.mts';
import { readRegister } from '../../../playground/register/register.mts';
import { isInProgress } from '../../../playground/rest/execution.mts';
import type { PayingList, RegisterFamily } from './registerFamily.mts';
import { waitFor } from './waitFor.mts';

/**
 * A moment at which n8n is killed: resolves when it has come, to the ID of the execution that is in it. `at` is drawn:
 * from 0 to 1, how far into the moment.
 */
export type KillMoment = (family: RegisterFamily, list: PayingList, at: number) => Promise<string>;

/** A request of the list's size, from `from` to `to` of it. */
const nth = (list: PayingList, at: number, from: number, to: number) =>
	1 + Math.floor((from + (to - from) * at) * (list.rows.length - 1));

/** Arms a fault, starts something and waits until the fault fires. The request that it holds is never answered. */
async function arrival<Started>(
	{ playground: { sandbox } }: RegisterFamily,
	fault: Fault,
	start: () => Promise<Started>,
): Promise<Started> {
	const armed = sandbox.faults.add(fault);
	const started = await start();
	await waitFor(() => armed.hits > 0 || undefined, `request of ${String(fault.match?.path)}`);
	return started;
}

/** Pay is held at the nth request of a path; before or after the bank has processed it. */
const paying =
	(path: string, kind: 'timeoutBefore' | 'timeoutAfter', from: number, to: number): KillMoment =>
	async (family, list, at) => {
		const match = { path, nth: nth(list, at, from, to) };
		return await arrival(family, { kind, match }, async () => await family.startPaying(list));
	};

/** n8n is killed while Pay starts payouts, and starts again. So payouts wait for a confirmation that nobody gives. */
async function leaveSomeWaiting(family: RegisterFamily, list: PayingList): Promise<void> {
	const { sandbox } = family.playground;
	sandbox.set({ webhookUrl: undefined });
	const held = sandbox.faults.add({
		kind: 'timeoutBefore',
		match: { path: 'session/confirm' },
		times: Infinity,
	});
	const execution = await family.startPaying(list);
	await waitFor(() => held.hits > 2 || undefined, 'payouts that wait');
	await family.kill(execution);
	await family.restart(list);
}

/** The execution of Listen that has begun with the event of a session. */
async function listenerOf(
	{ playground, listen }: RegisterFamily,
	session: string,
): Promise<string> {
	const { rest } = playground;
	const poll = async () => {
		const running = (await rest.listExecutions(listen)).filter(({ status }) =>
			isInProgress(status),
		);
		for (const { id } of running.reverse()) {
			const { data } = await rest.request<{ data?: string }>('GET', `/rest/executions/${id}`);
			if (data?.includes(session)) return id;
		}
		return undefined;
	};
	return await waitFor(poll, `execution of Listen for ${session}`);
}

/** Listen is held at its Confirm. */
const listening =
	(kind: 'timeoutBefore' | 'timeoutAfter'): KillMoment =>
	async (family, list) => {
		const { sandbox } = family.playground;
		await leaveSomeWaiting(family, list);
		await arrival(family, { kind, match: { path: 'session/confirm' } }, async () => {
			sandbox.set({ webhookUrl: family.eventsUrl });
			const waiting = sandbox.sessions.all().filter(({ nextAction }) => nextAction === 'confirm');
			for (const { id } of waiting) sandbox.sendWebhook('ready_to_confirm', id);
			await Promise.resolve();
		});
		const held = sandbox.requests.filter(
			({ fault, path }) => fault && path.endsWith('session/confirm'),
		);
		return await listenerOf(family, held.at(-1)?.sessionId ?? '');
	};

/** Follow up is held at its Confirm. */
const followingUp: KillMoment = async (family, list, at) => {
	await leaveSomeWaiting(family, list);
	const kind = at < 0.5 ? 'timeoutBefore' : 'timeoutAfter';
	return await arrival(
		family,
		{ kind, match: { path: 'session/confirm' } },
		async () => await family.startFollowUp(),
	);
};

/** Some outcomes are written. Without Listen, so that only Pay writes. */
const writing: KillMoment = async (family, list, at) => {
	const { sandbox, rest } = family.playground;
	sandbox.set({ webhookUrl: undefined });
	const execution = await family.startPaying(list);
	const count = nth(list, at, 0.05, 0.8);
	const isWritten = async () =>
		(await readRegister(rest, list.name)).filter(({ final }) => final).length >= count || undefined;
	await waitFor(isWritten, `${count} written outcomes`);
	return execution;
};

/** The moments by name. */
export const killMoments: Record<string, KillMoment> = {
	'during Session: Create': paying('session/create', 'timeoutAfter', 0.1, 0.9),
	'after the last Session: Create': paying('session/create', 'timeoutAfter', 1, 1),
	'after the insert, before the first start': paying('start/payout', 'timeoutBefore', 0, 0),
	'early in Payout: Start': paying('start/payout', 'timeoutAfter', 0.05, 0.25),
	'in the middle of Payout: Start': paying('start/payout', 'timeoutAfter', 0.4, 0.6),
	'late in Payout: Start': paying('start/payout', 'timeoutAfter', 0.8, 1),
	'while outcomes are written': writing,
	'in Listen, before Confirm': listening('timeoutBefore'),
	'in Listen, after Confirm': listening('timeoutAfter'),
	'in Follow up': followingUp,
};
