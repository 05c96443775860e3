import { textAt, type JsonObject } from '../lib/json';

/** Lines of the report that are compared as one: what was paid, what came back. Each line is in one of these only. */
export interface Operations {
	lines: JsonObject[];
	/** Absent when the report holds only the return of what an earlier report shows as paid. Means nothing across currencies. */
	paid?: number;
	returned: number;
}

export const operationIdOf = (line: JsonObject): string =>
	textAt(line, 'payoutId') ?? textAt(line, 'paymentId') ?? '';
const amountOf = (line: JsonObject): number => Number(line.amountMinorUnits);

/** Types of lines (api/12 §12.6) that pay, and that take back what an earlier line brought. */
const PAYS: ReadonlySet<unknown> = new Set(['Advice', 'Recurrent']);
const TAKES_BACK: ReadonlySet<unknown> = new Set(['Adjustment', 'Chargeback', 'Refund']);
const takesBack = (line: JsonObject): boolean => TAKES_BACK.has(line.type) || amountOf(line) < 0;

/** Neither its type nor its sign says which way the money went. It counts as paid. */
export const isUnclear = (line: JsonObject): boolean => !PAYS.has(line.type) && !takesBack(line);

export const RUBLES = 'RUB';
/** How rubles are written, also by their number and their code of before 1998. */
const RUBLE_CODES: ReadonlySet<string> = new Set([RUBLES, 'RUR', 'РУБ', '₽', '643', '810']);

/** A report without the column is in rubles. */
export function currencyOf(line: JsonObject): string {
	const code = (textAt(line, 'currency') ?? RUBLES).replace(/[\s.]/g, '').toUpperCase();
	return RUBLE_CODES.has(code) ? RUBLES : code;
}

/** The lines of each currency, rubles first. */
export function byCurrency(lines: readonly JsonObject[]): Map<string, JsonObject[]> {
	const currencies = [...new Set(lines.map(currencyOf))].sort(
		(a, b) => Number(b === RUBLES) - Number(a === RUBLES),
	);
	return new Map(
		currencies.map((code) => [code, lines.filter((line) => currencyOf(line) === code)]),
	);
}

/** The lines, each once: a file may have been read twice. */
export function distinct(lines: readonly JsonObject[]): JsonObject[] {
	const seen = new Set<string>();
	return lines.filter((line) => {
		if (operationIdOf(line) === '') return true;
		const { report, type, sessionId, amountMinorUnits, createdAt, finishedAt } = line;
		const identity = JSON.stringify([
			...[report, type, sessionId, operationIdOf(line)],
			...[amountMinorUnits, createdAt, finishedAt],
		]);
		return !seen.has(identity) && seen.add(identity);
	});
}

const sum = (lines: JsonObject[]): number =>
	lines.reduce((total, line) => total + Math.abs(amountOf(line)), 0);

export function paidIn(lines: JsonObject[]): number | undefined {
	const paying = lines.filter((line) => !takesBack(line));
	return paying.length > 0 ? sum(paying) : undefined;
}

/** What an amount in rubles may be compared with. */
export const rublesIn = (lines: JsonObject[]): number | undefined =>
	lines.every((line) => currencyOf(line) === RUBLES) ? paidIn(lines) : undefined;

export const together = (lines: JsonObject[]): Operations => ({
	lines,
	paid: paidIn(lines),
	returned: sum(lines.filter(takesBack)),
});

/** Every payout with what came back of it: by its id, else by the amount, else the first one's. */
export function oneByOne(lines: JsonObject[]): Operations[] {
	const paying = lines.filter((line) => !takesBack(line)).map((line) => [line]);
	if (paying.length === 0) return [together(lines)];
	for (const back of lines.filter(takesBack)) {
		const untouched = paying.filter((one) => one.length === 1);
		const owner =
			paying.find(([line]) => operationIdOf(line) === operationIdOf(back)) ??
			untouched.find(([line]) => amountOf(line) === Math.abs(amountOf(back))) ??
			paying[0];
		owner.push(back);
	}
	return paying.map(together);
}
