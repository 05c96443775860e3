import type { FindingAdvice } from '../../bank131/reports/describeFindings.ts';
import type { ReportProblem } from '../../bank131/reports/problems.ts';
import { parseAmount } from '../../bank131/values/money.ts';
import { findingAdviceText } from '../../nodes/Bank131/operations/report/findingTexts.ts';
import { reportProblemTexts } from '../../nodes/Bank131/operations/report/reportProblemTexts.ts';
import {
	findingsSummaryText,
	reportSummaryText,
} from '../../nodes/Bank131/operations/report/summaryTexts.ts';
import { problemText } from '../../nodes/shared/messages/problemText.ts';

const REQUIRED_COLUMNS =
	'Check the file and its delimiter: a payout report has paymentSessionId, operationId, paymentLocalAmount; a payment report has paymentSessionId, ID, Amount.';

function amountProblem(text: string) {
	const amount = parseAmount(text, 'major', 'rub');
	if (amount.ok) throw new Error(`${text} is an amount`);
	return amount.problem;
}

/** Every code with its sentences, so that a new code without a case does not compile. */
type ProblemCases = {
	[C in ReportProblem['code']]: Array<
		[problem: Extract<ReportProblem, { code: C }>, message: string, remedy: string]
	>;
};

const problemCases: ProblemCases = {
	'columns.unknown': [
		[
			{ code: 'columns.unknown', columns: ['name', 'amount'], hasMore: false },
			'This is no report of Bank 131. Columns found: "name", "amount"',
			REQUIRED_COLUMNS,
		],
		[
			{ code: 'columns.unknown', columns: ['name', 'amount'], hasMore: true },
			'This is no report of Bank 131. Columns found: "name", "amount", …',
			REQUIRED_COLUMNS,
		],
	],
	'columns.missing': [
		[
			{
				code: 'columns.missing',
				kind: 'payment',
				missing: ['ID', 'Amount'],
				columns: ['operationId', 'contract'],
				hasMore: false,
			},
			'This is not a payment report: it has no column ID, Amount. Columns found: "operationId", "contract"',
			REQUIRED_COLUMNS,
		],
	],
	'columns.duplicate': [
		[
			{ code: 'columns.duplicate', column: 'ID' },
			'The column "ID" appears twice',
			'Remove the one that is not from the bank.',
		],
	],
	'line.wrongCellCount': [
		[
			{ code: 'line.wrongCellCount', cells: 2, expected: 3 },
			'It has 2 cells, the header has 3',
			'The file may be cut off, or a cell holds the delimiter without being quoted. Ask for the file again, or put that line right.',
		],
		[
			{ code: 'line.wrongCellCount', cells: 1, expected: 3 },
			'It has 1 cell, the header has 3',
			'The file may be cut off, or a cell holds the delimiter without being quoted. Ask for the file again, or put that line right.',
		],
	],
	'cell.empty': [
		[
			{ code: 'cell.empty', column: 'operationId' },
			'operationId: It is empty',
			'Take the line as the bank sent it.',
		],
	],
	'cell.notDate': [
		[
			{ code: 'cell.notDate', column: 'finishedAt' },
			'finishedAt: It is not a date and time',
			'It has to look like 2026-05-01 13:17:56 or 01.05.2026 13:17:56.',
		],
	],
	'cell.amount': [
		[
			{ code: 'cell.amount', column: 'Amount', problem: amountProblem('1,500') },
			'Amount: The amount "1,500" can be read two ways: as 1500 or as 1.500',
			'Write 1500 or 1.50, without a thousands separator.',
		],
	],
};

describe('a problem of a report reads', () => {
	test.each(
		Object.values(problemCases).flatMap((cases: Array<[ReportProblem, string, string]>) =>
			cases.map(([problem, message, remedy]) => ({ problem, message, remedy })),
		),
	)('$message', ({ problem, message, remedy }) => {
		expect(problemText(reportProblemTexts, problem)).toEqual({ message, remedy });
	});
});

/** Every code with its sentence, so that a new code without a case does not compile. */
type AdviceCases = {
	[C in FindingAdvice['code']]: [advice: Extract<FindingAdvice, { code: C }>, text: string];
};

const adviceCases: AdviceCases = {
	matchedByReference: [
		{ code: 'matchedByReference', sheetSessionId: 'ps_old' },
		'Matched by reference: the sheet names session ps_old. Correct the session ID.',
	],
	otherCurrency: [
		{ code: 'otherCurrency', currencies: ['RUB', 'USD'] },
		"The report is in RUB and USD, the sheet in rubles: they can't be compared. Check this row by hand.",
	],
	bankPaidMore: [
		{ code: 'bankPaidMore' },
		'The bank moved more than the sheet says. Check whether it was paid twice, or the amount of this row.',
	],
	bankPaidLess: [
		{ code: 'bankPaidLess' },
		'The bank moved less than the sheet says. Check the amount of this row.',
	],
	otherReference: [
		{ code: 'otherReference' },
		'The session and the amount are the same, but the report shows another reference ("bankReference"). Check which payment this row means.',
	],
	returnedToPayer: [{ code: 'returnedToPayer' }, 'Given back to the payer, in whole or in part.'],
	returnedByRecipientBank: [
		{ code: 'returnedByRecipientBank' },
		'The money came back. Check the details; to pay again, use a new Reference.',
	],
	typeMissing: [
		{ code: 'typeMissing' },
		"The report does not say the type of this operation (typeOfPayment), so a return can't be distinguished from a payout. Read the file with all columns; if the bank uses another name for that column, rename it.",
	],
	typeUnknown: [
		{ code: 'typeUnknown', type: 'Reversal' },
		'The report calls this operation "Reversal", which this node does not know. It is counted as paid: check whether it was, or ask the bank\'s support.',
	],
	duplicateRow: [
		{ code: 'duplicateRow' },
		'Another row of the sheet already matches what the bank paid. Remove one of them.',
	],
	notInReport: [
		{ code: 'notInReport' },
		'Not in this report, which holds finished operations only. Look it up with Session: Get, or in the report of a later day. Do not pay again before that.',
	],
	paidInEarlierReport: [
		{ code: 'paidInEarlierReport' },
		'Sent back now; the payment itself is in an earlier report.',
	],
	notInSheet: [
		{ code: 'notInSheet' },
		'The bank moved this money and the sheet does not have it. Find out who started it.',
	],
};

