import Table from 'cli-table3';
import type { RecipientReport } from './invariants.mts';
import { formatRubles } from './sheets.mts';

interface Column {
	head: string;
	width: number;
	right?: boolean;
	cell(report: RecipientReport): string;
}

const method: Column = { head: 'Method', width: 18, cell: ({ row }) => row.method };

const columns: Column[] = [
	{ head: 'Reference', width: 11, cell: ({ row }) => row.reference },
	{ head: 'Recipient', width: 28, cell: ({ row }) => row.recipient },
	method,
	{ head: 'Amount', width: 12, right: true, cell: ({ row }) => row.amount },
	{ head: 'Outcome', width: 22, cell: ({ result }) => result?.outcome ?? 'missing' },
	{ head: 'Session', width: 11, cell: ({ result }) => result?.session ?? '' },
	{ head: "Bank's ledger", width: 32, cell: ledgerLines },
];

/** Why a row was not paid. On a narrow terminal this text is printed below the table. */
const problemColumn: Column = {
	head: 'What is wrong, and what to do',
	width: 50,
	cell: problemAndRemedy,
};

/**
 * Formats one line per recipient: the outcome that the workflows reported beside the bank's ledger.
 * @param width terminal width in characters
 */
export function formatTable(
	reports: RecipientReport[],
	width = process.stdout.columns || 200,
): string {
	let shown = [...columns, problemColumn];
	if (totalWidth(shown) > width) shown = columns;
	if (totalWidth(shown) > width) shown = columns.filter((column) => column !== method);
	const table = new Table({
		head: shown.map(({ head }) => head),
		colWidths: shown.map((column) => column.width),
		colAligns: shown.map(({ right }) => (right ? 'right' : 'left')),
		wordWrap: true,
		// No lines between the rows, to keep the table short.
		chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
		style: { head: process.stdout.isTTY ? ['bold'] : [], border: [] },
	});
	for (const report of reports) table.push(shown.map(({ cell }) => cell(report)));
	const below = shown.includes(problemColumn)
		? []
		: reports.filter((report) => problemAndRemedy(report) !== '');
	const lines = below.map((report) => `${report.row.reference}: ${problemAndRemedy(report)}`);
	return [table.toString(), ...lines].join('\n');
}

const totalWidth = (shown: Column[]) => shown.reduce((sum, { width }) => sum + width + 1, 1);

function ledgerLines({ paid }: RecipientReport): string {
	if (paid.length === 0) return '–';
	return paid
		.map(({ amount, destination }) => `${formatRubles(amount)} → ${destination}`)
		.join('\n');
}

function problemAndRemedy({ result }: RecipientReport): string {
	return [result?.problem, result?.remedy].filter(Boolean).join(' – ');
}
