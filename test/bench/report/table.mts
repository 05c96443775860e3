/** One line of the report: a ratio or figure of this run, and whether it keeps the bar. */
export interface Row {
	what: string;
	measured: string;
	bar: string;
	/** Undefined: shown for comparison, or skipped. */
	passed?: boolean;
}

const verdict = ({ passed }: Row) =>
	passed === undefined ? '' : passed ? 'PASS' : '**below bar**';

export function toMarkdown(rows: Row[]): string {
	const lines = rows.map(
		(row) => `| ${row.what} | ${row.measured} | ${row.bar} | ${verdict(row)} |`,
	);
	return ['| what | measured | bar | |', '|---|---|---|---|', ...lines].join('\n');
}

export const ratio = (value: number): string => value.toFixed(2);

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export const atLeast = (what: string, value: number, bar: number, note: string): Row => ({
	what,
	measured: `${ratio(value)} (${note})`,
	bar: `≥ ${bar}`,
	passed: value >= bar,
});

export const atMost = (what: string, value: number, bar: number, unit: string, note = ''): Row => ({
	what,
	measured: `${value.toFixed(value < 10 ? 1 : 0)} ${unit}${note && ` (${note})`}`,
	bar: `≤ ${bar} ${unit}`,
	passed: value <= bar,
});

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}
