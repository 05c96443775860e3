import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

/** A row of `examples/recipients.csv`, the input of the payout workflow. */
export interface RecipientRow {
	reference: string;
	recipient: string;
	method: string;
	amount: string;
	approval: string;
	[detail: string]: string;
}

/** A row of `result.csv`, which the payout workflow writes. */
export interface ResultRow {
	/** Line of the list. Only of rows that cannot be paid. */
	line: string;
	reference: string;
	outcome: string;
	amount: string;
	session: string;
	problem: string;
	remedy: string;
	[other: string]: string;
}

/** Reads a CSV file with a header line. */
export async function readSheet<Row>(path: string): Promise<Row[]> {
	return parse(await readFile(path), { columns: true, bom: true, skip_empty_lines: true }) as Row[];
}

/** Parses an amount in rubles that the node has accepted, into kopecks. Undefined if it is not an amount. */
export function parseKopecks(amount: string): number | undefined {
	const [, whole, part = ''] =
		/^(\d+)(?:[.,](\d{1,2}))?$/.exec(amount.replace(/[\s\u00a0]/g, '')) ?? [];
	return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Formats kopecks as rubles with grouped thousands: `637 291.25`. */
export function formatRubles(minorUnits: number): string {
	const [whole, part] = (minorUnits / 100).toFixed(2).split('.');
	return `${whole.replace(/\B(?=(\d{3})+$)/g, ' ')}.${part}`;
}
