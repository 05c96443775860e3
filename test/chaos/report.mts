import type { Bank } from './bank/observedBank.mts';
import type { Campaign } from './campaign/campaign.mts';
import type { Judge, Violation } from './checks/invariantChecker.mts';
import type { Sky } from './bank/faultInjector.mts';

const thousands = (count: number) => count.toLocaleString('en-US');

const list = (counts: ReadonlyMap<string, number>) =>
	[...counts]
		.sort(([, a], [, b]) => b - a)
		.map(([what, count]) => `${what} ${thousands(count)}`)
		.join(', ');

export interface Result {
	seed: string;
	payouts: number;
	batches: number;
	kills: number;
	seconds: number;
	banks: readonly Bank[];
	sky: Sky;
	judge: Judge;
	campaign: Campaign;
	asked: number;
}

export function summary(result: Result): string {
	const { judge, campaign, sky, banks } = result;
	const { counts } = campaign;
	const paid = banks.flatMap(({ sandbox }) =>
		sandbox.ledger.entries.filter(({ kind }) => kind === 'payout'),
	);
	const struck = [...sky.struck.values()].reduce((sum, count) => sum + count, 0);
	const lines: Array<[string, string]> = [
		['seed', result.seed],
		['payouts', `${thousands(result.payouts)} in ${thousands(result.batches)} batches`],
		['paid', `${thousands(paid.length)} by the ledger`],
		['executions', `${thousands(counts.executions)}, of them ${thousands(counts.again)} re-runs`],
		[
			'interrupted',
			`${result.kills} kill -9 (${counts.killed} executions), ${counts.cancelled} stopped by hand`,
		],
		['at the same time', `${counts.twins} lists run by two executions at once`],
		['requests', thousands(banks.reduce((sum, { requests }) => sum + requests, 0))],
		['faults', `${thousands(struck)}: ${list(sky.struck)}`],
		['outcomes', list(judge.outcomes)],
		[
			'unknown',
			`${result.asked} sessions asked with Session: Get; ${judge.unknownWithoutSession} times Initiate had no session ID`,
		],
		['started unseen', `${judge.orphans} by executions that were killed or stopped`],
		[
			'webhooks',
			`${thousands(judge.webhooks.received)} received, ${judge.webhooks.items} started the workflow, ${judge.webhooks.refused} refused`,
		],
		['time', `${Math.round(result.seconds)} s`],
	];
	const width = Math.max(...lines.map(([what]) => what.length)) + 2;
	return lines.map(([what, value]) => what.padEnd(width) + value).join('\n');
}

/** The one line that counts. */
export function verdict({ judge: { violations } }: Result): string {
	const count = (...crimes: string[]) =>
		violations.filter(({ crime }) => crimes.includes(crime)).length;
	const wrong = count('wrong');
	return `${count('double')} double, ${count('lost')} lost, ${count('misstated', 'branch')} misstated${wrong > 0 ? `, ${wrong} to the wrong person or amount` : ''}`;
}

/** Each kind of violation once, by the payout with the shortest history. */
export function accusations(result: Result, verbose: boolean): string {
	const kinds = new Map<string, Violation[]>();
	for (const violation of result.judge.violations) {
		const kind = `${violation.crime}: ${violation.what.replace(/\d+/g, 'N')}`;
		kinds.set(kind, [...(kinds.get(kind) ?? []), violation]);
	}
	return [...kinds]
		.map(([kind, violations]) => {
			const shortest = [...violations].sort((a, b) => lengthOf(result, a) - lengthOf(result, b));
			const shown = verbose ? shortest.slice(0, 5) : shortest.slice(0, 1);
			return `\n${violations.length} × ${kind}\n${shown.map((one) => story(result, one)).join('\n')}`;
		})
		.join('\n');
}

const lengthOf = ({ banks }: Result, { payout }: Violation): number =>
	payout ? banks[payout.bank].history(payout).length : 0;

function story({ banks, judge, campaign }: Result, violation: Violation): string {
	const { payout, execution, what } = violation;
	if (!payout) return `  execution ${execution}: ${what}`;
	const bank = banks[payout.bank];
	const plan = campaign.planOf(payout);
	const { onError, retryOnFail, maxTries } = plan.node;
	const lines = [
		`  execution ${execution}: ${what}`,
		`  payout ${payout.reference}: ${payout.minorUnits} minor units, row ${payout.row + 1} of ${plan.payouts.length}, ${payout.weather}`,
		`  ${plan.operation} by ${plan.method}, ${plan.apiVersion}, bank ${plan.bank}, ${String(plan.parameters.confirmation)}/${String(plan.parameters.waitFor)}, ${onError}, ${retryOnFail ? `${maxTries} tries` : 'no retry'}, ${JSON.stringify(plan.parameters.options)}`,
		...bank
			.history(payout)
			.map(
				(seen) =>
					`    ${seen.at.slice(11, 23)} [${seen.execution}] ${seen.method} → ${seen.status ?? 'not looked at'} ${[seen.errorCode, seen.sessionId, seen.fault && `fault: ${seen.fault}`].filter(Boolean).join(', ')}`,
			),
		...bank
			.ledgerOf(payout)
			.map((e) => `    ledger: ${e.at.slice(11, 23)} ${e.kind} of ${e.amount} in ${e.sessionId}`),
		...judge
			.statementsOf(payout)
			.map(
				(told) =>
					`    told by ${told.execution.label} (${told.execution.kind}) on ${told.where}: ${told.outcome} ${told.sessionId ?? ''} ${told.errorCode ?? ''} ${told.text}`,
			),
	];
	return lines.join('\n');
}
