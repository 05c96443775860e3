import { textAt, type JsonObject } from '../lib/json';
import { foldReference } from '../values/references';
import {
	groupByPayment,
	hasUnknownDirection,
	operationIdOf,
	removeRepeatedLines,
	sumPaid,
	sumPaidRubles,
	toOperationGroup,
	type OperationGroup,
} from './lines';
import {
	hasNoOtherReference,
	hasSameAmount,
	hasSameReference,
	resultOf,
	type FindingResult,
	type SheetRow,
} from './rowComparison';

type MatchKey = 'sessionId' | 'reference';

/** The result for one row of the sheet, or for operations of the report without a row. */
export interface Finding {
	result: FindingResult;
	/** Index in the sheet, from 0. Absent for operations without a row. */
	sheetRow?: number;
	matchedBy?: MatchKey;
	/** The operations of the report. Absent for `missingAtBank` and `duplicateInSheet`. */
	operations?: OperationGroup;
}

/** All findings of one comparison. */
export interface Reconciliation {
	/** In the order of the sheet, then operations without a row in the order of the report. */
	findings: Finding[];
	/** Lines that repeat another line of the report, as when one file was read twice. They are not counted again. */
	repeatedLines: number;
}

/**
 * Compares the user's rows with the lines of a report, by session id, else by reference. Amounts are compared in
 * kopecks. The sheet is in rubles, so an amount in another currency never matches.
 * Time is linear in both lists, unless one session has most of the lines.
 * @param lines rows that a line reader of `readReport.ts` returned
 */
export function reconcile(
	sheet: readonly SheetRow[],
	lines: readonly JsonObject[],
): Reconciliation {
	const uniqueLines = removeRepeatedLines(lines);
	const sessions = groupBySession(uniqueLines);
	assignRows(sheet, sessions);
	const findings = sessions.flatMap((session) => compareSession(session, sheet));
	const matchedRows = new Set(findings.map(({ sheetRow }) => sheetRow));
	const missing = sheet.flatMap((_, sheetRow): Finding[] =>
		matchedRows.has(sheetRow) ? [] : [{ result: 'missingAtBank', sheetRow }],
	);
	const positionOf = ({ sheetRow }: Finding) => sheetRow ?? sheet.length;
	return {
		findings: [...findings, ...missing].sort((a, b) => positionOf(a) - positionOf(b)),
		repeatedLines: lines.length - uniqueLines.length,
	};
}

/** A row of the sheet that names a session. */
interface RowMatch {
	/** Index in the sheet, from 0. */
	sheetRow: number;
	matchedBy: MatchKey;
}

/**
 * The lines of one session in one kind of report. A split payment has a payment and a payout in one session: they are
 * two entries here, so that their amounts are not added up.
 */
interface ReportSession {
	sessionId: string;
	reference: string;
	lines: JsonObject[];
	rows: RowMatch[];
}

function groupBySession(lines: JsonObject[]): ReportSession[] {
	const sessions = new Map<string, ReportSession>();
	for (const line of lines) {
		const sessionId = textAt(line, 'sessionId') ?? '';
		const key = `${textAt(line, 'report')} ${sessionId || ` ${operationIdOf(line)}`}`;
		const session = sessions.get(key) ?? { sessionId, reference: '', lines: [], rows: [] };
		session.lines.push(line);
		session.reference ||= foldReference(textAt(line, 'reference') ?? '');
		sessions.set(key, session);
	}
	return [...sessions.values()];
}

/** Adds each row of the sheet to its session: by id, else by reference and amount, else by reference alone. */
function assignRows(sheet: readonly SheetRow[], sessions: ReportSession[]): void {
	const unassigned = assignBySessionId(sheet, sessions);
	const withOtherAmount = assignByReference(sheet, unassigned, sessions, ({ lines }) =>
		sumPaidRubles(lines),
	);
	const repeated = assignByReference(sheet, withOtherAmount, sessions);
	const byReference = new Map(sessions.map((session) => [session.reference, session]));
	for (const sheetRow of repeated) {
		// Every session with this reference has a row already. A row with another session id is not a repetition.
		const { sessionId, reference } = sheet[sheetRow];
		if (sessionId !== '') continue;
		byReference.get(foldReference(reference))?.rows.push({ sheetRow, matchedBy: 'reference' });
	}
}

