// End of the campaign: faults are off, stuck sessions are finished, and unknown outcomes are read with Session: Get.
import type { Session } from '../../../sandbox/sandbox.mts';
import type { ObservedBank } from '../bank/observedBank.mts';
import type { Campaign } from './campaign.mts';
import { SeededRandom } from '../lib/seededRandom.mts';
import type { InvariantChecker } from '../checks/invariantChecker.mts';
import type { Payout } from '../plan/planCampaign.mts';
import type { FaultInjector } from '../bank/faultInjector.mts';

/**
 * Adds a violation for each unknown outcome that Session: Get does not resolve. Resolves to the number of sessions
 * read.
 */
export async function resolveUnknown(
	seed: string,
	banks: readonly ObservedBank[],
	checker: InvariantChecker,
	campaign: Campaign,
	faultInjector: FaultInjector,
): Promise<number> {
	faultInjector.enabled = false;
	await Promise.all(banks.map(({ sandbox }) => sandbox.idle()));
	for (const bank of banks) finishStuckSessions(seed, bank);
	await Promise.all(banks.map(({ sandbox }) => sandbox.idle()));
	const lagMs = Math.max(...banks.map(({ sandbox }) => sandbox.settings.readLagMs));
	await new Promise((later) => setTimeout(later, lagMs));
	const unknown = checker.unknownSessions();
	for (const [bankIndex, bank] of banks.entries()) {
		const sessionsOfBank = unknown.filter(({ payout }) => payout.bank === bankIndex);
		for (let offset = 0; offset < sessionsOfBank.length; offset += 500) {
			await checkUnknownSessions(
				bank,
				bankIndex,
				sessionsOfBank.slice(offset, offset + 500),
				checker,
				campaign,
			);
		}
	}
	return unknown.length;
}

function finishStuckSessions(seed: string, { sandbox }: ObservedBank): void {
	for (const { id, status, nextAction } of sandbox.sessions.all()) {
		if (status !== 'in_progress' || nextAction !== undefined) continue;
		const isPaid = new SeededRandom(seed, 'stuck', id).chance(0.5);
		sandbox.runAction(id, isPaid ? 'succeed' : 'fail');
	}
}

/** The outcomes that the node may report for a session. */
function expectedOutcomes({ status, nextAction, payouts }: Session): string[] {
	if (status === 'created') return ['created'];
	if (status === 'error') return ['unknown'];
	if (status === 'cancelled') return ['failed', 'cancelled'];
	if (status === 'accepted') return [payouts[0].refunds.length > 0 ? 'returned' : 'succeeded'];
	return [nextAction === 'confirm' ? 'awaitingConfirmation' : 'processing'];
}

async function checkUnknownSessions(
	{ sandbox }: ObservedBank,
	bankIndex: number,
	unknown: Array<{ payout: Payout; sessionId: string }>,
	checker: InvariantChecker,
	campaign: Campaign,
): Promise<void> {
	const result = await campaign.readSessions(
		bankIndex,
		unknown.map(({ sessionId }) => sessionId),
	);
	const outcomeByItem = new Map(
		result.outputs[0].map(({ json, pairedItem }) => [
			(pairedItem as { item: number }).item,
			String(json.outcome),
		]),
	);
	for (const [index, { payout, sessionId }] of unknown.entries()) {
		const session = sandbox.sessions.find(sessionId);
		const expected = session ? expectedOutcomes(session) : [];
		checker.checkRead(payout, outcomeByItem.get(index), expected);
	}
}