test.each(
	Object.values(adviceCases).map(([advice, text]) => ({ code: advice.code, advice, text })),
)('the advice $code reads: $text', ({ advice, text }) =>
	expect(findingAdviceText(advice)).toBe(text),
);

describe('the summary of Report: Read', () => {
	const rubles = {
		currency: 'RUB',
		types: [
			{ type: 'Advice', count: 1, minorUnits: 150050 },
			{ type: 'Refund', count: 1, minorUnits: 100 },
		],
	};
	const dollars = { currency: 'USD', types: [{ type: 'Advice', count: 1, minorUnits: 10000 }] };
	const untyped = { currency: 'RUB', types: [{ count: 1, minorUnits: -500 }] };

	test.each([
		[
			'two currencies',
			{ operations: 3, currencies: [rubles, dollars] },
			0,
			'3 operations: 1 Advice 1500.50, 1 Refund 1.00 RUB; 1 Advice 100.00 USD.',
		],
		[
			'one currency',
			{ operations: 2, currencies: [rubles] },
			0,
			'2 operations: 1 Advice 1500.50, 1 Refund 1.00 RUB.',
		],
		[
			'one operation without a type',
			{ operations: 1, currencies: [untyped] },
			0,
			'1 operation: 1 other -5.00 RUB.',
		],
		[
			'one operation and one error',
			{ operations: 1, currencies: [dollars] },
			1,
			'1 operation: 1 Advice 100.00 USD. 1 error: not all was read.',
		],
		['one error alone', { operations: 0, currencies: [] }, 1, '1 error: nothing was read.'],
		['two errors alone', { operations: 0, currencies: [] }, 2, '2 errors: nothing was read.'],
		[
			'an empty report',
			{ operations: 0, currencies: [] },
			0,
			'The report is empty: there were no operations.',
		],
	])('of %s', (_name, summary, errors, text) => {
		expect(reportSummaryText(summary, errors)).toBe(text);
	});
});

describe('the summary of Report: Reconcile', () => {
	const empty = {
		counts: [],
		sheetMinorUnits: 0,
		bankTotals: [{ currency: 'RUB', paid: 0, returned: 0 }],
		repeatedLines: 0,
		isClean: true,
	};

	test('of two empty lists', () => {
		expect(findingsSummaryText(empty)).toBe(
			'Nothing to compare. In the sheet 0.00, at the bank 0.00, returned 0.00 RUB.',
		);
	});

	test('of one finding of each result', () => {
		const counts = (
			[
				'matched',
				'amountDiffers',
				'referenceDiffers',
				'returned',
				'unclear',
				'duplicateInSheet',
				'missingAtBank',
				'missingInSheet',
			] as const
		).map((result) => ({ result, count: 1 }));
		const bank = [{ currency: 'RUB', paid: 10000, returned: 700 }];
		expect(
			findingsSummaryText({ ...empty, counts, sheetMinorUnits: 10005, bankTotals: bank }),
		).toBe(
			'1 matched, 1 with another amount, 1 with another reference, 1 returned, 1 unclear, 1 twice in the sheet, 1 missing at the bank, 1 missing in the sheet. In the sheet 100.05, at the bank 100.00, returned 7.00 RUB.',
		);
	});

	test('of two currencies', () => {
		const bank = [
			{ currency: 'RUB', paid: 700, returned: 0 },
			{ currency: 'USD', paid: 10000, returned: 100 },
		];
		const counts = [{ result: 'matched', count: 2 } as const];
		expect(
			findingsSummaryText({ ...empty, counts, sheetMinorUnits: 10700, bankTotals: bank }),
		).toBe(
			'2 matched. In the sheet 107.00, at the bank 7.00, returned 0.00 RUB; at the bank 100.00, returned 1.00 USD.',
		);
	});

	test.each([
		[1, '1 line appears twice in the report and counts once.'],
		[3, '3 lines appear twice in the report and count once.'],
	])('of a report with a number of repeated lines: %d', (repeatedLines, text) => {
		expect(findingsSummaryText({ ...empty, repeatedLines })).toBe(
			`Nothing to compare. In the sheet 0.00, at the bank 0.00, returned 0.00 RUB. ${text}`,
		);
	});
});
