import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Playground } from '../../../playground/host/playground.mts';
import { outputOf } from '../../../playground/rest/execution.mts';
import type { Execution } from '../../../playground/rest/types.mts';
import type { Sandbox } from '../../../sandbox/sandbox.mts';
import { payroll, SEND } from './payroll.mts';

const referenceOf = (metadata: unknown) => (metadata as { reference?: string } | null)?.reference;

/** What does not hold of the money, in words: everybody gets what he is owed, once, on his own account. */
export function wrongInLedger({ ledger }: Sandbox): string[] {
	const moved = ledger.entries.map((entry) => ({
		...entry,
		reference: referenceOf(entry.metadata),
	}));
	const wrong = ledger.paidTwice().map((key) => `the key ${key} paid twice`);
	if (moved.length !== payroll.length) {
		wrong.push(`${moved.length} movements for ${payroll.length} people`);
	}
	for (const { reference, kopecks, fingerprint } of payroll) {
		const own = moved.filter((entry) => entry.reference === reference);
		if (own.length !== 1) wrong.push(`${reference} is paid ${own.length} times`);
		for (const entry of own) {
			if (entry.kind !== 'payout') wrong.push(`${reference}: ${entry.kind}`);
			if (entry.amount !== kopecks) wrong.push(`${reference}: ${entry.amount}, not ${kopecks}`);
			if (entry.fingerprint !== fingerprint) wrong.push(`${reference}: to somebody else`);
		}
	}
	return wrong;
}

/** What a finished run of the payroll says and the bank does not, in words. */
export function untruths(execution: Execution, sandbox: Sandbox): string[] {
	const said = [0, 1].flatMap((output) => outputOf(execution, SEND, output));
	const untrue: string[] = [];
	for (const { reference } of payroll) {
		const own = said.map(factsOf).filter((facts) => facts.reference === reference);
		if (own.length !== 1) untrue.push(`${reference} is reported ${own.length} times`);
		else untrue.push(...untruth(own[0], sandbox).map((text) => `${reference}: ${text}`));
	}
	if (said.length !== payroll.length) untrue.push(`${said.length} rows are reported`);
	return untrue;
}

interface Facts {
	reference?: string;
	outcome?: string;
	sessionId?: string;
	amount?: string;
}

/** The facts of a failed row are inside `error`. */
const factsOf = (json: Record<string, unknown>) => (json.error ?? json) as Facts;

function untruth({ reference, outcome, sessionId }: Facts, sandbox: Sandbox): string[] {
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
			return isOwn ? [] : ['"processing", but nothing was started in its session'];
		case 'duplicate':
			if (isOwn) return ['"duplicate", but this very run started it'];
			return started.length === 1 ? [] : [`"duplicate" of ${started.length} payouts`];
		default:
			return [`"${outcome}", which nobody expects here`];
	}
}

/** Who is missing in the confirming workflow's own record of what the bank has finished. */
export async function missingInRecord({ filesFolder }: Playground): Promise<string[]> {
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