/** @returns the rows with a reference whose session id is not in the report */
function assignBySessionId(sheet: readonly SheetRow[], sessions: ReportSession[]): number[] {
	const byId = new Map<string, ReportSession[]>();
	for (const session of sessions) {
		const sameId = byId.get(session.sessionId);
		if (sameId) sameId.push(session);
		else byId.set(session.sessionId, [session]);
	}
	const unassigned: number[] = [];
	for (const [sheetRow, { sessionId, reference }] of sheet.entries()) {
		const sameId = sessionId === '' ? [] : (byId.get(sessionId) ?? []);
		const session =
			sameId.find(({ lines }) => hasSameAmount(lines, sheet[sheetRow])) ??
			sameId.find(({ lines }) => sumPaid(lines) !== undefined) ??
			sameId.at(0);
		if (session) session.rows.push({ sheetRow, matchedBy: 'sessionId' });
		else if (foldReference(reference) !== '') unassigned.push(sheetRow);
	}
	return unassigned;
}

/**
 * Gives each row a session with its reference that has no row yet.
 * @param amountIn when given, the amount has to be the same too
 * @returns the rows for which no session was available
 */
function assignByReference(
	sheet: readonly SheetRow[],
	sheetRows: number[],
	sessions: ReportSession[],
	amountIn?: (session: ReportSession) => number | undefined,
): number[] {
	const keyOf = (reference: string, amount: number | undefined) =>
		JSON.stringify([reference, amountIn && amount]);
	const available = new Map<string, ReportSession[]>();
	// Reversed, so that `pop` takes the first session of the report.
	for (const session of [...sessions].reverse()) {
		if (session.reference === '' || session.rows.length > 0) continue;
		const key = keyOf(session.reference, amountIn?.(session));
		const sameKey = available.get(key);
		if (sameKey) sameKey.push(session);
		else available.set(key, [session]);
	}
	return sheetRows.filter((sheetRow) => {
		const { reference, minorUnits } = sheet[sheetRow];
		const session = available.get(keyOf(foldReference(reference), minorUnits))?.pop();
		session?.rows.push({ sheetRow, matchedBy: 'reference' });
		return !session;
	});
}

/**
 * One row is compared with the whole session. Several rows are compared with its payments one by one: each row gets a
 * payment of its amount, best with its reference, else without another one.
 */
function compareSession({ lines, rows }: ReportSession, sheet: readonly SheetRow[]): Finding[] {
	if (rows.length === 0) return [findingWithoutRow(lines)];
	if (rows.length === 1) return [compareRow(rows[0], toOperationGroup(lines), sheet)];

	const remaining = groupByPayment(lines);
	const findings: Finding[] = [];
	let waiting = rows;
	for (const isRequired of [hasSameReference, hasNoOtherReference, () => true]) {
		waiting = waiting.filter((row) => {
			const sheetRow = sheet[row.sheetRow];
			const index = remaining.findIndex(
				({ lines: paid }) => hasSameAmount(paid, sheetRow) && isRequired(paid, sheetRow),
			);
			if (index >= 0) findings.push(compareRow(row, remaining.splice(index, 1)[0], sheet));
			return index < 0;
		});
	}
	for (const row of waiting) {
		// The first row is compared with everything that remains; the rows after it repeat it.
		const rest = remaining.splice(0);
		findings.push(
			rest.length > 0
				? compareRow(row, toOperationGroup(rest.flatMap((group) => group.lines)), sheet)
				: { result: 'duplicateInSheet', ...row },
		);
	}
	return remaining.length === 0
		? findings
		: [...findings, findingWithoutRow(remaining.flatMap((group) => group.lines))];
}

const findingWithoutRow = (lines: JsonObject[]): Finding => ({
	result: lines.some(hasUnknownDirection) ? 'unclear' : 'missingInSheet',
	operations: toOperationGroup(lines),
});

function compareRow(
	row: RowMatch,
	operations: OperationGroup,
	sheet: readonly SheetRow[],
): Finding {
	return { result: resultOf(operations, sheet[row.sheetRow]), ...row, operations };
}
