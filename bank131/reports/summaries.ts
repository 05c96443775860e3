import type { JsonObject } from '../lib/json';
import { groupByCurrency, RUBLES, toOperationGroup } from './lines';
import type { Reconciliation } from './reconcile';
import type { FindingResult, SheetRow } from './rowComparison';

/** How many operations a report has, and their amounts. */
export interface ReportSummary {
	operations: number;
	/** Rubles first. */
	currencies: Array<{ currency: string; types: TypeSummary[] }>;
}

/** The operations of one type in one currency. */
export interface TypeSummary {
	/** The bank's word for the operation; absent when the line has none. */
	type?: string;
	count: number;
	/** Sum of the signed amounts. */
	minorUnits: number;
}

/** Counts and adds up the rows that a line reader returned, by currency and type. */
export function summariseReport(rows: JsonObject[]): ReportSummary {
	const currencies = [...groupByCurrency(rows)].map(([currency, lines]) => ({
		currency,
		types: summariseTypes(lines),
	}));
	return { operations: rows.length, currencies };
}

function summariseTypes(lines: JsonObject[]): TypeSummary[] {
	const summaries = new Map<string | undefined, TypeSummary>();
	for (const line of lines) {
		const type = typeof line.type === 'string' ? line.type : undefined;
		const summary = summaries.get(type) ?? { type, count: 0, minorUnits: 0 };
		summary.count++;
		summary.minorUnits += Number(line.amountMinorUnits);
		summaries.set(type, summary);
	}
	return [...summaries.values()];
}

/** How many findings there are of each result, and the sums of both sides. */
export interface FindingsSummary {
	/** Results with at least one finding, in a fixed order. */
	counts: Array<{ result: FindingResult; count: number }>;
	/** Kopecks. */
	sheetMinorUnits: number;
	/** Rubles always, then every other currency of the report. Amounts in minor units. */
	bankTotals: Array<{ currency: string; paid: number; returned: number }>;
	repeatedLines: number;
	/** Every row matched and no line was repeated. */
	isClean: boolean;
}

const RESULT_ORDER: Readonly<Record<FindingResult, number>> = {
	matched: 1,
	amountDiffers: 2,
	referenceDiffers: 3,
	returned: 4,
	unclear: 5,
	duplicateInSheet: 6,
	missingAtBank: 7,
	missingInSheet: 8,
};

/**
 * Counts and adds up the findings. `sheet` is the list that was reconciled. The amounts of all its rows are added up,
 * also of rows without a finding.
 */
export function summariseFindings(
	{ findings, repeatedLines }: Reconciliation,
	sheet: readonly SheetRow[],
): FindingsSummary {
	const counts = new Map<FindingResult, number>();
	for (const { result } of findings) counts.set(result, (counts.get(result) ?? 0) + 1);
	const lines = findings.flatMap(({ operations }) => operations?.lines ?? []);
	const byCurrency = new Map<string, JsonObject[]>([[RUBLES, []], ...groupByCurrency(lines)]);
	return {
		counts: [...counts]
			.map(([result, count]) => ({ result, count }))
			.sort((a, b) => RESULT_ORDER[a.result] - RESULT_ORDER[b.result]),
		sheetMinorUnits: sheet.reduce((sum, { minorUnits = 0 }) => sum + minorUnits, 0),
		bankTotals: [...byCurrency].map(([currency, currencyLines]) => {
			const { paid = 0, returned } = toOperationGroup(currencyLines);
			return { currency, paid, returned };
		}),
		repeatedLines,
		isClean: findings.every(({ result }) => result === 'matched') && repeatedLines === 0,
	};
}
