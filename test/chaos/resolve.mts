// The weather clears: what hangs is ended by hand, and what was unknown is asked for.
import type { Session } from '../../sandbox/sandbox.mts';
import type { Bank } from './banks.mts';
import type { Campaign } from './campaign.mts';
import { Dice } from './dice.mts';
import type { Judge } from './judge.mts';
import type { Payout } from './plan.mts';
import type { Sky } from './weather.mts';

/** The answer: how many sessions were asked for. */
export async function resolveUnknown(
	seed: string,
	banks: readonly Bank[],
	judge: Judge,
	campaign: Campaign,
	sky: Sky,
): Promise<number> {
	sky.raining = false;
	await Promise.all(banks.map(({ sandbox }) => sandbox.idle(60_000)));
	for (const bank of banks) endStuck(seed, bank);
	await Promise.all(banks.map(({ sandbox }) => sandbox.idle(60_000)));
	const unknown = judge.unknownSessions();
	for (const [at, bank] of banks.entries()) {
		const here = unknown.filter(({ payout }) => payout.bank === at);
		for (let from = 0; from < here.length; from += 500) {
			await askFor(bank, at, here.slice(from, from + 500), judge, campaign);
		}
	}
	return unknown.length;
}

function endStuck(seed: string, { sandbox }: Bank): void {
	for (const { id, status, nextAction } of sandbox.sessions.all()) {
		if (status !== 'in_progress' || nextAction !== undefined) continue;
		const paid = new Dice(seed, 'stuck', id).chance(0.5);
		sandbox.runAction(id, paid ? 'succeed' : 'fail');
	}
}

/** How a session stands, in the words of the bank's statuses. */
function truthOf({ status, nextAction, payouts }: Session): string[] {
	if (status === 'created') return ['created'];
	if (status === 'error') return ['unknown'];
	if (status === 'cancelled') return ['failed', 'cancelled'];
	if (status === 'accepted') return [payouts[0].refunds.length > 0 ? 'returned' : 'succeeded'];
	return [nextAction === 'confirm' ? 'awaitingConfirmation' : 'processing'];
}

async function askFor(
	{ sandbox }: Bank,
	at: number,
	unknown: Array<{ payout: Payout; sessionId: string }>,
	judge: Judge,
	campaign: Campaign,
): Promise<void> {
	const answer = await campaign.ask(
		at,
		unknown.map(({ sessionId }) => sessionId),
	);
	const told = new Map(
		answer.outputs[0].map(({ json, pairedItem }) => [
			(pairedItem as { item: number }).item,
			String(json.outcome),
		]),
	);
	for (const [index, { payout, sessionId }] of unknown.entries()) {
		const session = sandbox.sessions.find(sessionId);
		const truth = session ? truthOf(session) : [];
		const outcome = told.get(index);
		if (outcome === undefined || !truth.includes(outcome))
			judge.accuseOfUnresolved(payout, `${outcome ?? 'no answer'}, but it is ${truth.join('/')}`);
	}
}
