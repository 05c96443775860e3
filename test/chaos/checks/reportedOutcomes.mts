// Reads what an execution reported about each row: in its output items, or in the error that stopped it.
import { linesOfHtml } from '../../support/html.mts';
import type { JobResult, OutputItem } from '../processes/enginePool.mts';

/** What an execution reported about one row. */
export interface ReportedOutcome {
	/** Zero-based; -1 if missing. */
	row: number;
	location: 'output' | 'error output' | 'stop error';
	isError: boolean;
	outcome: string;
	reference?: string;
	sessionId?: string;
	errorCode?: string;
	minorUnits?: number;
	/** Message, description and advice. */
	text: string;
}

/** What an execution reported. */
export interface ExecutionReport {
	outcomes: ReportedOutcome[];
	/** Number of rows that the stop error counts as not started. */
	notStarted: number;
	/** All rows were rejected before the first request. */
	nothingSent: boolean;
	/** Text of an error that is not about rows. */
	unexpectedError?: string;
}

const text = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** Parses the output items or the stop error of an execution. */
export function readExecutionReport(result: JobResult): ExecutionReport {
	if (result.error) return readStopError(result.error);
	const outcomes = result.outputs.flatMap((items, output) =>
		items.map((item) => readItem(item, output === 0 ? 'output' : 'error output')),
	);
	return { outcomes, notStarted: 0, nothingSent: false };
}

function readItem(
	{ json, pairedItem }: OutputItem,
	location: ReportedOutcome['location'],
): ReportedOutcome {
	const error = json.error;
	const isError = typeof error === 'object' && error !== null;
	const facts = (isError ? error : json) as Record<string, unknown>;
	const row = (pairedItem as { item?: number } | undefined)?.item ?? Number(pairedItem ?? -1);
	return {
		row,
		location,
		isError,
		outcome: text(facts.outcome) ?? 'nothing',
		reference: text(facts.reference),
		sessionId: text(facts.sessionId),
		errorCode: text(facts.errorCode),
		minorUnits: typeof facts.amountMinorUnits === 'number' ? facts.amountMinorUnits : undefined,
		text: [facts.message, facts.description, facts.advice].filter(Boolean).join(' '),
	};
}

/** The description is HTML, one line per fact. Neither title nor lines name the row of a list of one. */
function readStopError({ message, description }: NonNullable<JobResult['error']>): ExecutionReport {
	const nothingSent = /nothing was sent/i.test(`${message} ${description}`);
	const lines = linesOfHtml(description);
	const failedRowMatch = /^Row (\d+): /.exec(message);
	const failedRow = failedRowMatch ? Number(failedRowMatch[1]) - 1 : 0;
	const outcomes: ReportedOutcome[] = [];
	for (const line of lines) {
		const rowMatch = /^Row (\d+): (.*)$/.exec(line);
		const matched = rowMatch
			? parseFacts(rowMatch[2], Number(rowMatch[1]) - 1)
			: parseFacts(line, 0);
		if (matched && !outcomes.some(({ row }) => row === matched.row)) outcomes.push(matched);
	}
	const failed = outcomes.find(({ row }) => row === failedRow);
	if (failed) Object.assign(failed, { isError: true, text: `${message} ${lines[0]}` });
	const countMatch = /^(\d+) rows? (?:was|were) not started\.$/m.exec(lines.join('\n'));
	return {
		outcomes,
		notStarted: countMatch ? Number(countMatch[1]) : 0,
		nothingSent: nothingSent && outcomes.length === 0,
		unexpectedError:
			outcomes.length === 0 && !nothingSent ? `${message}: ${description}` : undefined,
	};
}

const FACT_PATTERN =
	/(?:^|, )(reference|outcome|sessionId|errorCode) (.*?)(?=, (?:outcome|sessionId|errorCode) |$)/g;

function parseFacts(line: string, row: number): ReportedOutcome | undefined {
	const facts = Object.fromEntries(
		[...line.matchAll(FACT_PATTERN)].map(([, key, value]) => [key, value]),
	);
	if (facts.outcome === undefined && facts.sessionId === undefined) return undefined;
	const { outcome = 'nothing', reference, sessionId, errorCode } = facts;
	const location = 'stop error';
	return { row, location, isError: false, outcome, reference, sessionId, errorCode, text: '' };
}
