import { oneSpelling } from '../values/text';
import { textAt, type JsonObject } from '../lib/json';
import {
	distinct,
	isUnclear,
	oneByOne,
	operationIdOf,
	paidIn,
	rublesIn,
	together,
	type Operations,
} from './lines';

/** One row of the user's own records. */
export interface SheetRow {
	/** May be empty when there is a reference, and the other way round. */
	sessionId: string;
	reference: string;
	/** Absent when it could not be read: such a row keeps its session from looking like one that the sheet lacks. */
	minorUnits?: number;
}

export type Result =
	| 'matched'
	| 'amountDiffers'
	| 'returned'
	| 'unclear'
	| 'duplicateInSheet'
	| 'missingAtBank'
	| 'missingInSheet';

/** What became of one row of the sheet, or of a session that the sheet does not have. */
export interface Finding {
	result: Result;
	/** Which row of the sheet, from 0. */
	sheetRow?: number;
	matchedBy?: 'sessionId' | 'reference';
	bank?: Operations;
}

export interface Reconciliation {
	/** In the order of the sheet, then what only the bank has in the order of the report. */
	findings: Finding[];
	/** Lines that stand in the report more than once, as when a file was read twice; they count once. */
	repeatedLines: number;
}

/**
 * Compares the user's rows with the lines of a report (as `lineReader` gives them): by session, else by reference. Amounts
 * are compared in kopecks; the sheet is in rubles, so no other currency matches. Linear in both lists unless one session
 * fills them.
 */
export function reconcile(
	sheet: readonly SheetRow[],
	lines: readonly JsonObject[],
): Reconciliation {
	const once = distinct(lines);
	const sessions = groupBySession(once);
	claim(sheet, sessions);
	const findings = sessions.flatMap((session) => settle(session, sheet));
	const seen = new Set(findings.map(({ sheetRow }) => sheetRow));
	const missing = sheet.flatMap((_, sheetRow): Finding[] =>
		seen.has(sheetRow) ? [] : [{ result: 'missingAtBank', sheetRow }],
	);
	const place = ({ sheetRow }: Finding) => sheetRow ?? sheet.length;
	return {
		findings: [...findings, ...missing].sort((a, b) => place(a) - place(b)),
		repeatedLines: lines.length - once.length,
	};
}

/** What one kind of report says of a session: a payment and its payout in one session are not added up. */
interface Session {
	sessionId: string;
	reference: string;
	lines: JsonObject[];
	/** Rows of the sheet that mean this session. */
	claims: Array<{ sheetRow: number; by: 'sessionId' | 'reference' }>;
}

function groupBySession(lines: JsonObject[]): Session[] {
	const sessions = new Map<string, Session>();
	for (const line of lines) {
		const sessionId = textAt(line, 'sessionId') ?? '';
		const key = `${textAt(line, 'report')} ${sessionId || ` ${operationIdOf(line)}`}`;
		const session = sessions.get(key) ?? { sessionId, reference: '', lines: [], claims: [] };
		session.lines.push(line);
		session.reference ||= oneSpelling(textAt(line, 'reference') ?? '');
		sessions.set(key, session);
	}
	return [...sessions.values()];
}

/** Gives every row of the sheet its session: by id, then by reference and amount, then by reference alone. */
function claim(sheet: readonly SheetRow[], sessions: Session[]): void {
	const byId = new Map<string, Session[]>();
	for (const session of sessions) {
		const kinds = byId.get(session.sessionId);
		if (kinds) kinds.push(session);
		else byId.set(session.sessionId, [session]);
	}
	const left: number[] = [];
	for (const [sheetRow, { sessionId, minorUnits }] of sheet.entries()) {
		const kinds = sessionId === '' ? [] : (byId.get(sessionId) ?? []);
		const session =
			kinds.find(({ lines }) => rublesIn(lines) === minorUnits) ??
			kinds.find(({ lines }) => paidIn(lines) !== undefined) ??
			kinds.at(0);
		if (session) session.claims.push({ sheetRow, by: 'sessionId' });
		else if (oneSpelling(sheet[sheetRow].reference) !== '') left.push(sheetRow);
	}
	const unmatched = claimFree(sheet, left, sessions, (session) => rublesIn(session.lines));
	const rest = claimFree(sheet, unmatched, sessions);
	const byReference = new Map(sessions.map((session) => [session.reference, session]));
	for (const sheetRow of rest) {
		// A session that another row has: this row repeats it, unless it names a session of its own.
		if (sheet[sheetRow].sessionId !== '') continue;
		byReference
			.get(oneSpelling(sheet[sheetRow].reference))
			?.claims.push({ sheetRow, by: 'reference' });
	}
}

/** @returns the rows for which no free session was left */
function claimFree(
	sheet: readonly SheetRow[],
	sheetRows: number[],
	sessions: Session[],
	amountIn?: (session: Session) => number | undefined,
): number[] {
	const keyOf = (reference: string, amount: number | undefined) =>
		JSON.stringify([reference, amountIn && amount]);
	const free = new Map<string, Session[]>();
	for (const session of [...sessions].reverse()) {
		if (session.reference === '' || session.claims.length > 0) continue;
		const key = keyOf(session.reference, amountIn?.(session));
		const others = free.get(key);
		if (others) others.push(session);
		else free.set(key, [session]);
	}
	return sheetRows.filter((sheetRow) => {
		const { reference, minorUnits } = sheet[sheetRow];
		const session = free.get(keyOf(oneSpelling(reference), minorUnits))?.pop();
		session?.claims.push({ sheetRow, by: 'reference' });
		return !session;
	});
}

/** One row of the sheet is compared with the session as a whole; several rows with its payouts one by one. */
function settle({ lines, claims }: Session, sheet: readonly SheetRow[]): Finding[] {
	if (claims.length === 0) return [notInSheet(lines)];
	if (claims.length === 1) return [compare(claims[0], together(lines), sheet)];

	const free = oneByOne(lines);
	const findings: Finding[] = [];
	const unequal = claims.filter((one) => {
		const { minorUnits } = sheet[one.sheetRow];
		const at = free.findIndex((bank) => rublesIn(bank.lines) === minorUnits);
		if (at >= 0) findings.push(compare(one, free.splice(at, 1)[0], sheet));
		return at < 0;
	});
	for (const { sheetRow, by } of unequal) {
		const bank = free.splice(0);
		findings.push(
			bank.length > 0
				? compare({ sheetRow, by }, together(bank.flatMap((one) => one.lines)), sheet)
				: { result: 'duplicateInSheet', sheetRow, matchedBy: by },
		);
	}
	return free.length === 0 ? findings : [...findings, notInSheet(free.flatMap((one) => one.lines))];
}

const notInSheet = (lines: JsonObject[]): Finding => ({
	result: lines.some(isUnclear) ? 'unclear' : 'missingInSheet',
	bank: together(lines),
});

function compare(
	{ sheetRow, by }: Session['claims'][number],
	bank: Operations,
	sheet: readonly SheetRow[],
): Finding {
	const equal = rublesIn(bank.lines) === sheet[sheetRow].minorUnits;
	const result = bank.returned > 0 ? 'returned' : equal ? 'matched' : 'amountDiffers';
	const isClear = !bank.lines.some(isUnclear);
	return { result: isClear ? result : 'unclear', sheetRow, matchedBy: by, bank };
}
