import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import type { Answered } from './sheets.mts';

/** A line that the second workflow appends for every `payment_finished`. */
interface Finished {
	time: string;
	reference: string;
	session: string;
	outcome: string;
	amount: string;
	errorCode: string;
}

const columns: Array<keyof Finished> = [
	'time',
	'reference',
	'session',
	'outcome',
	'amount',
	'errorCode',
];

export async function readFinished(path: string): Promise<Finished[]> {
	if (!existsSync(path)) return [];
	return parse(await readFile(path), { columns, relax_column_count: true }) as Finished[];
}

/** Waits until the second workflow has recorded an end for each of these references. */
export async function recorded(
	path: string,
	references: string[],
	withinMs: number,
): Promise<Finished[]> {
	for (const started = Date.now(); ; await sleep(200)) {
		const lines = await readFinished(path);
		const missing = references.filter((one) => !lines.some(({ reference }) => reference === one));
		if (missing.length === 0) return lines;
		if (Date.now() - started > withinMs) {
			throw new Error(`nothing was recorded for ${missing.join(', ')} within ${withinMs / 1000} s`);
		}
	}
}

/** The payout workflow could only say "awaiting confirmation"; what happened then stands in the other file. */
export function withApprovals(answers: Answered[], finished: Finished[]): Answered[] {
	return answers.map((answer) => {
		if (!['awaitingConfirmation', 'processing'].includes(answer.outcome)) return answer;
		const end = finished.findLast(({ session }) => session === answer.session);
		if (end === undefined) return answer;
		const { outcome, errorCode } = end;
		return { ...answer, outcome, problem: errorCode, remedy: '' };
	});
}
