import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

/** A row of `examples/recipients.csv`: what the payouts manager asked for. */
export interface Asked {
	reference: string;
	recipient: string;
	method: string;
	amount: string;
	approval: string;
	[detail: string]: string;
}

/** A row of the sheet that the payout workflow writes. */
export interface Answered {
	row: string;
	reference: string;
	outcome: string;
	amount: string;
	session: string;
	problem: string;
	remedy: string;
	[other: string]: string;
}

export async function readSheet<Row>(path: string): Promise<Row[]> {
	return parse(await readFile(path), { columns: true, bom: true, skip_empty_lines: true }) as Row[];
}

/** Kopecks of an amount that the node has already accepted; undefined for what no one could call an amount. */
export function kopecks(amount: string): number | undefined {
	const [, whole, part = ''] =
		/^(\d+)(?:[.,](\d{1,2}))?$/.exec(amount.replace(/[\s\u00a0]/g, '')) ?? [];
	return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

export function roubles(minorUnits: number): string {
	const [whole, part] = (minorUnits / 100).toFixed(2).split('.');
	return `${whole.replace(/\B(?=(\d{3})+$)/g, ' ')}.${part}`;
}
