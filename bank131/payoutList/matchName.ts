import type { CurrencyCode } from '../values/currencies';
import { amountUnits, columnNames, namelessNotes, vagueNames } from './columnNames';
import type { ListColumn } from './fields';
import { foldedNames, foldName } from './foldName';

/** What the name of a column says. `rank`: 0 for a clear name, 1 and more for vaguer ones. */
export interface NameMatch {
	column: ListColumn;
	rank: number;
	unit?: 'major' | 'minor' | 'unsupported';
	currency?: CurrencyCode;
}

/** Where a note in a header begins. */
export const NOTE_START = /[([{,;:*]/;

/** The number of a note such as `20 digits`. */
const LEADING_NUMBER = /^\d{1,2}/;

let matchesByName: Map<string, NameMatch> | undefined;

function nameMatches(): Map<string, NameMatch> {
	if (matchesByName) return matchesByName;
	const names = new Map<string, NameMatch>();
	const add = (list: string, match: NameMatch) => {
		for (const name of foldedNames(list)) names.set(name, match);
	};
	for (const [column, list] of Object.entries(columnNames) as Array<[ListColumn, string]>) {
		add(list, { column, rank: 0 });
		vagueNames[column]?.forEach((vague, index) => add(vague, { column, rank: index + 1 }));
	}
	for (const column of Object.keys(columnNames) as ListColumn[]) {
		// The internal name of the form's parameter, as in a clean item. `tax_period` is `tax period` folded.
		if (!names.has(foldName(column))) names.set(foldName(column), { column, rank: 0 });
	}
	for (const { names: units, unit, currency } of amountUnits) {
		for (const name of foldedNames(columnNames.amount)) {
			for (const suffix of foldedNames(units)) {
				names.set(name + suffix, { column: 'amount', rank: 0, unit, currency });
			}
		}
	}
	matchesByName = names;
	return names;
}

/**
 * What a header means: its whole text, or its text before a bracket or comma if the rest is a note without a meaning.
 */
export function matchName(header: string): NameMatch | undefined {
	const names = nameMatches();
	const whole = names.get(foldName(header));
	if (whole) return whole;
	const end = header.search(NOTE_START);
	if (end <= 0) return undefined;
	const note = foldName(header.slice(end)).replace(LEADING_NUMBER, '');
	const isNameless = foldedNames(namelessNotes).includes(note);
	return isNameless ? names.get(foldName(header.slice(0, end))) : undefined;
}
