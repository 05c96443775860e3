import { readFile, writeFile } from 'node:fs/promises';

/** One row of a list that is paid through the register. */
export interface ListRow {
	reference: string;
	/** Rubles with two decimals. */
	amount: string;
	/** What the sandbox bank does with it. */
	expected: 'succeeded' | 'failed';
}

/** An account of this number with the right check digit for the BIK 044525974. */
function accountOf(number: string): string {
	const isRight = (account: string) =>
		[...`974${account}`].reduce((sum, digit, at) => sum + ((+digit * [7, 1, 3][at % 3]) % 10), 0) %
			10 ===
		0;
	const all = Array.from({ length: 10 }, (_, key) => `40817810${key}000000${number}`);
	return all.find(isRight)!;
}

/** Invents the rows of a list. Every 14th is declined by the sandbox after its confirmation. */
export function inventRows(list: string, count: number): ListRow[] {
	return Array.from({ length: count }, (_, index) => {
		const isDeclined = index % 14 === 13;
		return {
			reference: `${list}-${String(index + 1).padStart(5, '0')}`,
			amount: `${1000 + index}.${isDeclined ? '04' : '50'}`,
			expected: isDeclined ? 'failed' : 'succeeded',
		};
	});
}

/** Adds a column to a list that `writeList` has written. */
export async function appendColumn(
	file: string,
	name: string,
	values: readonly string[],
): Promise<void> {
	const lines = (await readFile(file, 'utf8')).split('\n');
	const cells = [name, ...values];
	await writeFile(file, lines.map((line, index) => `${line},${cells[index]}`).join('\n'));
}

/** Writes rows as a CSV file that Payout: Read List reads. Every row has an account of its own. */
export async function writeList(file: string, rows: readonly ListRow[]): Promise<void> {
	const lines = rows.map(({ reference, amount }, index) => {
		const account = accountOf(String(index + 1).padStart(5, '0'));
		return `${reference},${amount},Иванов Иван Иванович,${account},044525974,Выплата по договору`;
	});
	await writeFile(
		file,
		['reference,amount,recipientName,account,bik,purpose', ...lines].join('\n'),
	);
}
