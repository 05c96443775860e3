import Table from 'cli-table3';
import type { Told } from './invariants.mts';
import { roubles } from './sheets.mts';

interface Column {
	head: string;
	width: number;
	right?: boolean;
	cell(one: Told): string;
}

const method: Column = { head: 'Method', width: 18, cell: ({ asked }) => asked.method };

const columns: Column[] = [
	{ head: 'Row', width: 5, right: true, cell: ({ answer }) => answer?.row ?? '?' },
	{ head: 'Reference', width: 11, cell: ({ asked }) => asked.reference },
	{ head: 'Recipient', width: 28, cell: ({ asked }) => asked.recipient },
	method,
	{ head: 'Amount', width: 12, right: true, cell: ({ asked }) => asked.amount },
	{ head: 'Outcome', width: 17, cell: ({ answer }) => answer?.outcome ?? 'missing' },
	{ head: 'Session', width: 11, cell: ({ answer }) => answer?.session ?? '' },
	{ head: "Bank's ledger", width: 32, cell: ledgerLines },
];

/** The words for a row that was not paid. They need room: beside the table if there is some, else below it. */
const words: Column = { head: 'What is wrong, and what to do', width: 50, cell: wrongAndRemedy };

/** One line per recipient: what the workflows say happened, and beside it what the bank's ledger says. */
export function tableOf(told: Told[], width = process.stdout.columns || 200): string {
	let shown = [...columns, words];
	if (widthOf(shown) > width) shown = columns;
	if (widthOf(shown) > width) shown = columns.filter((column) => column !== method);
	const table = new Table({
		head: shown.map(({ head }) => head),
		colWidths: shown.map((column) => column.width),
		colAligns: shown.map(({ right }) => (right ? 'right' : 'left')),
		wordWrap: true,
		// No lines between the rows: the list is long enough.
		chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
		style: { head: process.stdout.isTTY ? ['bold'] : [], border: [] },
	});
	for (const one of told) table.push(shown.map(({ cell }) => cell(one)));
	const below = shown.includes(words) ? [] : told.filter((one) => wrongAndRemedy(one) !== '');
	const lines = below.map(
		(one) => `Row ${one.answer?.row ?? '?'}, ${one.asked.reference}: ${wrongAndRemedy(one)}`,
	);
	return [table.toString(), ...lines].join('\n');
}

const widthOf = (shown: Column[]) => shown.reduce((sum, { width }) => sum + width + 1, 1);

function ledgerLines({ paid }: Told): string {
	if (paid.length === 0) return '–';
	return paid.map((one) => `${roubles(one.amount)} → ${one.destination}`).join('\n');
}

function wrongAndRemedy({ answer }: Told): string {
	return [answer?.problem, answer?.remedy].filter(Boolean).join(' – ');
}
