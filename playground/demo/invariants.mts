import { formatRubles, parseKopecks, type RecipientRow, type ResultRow } from './sheets.mts';

/** The fields of a ledger entry that the invariants use. */
export interface LedgerMovement {
	kind: string;
	/** Minor units. */
	amount: number;
	fingerprint: string;
	/** Masked account, card or phone number. */
	destination: string;
	metadata: unknown;
}

/** A recipient's row, the outcome that the workflows reported, and the payouts in the bank's ledger. */
export interface RecipientReport {
	row: RecipientRow;
	result?: ResultRow;
	paid: LedgerMovement[];
}

/** Reference in the metadata of a ledger entry. */
export const referenceOf = (entry: LedgerMovement) =>
	(entry.metadata as { reference?: string } | null | undefined)?.reference;

/** Joins rows, results and ledger entries by reference. */
export function buildReports(
	rows: RecipientRow[],
	results: ResultRow[],
	ledger: LedgerMovement[],
): RecipientReport[] {
	const paid = ledger.filter(({ kind }) => kind === 'payout');
	return rows.map((row) => ({
		row,
		result: results.find(({ reference }) => reference === row.reference),
		paid: paid.filter((entry) => referenceOf(entry) === row.reference),
	}));
}

/** Sum of the amounts reported as succeeded, minor units; NaN if an amount cannot be parsed. */
export const sumReported = (reports: RecipientReport[]) =>
	reports
		.filter(({ result }) => result?.outcome === 'succeeded')
		.reduce((sum, { result }) => sum + (parseKopecks(result?.amount ?? '') ?? NaN), 0);

/** Payouts minus returns in the ledger, minor units. */
export const sumMoved = (ledger: LedgerMovement[]) =>
	ledger.reduce(
		(sum, { kind, amount }) => sum + (kind === 'payout' ? amount : kind === 'return' ? -amount : 0),
		0,
	);

/**
 * Checks what must hold after any run, whatever faults occurred: the workflows' report and the bank's ledger agree,
 * and no recipient was paid twice. Returns one message per violation.
 * @param expected expected outcome by reference
 */
export function findViolations(
	reports: RecipientReport[],
	ledger: LedgerMovement[],
	expected: Record<string, string>,
): string[] {
	const violations: string[] = [];
	const [reported, moved] = [sumReported(reports), sumMoved(ledger)];
	if (reported !== moved) {
		violations.push(
			`the ledger moved ${formatRubles(moved)}, the result reports ${formatRubles(reported)} as succeeded`,
		);
	}
	const unknownMovements = ledger.filter((entry) =>
		reports.every(({ row }) => row.reference !== referenceOf(entry)),
	);
	if (unknownMovements.length > 0)
		violations.push(`${unknownMovements.length} movements belong to no row of the sheet`);
	const recipients = ledger
		.filter(({ kind }) => kind === 'payout')
		.map((entry) => entry.fingerprint);
	if (new Set(recipients).size < recipients.length) {
		violations.push('one card, account, phone or wallet was paid twice');
	}
	for (const report of reports) {
		const { reference } = report.row;
		for (const text of findRowViolations(report, expected[reference]))
			violations.push(`${reference}: ${text}`);
	}
	return violations;
}

function findRowViolations(
	{ row, result, paid }: RecipientReport,
	expected: string | undefined,
): string[] {
	if (result === undefined) return ['is missing from the result'];
	const violations: string[] = [];
	if (expected === undefined)
		violations.push('has no expected outcome in playground/demo/expectedOutcomes.mts');
	else if (result.outcome !== expected) {
		violations.push(`ended "${result.outcome}", expected was "${expected}"`);
	}
	const shouldBePaid = result.outcome === 'succeeded' ? 1 : 0;
	if (paid.length !== shouldBePaid) {
		violations.push(`is reported "${result.outcome}", the ledger shows ${paid.length} payouts`);
	}
	if (shouldBePaid && paid[0] && paid[0].amount !== parseKopecks(row.amount)) {
		violations.push(`the row has ${row.amount}, the ledger moved ${formatRubles(paid[0].amount)}`);
	}
	if (result.outcome === 'rejected') {
		if (result.session) violations.push('was rejected, but a session was created for it');
		for (const part of ['line', 'problem', 'remedy']) {
			if (!result[part]) violations.push(`was rejected without its ${part}`);
		}
	} else if (!result.session && result.outcome !== 'notSelfEmployed') {
		violations.push('has no session');
	}
	return violations;
}
