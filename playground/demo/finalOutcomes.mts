import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { HANG_MS } from '../lib/hang.mts';
import type { ResultRow } from './sheets.mts';

/** A line that the confirming workflow appends to its file for every `payment_finished` event. */
interface FinishedPayout {
	time: string;
	reference: string;
	session: string;
	outcome: string;
	amount: string;
	errorCode: string;
}

const columns: Array<keyof FinishedPayout> = [
	'time',
	'reference',
	'session',
	'outcome',
	'amount',
	'errorCode',
];

/** Reads the file of the confirming workflow; empty if it does not exist. */
export async function readFinished(path: string): Promise<FinishedPayout[]> {
	if (!existsSync(path)) return [];
	return parse(await readFile(path), { columns, relax_column_count: true }) as FinishedPayout[];
}

/**
 * Polls until the confirming workflow has recorded a final outcome for each reference.
 * @throws after `HANG_MS`, with the missing references
 */
export async function waitForRecords(
	path: string,
	references: string[],
): Promise<FinishedPayout[]> {
	for (const started = Date.now(); ; await sleep(200)) {
		const lines = await readFinished(path);
		const recorded = new Set(lines.map(({ reference }) => reference));
		const missing = references.filter((reference) => !recorded.has(reference));
		if (missing.length === 0) return lines;
		if (Date.now() - started > HANG_MS) {
			throw new Error(
				`nothing was recorded for ${missing.join(', ')} within ${HANG_MS / 1000} s`,
			);
		}
	}
}

/** Replaces non-final outcomes of the payout workflow by the final ones that the confirming workflow recorded. */
export function applyFinalOutcomes(results: ResultRow[], finished: FinishedPayout[]): ResultRow[] {
	return results.map((result) => {
		if (!['awaitingConfirmation', 'processing'].includes(result.outcome)) return result;
		const finalOutcome = finished.findLast(({ session }) => session === result.session);
		if (finalOutcome === undefined) return result;
		const { outcome, errorCode } = finalOutcome;
		return { ...result, outcome, problem: errorCode, remedy: '' };
	});
}
