import type { Sandbox } from '../../sandbox/sandbox.mts';
import type { RestClient } from '../rest/client.mts';
import { readDataTable } from '../rest/dataTables.mts';
import type { ListRow } from './list.mts';

/** Name of the Data Table of the register. */
export const REGISTER = 'bank131_payout_register';

/** A row of the Data Table that the workflows of `examples/register/` share. */
export interface RegisterRow {
	id: number;
	list: string;
	reference: string;
	round: number;
	sessionId: string;
	amount: string;
	currency: string;
	recipient: string;
	method: string;
	outcome: string;
	final: boolean | number;
	advice: string;
	approvedBy: string;
	sessionUse: 'usable' | 'paidElsewhere' | 'cancelledEmpty';
}

/** Reads the rows of a list from the register. */
export async function readRegister(rest: RestClient, list: string): Promise<RegisterRow[]> {
	const rows = await readDataTable<RegisterRow>(rest, REGISTER);
	return rows.filter((row) => row.list === list);
}

const payoutsOf = ({ ledger }: Sandbox) => ledger.find({ kind: 'payout' });

const referenceOf = ({ metadata }: { metadata?: unknown }) =>
	(metadata as { reference?: string } | null)?.reference ?? '';

/** What the ledger of the sandbox has of a Reference. */
export const ledgerOf = (sandbox: Sandbox, reference: string) =>
	payoutsOf(sandbox).filter((entry) => referenceOf(entry) === reference);

/** Groups by a text; in the order of the list. */
function groupBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of list) {
		const group = groups.get(key(one));
		if (group) group.push(one);
		else groups.set(key(one), [one]);
	}
	return groups;
}

/**
 * The row that is used for a Reference. Other rows have sessions in which nothing was ever started: they say so, or
 * that the bank has refused the start because the payout is in another session.
 */
export function usedRows(rows: readonly RegisterRow[], reference: string): RegisterRow[] {
	const own = rows.filter((row) => row.reference === reference && row.sessionUse === 'usable');
	const started = own.filter(({ outcome }) => outcome !== 'created');
	return started.length > 0 ? started : own.slice(0, 1);
}

/** Compares register, list and the bank's ledger, row by row. Returns one message per disagreement. */
export function findDisagreements(
	sandbox: Sandbox,
	list: readonly ListRow[],
	rows: readonly RegisterRow[],
): string[] {
	const wrong = sandbox.ledger.paidTwice().map((key) => `the key ${key} is paid twice`);
	const ledgerBy = groupBy(payoutsOf(sandbox), referenceOf);
	const rowsBy = groupBy(rows, ({ reference }) => reference);
	for (const { reference, amount, expected } of list) {
		const used = usedRows(rowsBy.get(reference) ?? [], reference);
		const paid = ledgerBy.get(reference) ?? [];
		const [{ outcome, final, sessionId } = {} as RegisterRow] = used;
		const isRight =
			used.length === 1 &&
			outcome === expected &&
			Boolean(final) &&
			paid.length === (expected === 'succeeded' ? 1 : 0) &&
			paid.every((entry) => entry.sessionId === sessionId && entry.amount === kopecksOf(amount));
		if (!isRight) {
			const register = used.map((row) => `${row.outcome} in ${row.sessionId}`).join(', ');
			const ledger = paid.map((entry) => `${entry.amount} in ${entry.sessionId}`).join(', ');
			wrong.push(`${reference}: register ${register || 'nothing'}; ledger ${ledger || 'nothing'}`);
		}
	}
	const references = new Set(list.map(({ reference }) => reference));
	for (const { id, payouts } of sandbox.sessions.all()) {
		const waits = payouts.some(({ status, metadata }) => {
			const { reference = '' } = (metadata ?? {}) as { reference?: string };
			return status === 'pending' && references.has(reference);
		});
		if (waits) wrong.push(`${id} waits for a confirmation`);
	}
	return wrong;
}

const kopecksOf = (rubles: string) => Math.round(Number(rubles) * 100);
