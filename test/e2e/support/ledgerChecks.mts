import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Playground } from '../../../playground/host/playground.mts';
import { outputOf } from '../../../playground/rest/execution.mts';
import type { Execution } from '../../../playground/rest/types.mts';
import type { Sandbox } from '../../../sandbox/sandbox.mts';
import { payroll, SEND_NODE } from './payroll.mts';

const referenceOf = (metadata: unknown) => (metadata as { reference?: string } | null)?.reference;

/** Checks that the ledger has exactly one correct payout per payee. Returns one message per violation. */
export function findLedgerViolations({ ledger }: Sandbox): string[] {
	const moved = ledger.entries.map((entry) => ({
		...entry,
		reference: referenceOf(entry.metadata),
	}));
	const violations = ledger.paidTwice().map((key) => `the key ${key} is paid twice`);
	if (moved.length !== payroll.length) {
		violations.push(`${moved.length} movements for ${payroll.length} payees`);
	}
	for (const { reference, kopecks, fingerprint } of payroll) {
		const own = moved.filter((entry) => entry.reference === reference);
		if (own.length !== 1) violations.push(`${reference} is paid ${own.length} times`);
		for (const entry of own) {
			if (entry.kind !== 'payout') violations.push(`${reference}: ${entry.kind}`);
			if (entry.amount !== kopecks)
				violations.push(`${reference}: ${entry.amount}, not ${kopecks}`);
			if (entry.fingerprint !== fingerprint)
				violations.push(`${reference}: paid to another destination`);
		}
	}
	return violations;
}

/** Compares the output of a finished payroll execution with the bank. Returns one message per mismatch. */
export function findMisreportedOutcomes(execution: Execution, sandbox: Sandbox): string[] {
	const reported = [0, 1].flatMap((output) => outputOf(execution, SEND_NODE, output));
	const mismatches: string[] = [];
	for (const { reference } of payroll) {
		const own = reported.map(factsOf).filter((facts) => facts.reference === reference);
		if (own.length !== 1) mismatches.push(`${reference} is reported ${own.length} times`);
		else mismatches.push(...checkReport(own[0], sandbox).map((text) => `${reference}: ${text}`));
	}
	if (reported.length !== payroll.length) mismatches.push(`${reported.length} rows are reported`);
	return mismatches;
}

interface ReportedFacts {
	reference?: string;
	outcome?: string;
	sessionId?: string;
	amount?: string;
}

/** In an error item the fields are inside `error`. */
const factsOf = (json: Record<string, unknown>) => (json.error ?? json) as ReportedFacts;

function checkReport({ reference, outcome, sessionId }: ReportedFacts, sandbox: Sandbox): string[] {
	const started = sandbox.sessions
		.all()
		.filter(({ payouts }) => payouts.some(({ metadata }) => referenceOf(metadata) === reference));
	const isOwn = started.some(({ id }) => id === sessionId);
	const paid = sandbox.ledger.entries.filter((entry) => entry.sessionId === sessionId);
	switch (outcome) {
		case 'succeeded':
			return paid.length === 1
				? []
				: [`"succeeded", the ledger has ${paid.length} in ${sessionId}`];
		case 'processing':
			return isOwn ? [] : ['"processing", but no payout was started in its session'];
		case 'duplicate':
			if (isOwn) return ['"duplicate", but this execution started it'];
			return started.length === 1 ? [] : [`"duplicate" of ${started.length} payouts`];
		default:
			return [`"${outcome}" is not expected here`];
	}
}

/** References of payees without a succeeded record in the file of the confirming workflow. */
export async function findMissingRecords({ filesFolder }: Playground): Promise<string[]> {
	const columns = ['at', 'reference', 'sessionId', 'outcome', 'amount', 'errorCode'];
	const text = await readFile(join(filesFolder, 'finished.csv'));
	const rows = parse(text, { columns }) as Array<Record<string, string>>;
	const isRecorded = (reference: string, amount: string) =>
		rows.some(
			(row) => row.reference === reference && row.outcome === 'succeeded' && row.amount === amount,
		);
	return payroll
		.filter(({ reference, amount }) => !isRecorded(reference, amount))
		.map(({ reference }) => reference);
}
