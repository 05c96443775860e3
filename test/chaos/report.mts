import type { ObservedBank } from './bank/observedBank.mts';
import type { Campaign } from './campaign/campaign.mts';
import type { InvariantChecker, Violation } from './checks/invariantChecker.mts';
import type { FaultInjector } from './bank/faultInjector.mts';

const formatCount = (count: number) => count.toLocaleString('en-US');

const formatCounts = (counts: ReadonlyMap<string, number>) =>
	[...counts]
		.sort(([, a], [, b]) => b - a)
		.map(([description, count]) => `${description} ${formatCount(count)}`)
		.join(', ');

/** Everything the report is made of. */
export interface Result {
	seed: string;
	profile: string;
	payouts: number;
	batches: number;
	killCount: number;
	seconds: number;
	banks: readonly ObservedBank[];
	faultInjector: FaultInjector;
	checker: InvariantChecker;
	campaign: Campaign;
	sessionsRead: number;
}

/** Formats the figures of the campaign, one per line. */
export function formatSummary(result: Result): string {
	const { checker, campaign, faultInjector, banks } = result;
	const { counts } = campaign;
	const paid = banks.flatMap(({ sandbox }) =>
		sandbox.ledger.entries.filter(({ kind }) => kind === 'payout'),
	);
	const faultCount = [...faultInjector.injectedCounts.values()].reduce(
		(sum, count) => sum + count,
		0,
	);
	const lines: Array<[string, string]> = [
		['seed', result.seed],
		['profile', result.profile],
		['payouts', `${formatCount(result.payouts)} in ${formatCount(result.batches)} batches`],
		['paid', `${formatCount(paid.length)} by the ledger`],
		[
			'executions',
			`${formatCount(counts.executions)}, of them ${formatCount(counts.reruns)} re-runs`,
		],
		[
			'interrupted',
			`${result.killCount} kill -9 (${counts.killed} executions), ${counts.cancelled} stopped by the user`,
		],
		['concurrent', `${counts.concurrentRuns} lists run by two executions at once`],
		['requests', formatCount(banks.reduce((sum, { requests }) => sum + requests, 0))],
		['faults', `${formatCount(faultCount)}: ${formatCounts(faultInjector.injectedCounts)}`],
		['outcomes', formatCounts(checker.outcomes)],
		[
			'unknown',
			`${result.sessionsRead} sessions read with Session: Get; ${checker.unknownWithoutSession} times Initiate had no session ID`,
		],
		[
			'unreported',
			`${checker.startedByInterrupted} payouts started by executions that were killed or stopped`,
		],
		[
			'webhooks',
			`${formatCount(checker.webhooks.received)} received, ${checker.webhooks.items} started the workflow, ${checker.webhooks.refused} refused`,
		],
		...[...checker.namedHarm].map(([description, count]): [string, string] => [
			'named harm',
			`${formatCount(count)} ${description}`,
		]),
		['time', `${Math.round(result.seconds)} s`],
	];
	const width = Math.max(...lines.map(([description]) => description.length)) + 2;
	return lines.map(([description, value]) => description.padEnd(width) + value).join('\n');
}

/** The result line: `0 double, 0 lost, 0 misstated`. */
export function formatVerdict({ checker: { violations } }: Result): string {
	const count = (...kinds: string[]) =>
		violations.filter(({ kind }) => kinds.includes(kind)).length;
	const wrong = count('wrong');
	return `${count('double')} double, ${count('lost')} lost, ${count('misstated', 'branch')} misstated${wrong > 0 ? `, ${wrong} to the wrong person or amount` : ''}`;
}

/** Each kind of violation with the payout that has the fewest requests; five payouts if `verbose`. */
export function formatViolations(result: Result, verbose: boolean): string {
	const kinds = new Map<string, Violation[]>();
	for (const violation of result.checker.violations) {
		const kind = `${violation.kind}: ${violation.description.replace(/\d+/g, 'N')}`;
		kinds.set(kind, [...(kinds.get(kind) ?? []), violation]);
	}
	return [...kinds]
		.map(([kind, violations]) => {
			const shortest = [...violations].sort((a, b) => lengthOf(result, a) - lengthOf(result, b));
			const shown = verbose ? shortest.slice(0, 5) : shortest.slice(0, 1);
			return `\n${violations.length} × ${kind}\n${shown.map((violation) => formatHistory(result, violation)).join('\n')}`;
		})
		.join('\n');
}

const lengthOf = ({ banks }: Result, { payout }: Violation): number =>
	payout ? banks[payout.bank].requestsFor(payout).length : 0;

function formatHistory({ banks, checker, campaign }: Result, violation: Violation): string {
	const { payout, execution, description } = violation;
	if (!payout) return `  execution ${execution}: ${description}`;
	const bank = banks[payout.bank];
	const plan = campaign.planOf(payout);
	const { onError, retryOnFail, maxTries } = plan.node;
	const lines = [
		`  execution ${execution}: ${description}`,
		`  payout ${payout.reference}: ${payout.minorUnits} minor units, row ${payout.row + 1} of ${plan.payouts.length}, ${payout.faultLevel}`,
		`  ${plan.operation} by ${plan.method}, ${plan.apiVersion}, bank ${plan.bank}, ${String(plan.parameters.confirmation)}/${String(plan.parameters.waitFor)}, ${onError}, ${retryOnFail ? `${maxTries} tries` : 'no retry'}, ${JSON.stringify(plan.parameters.options)}`,
		...bank
			.requestsFor(payout)
			.map(
				(request) =>
					`    ${request.at.slice(11, 23)} [${request.execution}] ${request.method} → ${request.status ?? 'not processed'} ${[request.errorCode, request.sessionId, request.fault && `fault: ${request.fault}`].filter(Boolean).join(', ')}`,
			),
		...bank
			.ledgerOf(payout)
			.map((e) => `    ledger: ${e.at.slice(11, 23)} ${e.kind} of ${e.amount} in ${e.sessionId}`),
		...checker
			.reportsOf(payout)
			.map(
				(report) =>
					`    reported by ${report.execution.label} (${report.execution.kind}) on ${report.location}: ${report.outcome} ${report.sessionId ?? ''} ${report.errorCode ?? ''} ${report.text}`,
			),
	];
	return lines.join('\n');
}
