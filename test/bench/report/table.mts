/** One row of the report: a ratio or value of this run, and whether it is within the limit. */
export interface ResultRow {
	metric: string;
	measured: string;
	limit: string;
	/** Undefined if there is no limit or the measurement was skipped. */
	passed?: boolean;
}

const verdict = ({ passed }: ResultRow) =>
	passed === undefined ? '' : passed ? 'PASS' : '**limit missed**';

/** Formats rows as a Markdown table. */
export function toMarkdown(rows: ResultRow[]): string {
	const lines = rows.map(
		(row) => `| ${row.metric} | ${row.measured} | ${row.limit} | ${verdict(row)} |`,
	);
	return ['| metric | measured | limit | |', '|---|---|---|---|', ...lines].join('\n');
}

/** Formats a ratio with two decimals. */
export const ratio = (value: number): string => value.toFixed(2);

/** Formats milliseconds as seconds: `1.5 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** A row that passes if `value` is at least `limit`. */
export const atLeast = (
	metric: string,
	value: number,
	limit: number,
	details: string,
): ResultRow => ({
	metric,
	measured: `${ratio(value)} (${details})`,
	limit: `≥ ${limit}`,
	passed: value >= limit,
});

/** A row that passes if `value` is at most `limit`, both in `unit`. */
export const atMost = (
	metric: string,
	value: number,
	limit: number,
	unit: string,
	details = '',
): ResultRow => ({
	metric,
	measured: `${value.toFixed(value < 10 ? 1 : 0)} ${unit}${details && ` (${details})`}`,
	limit: `≤ ${limit} ${unit}`,
	passed: value <= limit,
});

/** The middle value; the upper one for an even count. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}
