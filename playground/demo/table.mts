import Table from 'cli-table3';
import type { Told } from './invariants.mts';
import { roubles } from './rows.mts';

/** One line per recipient: what the workflows say happened, and beside it what the bank's ledger says. */
export function printTable(told: Told[]): void {
	const width = Math.min(process.stdout.columns || 190, 220);
	const heads = ['Row', 'Reference', 'Recipient', 'Method', 'Amount', 'Outcome', 'Session'];
	const fixed = [5, 10, 28, 18, 12, 17, 11, 32];
	const remedyWidth = Math.max(24, width - fixed.reduce((sum, one) => sum + one + 1, 1));
	const table = new Table({
		head: [...heads, "Bank's ledger", 'What is wrong, and what to do'],
		colWidths: [...fixed, remedyWidth],
		colAligns: ['right', 'left', 'left', 'left', 'right'],
		wordWrap: true,
		// No lines between the rows: the list is long enough.
		chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
		style: { head: process.stdout.isTTY ? ['bold'] : [], border: [] },
	});
	for (const { asked, answer, paid } of told) {
		table.push([
			answer?.row ?? '?',
			asked.reference,
			asked.recipient,
			asked.method,
			asked.amount,
			answer?.outcome ?? 'missing',
			answer?.session ?? '',
			paid.map((one) => `${roubles(one.amount)} → ${one.destination}`).join('\n') || '–',
			[answer?.problem, answer?.remedy].filter(Boolean).join(' – '),
		]);
	}
	console.log(table.toString());
}
