import type { Answered, Asked } from './sheets.mts';
import { kopecks, roubles } from './sheets.mts';

/** What the invariants need to know of a movement in the bank's ledger. */
export interface Moved {
	kind: string;
	amount: number;
	fingerprint: string;
	/** Masked. */
	destination: string;
	metadata: unknown;
}

/** A recipient with what was asked, what the workflows reported and what really happened. */
export interface Told {
	asked: Asked;
	answer?: Answered;
	paid: Moved[];
}

export const referenceOf = (entry: Moved) =>
	(entry.metadata as { reference?: string } | null | undefined)?.reference;

export function tell(asked: Asked[], answers: Answered[], ledger: Moved[]): Told[] {
	const paid = ledger.filter(({ kind }) => kind === 'payout');
	return asked.map((row) => ({
		asked: row,
		answer: answers.find(({ reference }) => reference === row.reference),
		paid: paid.filter((entry) => referenceOf(entry) === row.reference),
	}));
}

export const reportedSum = (told: Told[]) =>
	told
		.filter(({ answer }) => answer?.outcome === 'succeeded')
		.reduce((sum, { answer }) => sum + (kopecks(answer?.amount ?? '') ?? NaN), 0);

export const movedSum = (ledger: Moved[]) =>
	ledger.reduce(
		(sum, { kind, amount }) => sum + (kind === 'payout' ? amount : kind === 'return' ? -amount : 0),
		0,
	);

/**
 * What must hold after any run, whatever went wrong on the way: the workflows' report and the bank's ledger tell the
 * same story, and nobody got money twice. Answers what does not hold, in words.
 */
export function brokenInvariants(
	told: Told[],
	ledger: Moved[],
	expected: Record<string, string>,
): string[] {
	const broken: string[] = [];
	const [reported, moved] = [reportedSum(told), movedSum(ledger)];
	if (reported !== moved) {
		broken.push(
			`the ledger moved ${roubles(moved)}, the result says ${roubles(reported)} succeeded`,
		);
	}
	const strangers = ledger.filter((entry) =>
		told.every(({ asked }) => asked.reference !== referenceOf(entry)),
	);
	if (strangers.length > 0)
		broken.push(`${strangers.length} movements belong to no row of the sheet`);
	const recipients = ledger
		.filter(({ kind }) => kind === 'payout')
		.map((entry) => entry.fingerprint);
	if (new Set(recipients).size < recipients.length) {
		broken.push('one card, account, phone or wallet got money twice');
	}
	for (const one of told) {
		const { reference } = one.asked;
		for (const text of brokenInRow(one, expected[reference])) broken.push(`${reference}: ${text}`);
	}
	return broken;
}

function brokenInRow({ asked, answer, paid }: Told, expected: string | undefined): string[] {
	if (answer === undefined) return ['is missing from the result'];
	const broken: string[] = [];
	if (expected === undefined)
		broken.push('has no expected outcome in playground/demo/expected.mts');
	else if (answer.outcome !== expected) {
		broken.push(`ended "${answer.outcome}", expected was "${expected}"`);
	}
	const shouldBePaid = answer.outcome === 'succeeded' ? 1 : 0;
	if (paid.length !== shouldBePaid) {
		broken.push(`is reported "${answer.outcome}", the ledger shows ${paid.length} payouts`);
	}
	if (shouldBePaid && paid[0] && paid[0].amount !== kopecks(asked.amount)) {
		broken.push(`asked for ${asked.amount}, the ledger moved ${roubles(paid[0].amount)}`);
	}
	if (answer.outcome === 'rejected') {
		if (answer.session) broken.push('was rejected, yet a session was opened for it');
		for (const part of ['row', 'problem', 'remedy']) {
			if (!answer[part]) broken.push(`was rejected without naming its ${part}`);
		}
	} else if (!answer.session && answer.outcome !== 'notSelfEmployed') {
		broken.push('has no session');
	}
	return broken;
}
