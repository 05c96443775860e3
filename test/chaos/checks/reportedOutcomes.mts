// What an execution told about each of its rows: on its branches, or in the text of the error that stopped it.
import type { Answer, OutputItem } from '../processes/enginePool.mts';

export interface Told {
	row: number;
	where: 'output' | 'error output' | 'stop error';
	isError: boolean;
	outcome: string;
	reference?: string;
	sessionId?: string;
	errorCode?: string;
	minorUnits?: number;
	/** Message and advice. */
	text: string;
}

export interface Account {
	told: Told[];
	/** Rows that the stop error counts as not started. */
	notStarted: number;
	/** The rows were refused together, before the first request. */
	nothingSent: boolean;
	/** An error nobody expected. */
	strange?: string;
}

const text = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

export function read(answer: Answer): Account {
	if (answer.error) return readStop(answer.error);
	const told = answer.outputs.flatMap((items, output) =>
		items.map((item) => readItem(item, output === 0 ? 'output' : 'error output')),
	);
	return { told, notStarted: 0, nothingSent: false };
}

function readItem({ json, pairedItem }: OutputItem, where: Told['where']): Told {
	const error = json.error;
	const isError = typeof error === 'object' && error !== null;
	const facts = (isError ? error : json) as Record<string, unknown>;
	const row = (pairedItem as { item?: number } | undefined)?.item ?? Number(pairedItem ?? -1);
	return {
		row,
		where,
		isError,
		outcome: text(facts.outcome) ?? 'nothing',
		reference: text(facts.reference),
		sessionId: text(facts.sessionId),
		errorCode: text(facts.errorCode),
		minorUnits: typeof facts.amountMinorUnits === 'number' ? facts.amountMinorUnits : undefined,
		text: [facts.message, facts.description, facts.advice].filter(Boolean).join(' '),
	};
}

function readStop({ message, description, itemIndex }: NonNullable<Answer['error']>): Account {
	const nothingSent = /nothing was sent/i.test(`${message} ${description}`);
	const lines = description.split('\n');
	const told: Told[] = [];
	for (const line of lines) {
		const listed = /^Row (\d+): (.*)$/.exec(line);
		const found = listed
			? factsIn(listed[2], Number(listed[1]) - 1)
			: factsIn(line, itemIndex ?? -1);
		if (found && !told.some(({ row }) => row === found.row)) told.push(found);
	}
	const first = told.find(({ row }) => row === itemIndex);
	if (first) Object.assign(first, { isError: true, text: `${message} ${lines[0]}` });
	const counted = /^(\d+) rows? (?:was|were) not started\.$/m.exec(description);
	return {
		told,
		notStarted: counted ? Number(counted[1]) : 0,
		nothingSent: nothingSent && told.length === 0,
		strange: told.length === 0 && !nothingSent ? `${message}: ${description}` : undefined,
	};
}

const FACT =
	/(?:^|, )(reference|outcome|sessionId|errorCode) (.*?)(?=, (?:outcome|sessionId|errorCode) |$)/g;

function factsIn(line: string, row: number): Told | undefined {
	const facts = Object.fromEntries([...line.matchAll(FACT)].map(([, key, value]) => [key, value]));
	if (facts.outcome === undefined && facts.sessionId === undefined) return undefined;
	const { outcome = 'nothing', reference, sessionId, errorCode } = facts;
	const where = 'stop error';
	return { row, where, isError: false, outcome, reference, sessionId, errorCode, text: '' };
}
