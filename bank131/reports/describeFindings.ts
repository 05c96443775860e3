import { compact, textAt, type JsonObject } from '../lib/json';
import { formatAmount } from '../values/money';
import type { Finding, Reconciliation, Result, SheetRow } from './reconcile';
import {
	byCurrency,
	currencyOf,
	isUnclear,
	operationIdOf,
	RUBLES,
	together,
	type Operations,
} from './lines';

/** The item for a finding: what to do first, then both sides. */
export function describeFinding(finding: Finding, sheet: readonly SheetRow[]): JsonObject {
	const { result, matchedBy, bank } = finding;
	const own = finding.sheetRow === undefined ? undefined : sheet[finding.sheetRow];
	const ids = bank && [...new Set(bank.lines.map(operationIdOf))].filter((id) => id !== '');
	const idName = bank?.lines[0].report === 'payment' ? 'paymentId' : 'payoutId';
	const currencies = bank ? [...byCurrency(bank.lines).keys()] : [];
	const oneCurrency = currencies.length > 1 ? undefined : bank;
	const [paid, expected] = [oneCurrency?.paid, own?.minorUnits];
	const comparable = paid !== undefined && expected !== undefined && currencies[0] === RUBLES;
	const difference = comparable ? paid - expected : undefined;
	return compact({
		result,
		matchedBy,
		reference: own?.reference || textOf(bank, 'reference'),
		sessionId: textOf(bank, 'sessionId') ?? (own?.sessionId || undefined),
		[idName]: ids?.join(', '),
		...amountFields('sheetAmount', expected),
		...amountFields('bankAmount', paid),
		...amountFields('difference', difference),
		...amountFields('returnedAmount', oneCurrency?.returned || undefined),
		currency: bank && currencies.join(', '),
		finishedAt: textOf(bank, 'finishedAt'),
		advice: adviceFor(finding, own, difference),
	});
}

const textOf = (bank: Operations | undefined, key: string): string | undefined =>
	bank?.lines.map((line) => textAt(line, key)).find((text) => text !== undefined);

const amountFields = (name: string, minorUnits: number | undefined): JsonObject =>
	minorUnits === undefined
		? {}
		: { [name]: formatAmount(minorUnits, 'rub'), [`${name}MinorUnits`]: minorUnits };

function adviceFor(
	{ result, bank }: Finding,
	own: SheetRow | undefined,
	difference: number | undefined,
): string | undefined {
	switch (result) {
		case 'matched': {
			const paidIn = textOf(bank, 'sessionId');
			return own?.sessionId && paidIn !== own.sessionId
				? `Matched by reference: the sheet names session ${own.sessionId}. Correct the session ID.`
				: undefined;
		}
		case 'amountDiffers':
			if (bank && !isInRubles(bank)) return otherCurrency(bank);
			return (difference ?? 0) > 0
				? 'The bank moved more than the sheet says. Check whether it was paid twice, or the amount of this row.'
				: 'The bank moved less than the sheet says. Check the amount of this row.';
		case 'returned':
			return bank?.lines[0].report === 'payment'
				? 'Given back to the payer, in whole or in part.'
				: "The recipient's bank sent the money back. Check the recipient's details; to pay again, use a new Reference.";
		case 'unclear':
			return unclear(bank?.lines.find(isUnclear));
		case 'duplicateInSheet':
			return 'Another row of the sheet already stands for what the bank paid. Remove one of them.';
		case 'missingAtBank':
			return 'Not in this report, which holds finished operations only. Look it up with Session: Get, or in the report of a later day. Do not pay again before that.';
		case 'missingInSheet':
			return bank?.paid === undefined
				? 'Sent back now; the payment itself is in an earlier report.'
				: 'The bank moved this money and the sheet does not have it. Find out who started it.';
	}
}

const isInRubles = ({ lines }: Operations): boolean =>
	lines.every((line) => currencyOf(line) === RUBLES);

function otherCurrency({ lines }: Operations): string {
	const currencies = [...byCurrency(lines).keys()].join(' and ');
	return `The report is in ${currencies}, the sheet in rubles: they can't be compared. Check this row by hand.`;
}

function unclear(line: JsonObject | undefined): string {
	const type = textAt(line, 'type');
	return type === undefined
		? "The report does not say the type of this operation (typeOfPayment), so a return can't be told from a payout. Read the file with all columns; if the bank calls that one otherwise, rename it."
		: `The report calls this operation "${type.slice(0, 40)}", which this node does not know. It is counted as paid: look whether it was, or ask the bank's support.`;
}

/** Without a verb, so that they fit one row as well as many. */
const WORDS: ReadonlyArray<readonly [Result, string]> = [
	['matched', 'matched'],
	['amountDiffers', 'with another amount'],
	['returned', 'returned'],
	['unclear', 'unclear'],
	['duplicateInSheet', 'twice in the sheet'],
	['missingAtBank', 'missing at the bank'],
	['missingInSheet', 'missing in the sheet'],
];

/** All findings in one sentence: how many of each, and both sums. */
export function summariseFindings(
	{ findings, repeatedLines }: Reconciliation,
	sheet: readonly SheetRow[],
): { message: string; clean: boolean } {
	const counts = WORDS.flatMap(([result, words]) => {
		const count = findings.filter((finding) => finding.result === result).length;
		return count > 0 ? [`${count} ${words}`] : [];
	});
	const inSheet = total(sheet.map(({ minorUnits }) => minorUnits ?? 0));
	const repeated =
		repeatedLines > 0 ? ` ${repeatedLines} lines stand twice in the report and count once.` : '';
	return {
		message: `${counts.join(', ') || 'Nothing to compare'}. In the sheet ${inSheet}, ${sumsAtBank(findings)}.${repeated}`,
		clean: findings.every(({ result }) => result === 'matched') && repeatedLines === 0,
	};
}

/** In rubles always, then in every other currency that the report holds. */
function sumsAtBank(findings: Finding[]): string {
	const lines = findings.flatMap(({ bank }) => bank?.lines ?? []);
	const sums = [...new Map([[RUBLES, []], ...byCurrency(lines)])].map(([currency, own]) => {
		const { paid = 0, returned } = together(own);
		return `at the bank ${total([paid])}, returned ${total([returned])} ${currency}`;
	});
	return sums.join('; ');
}

const total = (amounts: number[]): string =>
	formatAmount(
		amounts.reduce((sum, amount) => sum + amount, 0),
		'rub',
	);
