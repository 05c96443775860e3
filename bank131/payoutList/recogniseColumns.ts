import { invalid, ok, type Result } from '../lib/result';
import type { CurrencyCode } from '../values/currencies';
import { areRowNumbers } from '../values/references';
import { findUnusableText } from '../values/unusableText';
import { payoutMethodFields, sourceColumns, type ListColumn, type PayoutMethod } from './fields';
import { rowNumberNames } from './columnNames';
import { foldedNames, foldName } from './foldName';
import { matchName, NOTE_START, type NameMatch } from './matchName';
import type { ListColumnsProblem } from './problems';

/** A column of the table that was recognised. */
export interface RecognisedColumn {
	/** Position of its cells, from 0. */
	index: number;
	header: string;
}

/** How the amounts of a list are to be read. */
export interface AmountLayout {
	amountUnit: 'major' | 'minor';
	/** The currency that the header of the amount states. */
	amountCurrency?: CurrencyCode;
}

/** Which columns of a table are which columns of a list. */
export interface ListLayout extends AmountLayout {
	/** Number of headers. */
	width: number;
	columns: ReadonlyMap<ListColumn, RecognisedColumn>;
	/** Headers that are not used, without empty ones. */
	unused: string[];
}

/** How the columns are to be read. */
export interface LayoutOptions {
	/** Headers that the user does not want to be used. Compared as names of columns are. */
	ignored?: readonly string[];
	/** Unit of the amounts, where their header states none. Default: `major`. */
	amountUnit?: 'major' | 'minor';
}

/** Limits of a list of headers in a problem. */
const MAX_LISTED_HEADERS = 30;
const MAX_HEADER_LENGTH = 40;

/** Recognised columns that make a line a header. */
const MIN_HEADER_COLUMNS = 2;

/** A number that spreadsheet readers add to a header that appears twice: `Amount_1`, `Amount (2)`. */
const TRAILING_NUMBER = /\p{N}{1,3}$/u;
/**
 * Recognises the columns of a list by their names.
 * @returns the layout, or every problem of the columns
 */
export function recogniseColumns(
	headers: readonly string[],
	options: LayoutOptions = {},
): { ok: true; value: ListLayout } | { ok: false; problems: ListColumnsProblem[] } {
	const ignored = new Set(options.ignored?.map(foldName));
	const matches = headers.map((header) =>
		ignored.has(foldName(header)) ? undefined : matchName(header),
	);
	const groups = groupByColumn(matches);
	const columns = new Map<ListColumn, RecognisedColumn>();
	for (const [column, [index]] of groups)
		columns.set(column, { index, header: headers[index].trim() });
	const amounts = readAmountHeader(columns.get('amount')?.header ?? '', options);
	const problems = [
		...findDuplicates(headers, groups, ignored),
		...(amounts.ok ? [] : [amounts.problem]),
		...findMissing(headers, columns),
	];
	if (!amounts.ok || problems.length > 0) return { ok: false, problems };
	const used = new Set([...columns.values()].map(({ index }) => index));
	return {
		ok: true,
		value: {
			width: headers.length,
			columns,
			unused: headers.filter((header, index) => !used.has(index) && foldName(header) !== ''),
			...amounts.value,
		},
	};
}

/** Whether the cells are the header of a list: the names of at least two columns. */
export function isListHeader(cells: readonly string[]): boolean {
	const columns = cells.flatMap((cell) => matchName(cell)?.column ?? []);
	return new Set(columns).size >= MIN_HEADER_COLUMNS;
}

/**
 * The problem of a list whose rows are numbered and have no other Reference: the number of a person changes when a row
 * is inserted, and the next list has the same numbers. A column that is called the Reference or an ID is taken.
 * @param references the cells of the column, as texts
 */
export function findRowNumbers(
	{ columns }: ListLayout,
	references: readonly string[],
): ListColumnsProblem | undefined {
	const { header = '' } = columns.get('reference') ?? {};
	const name = foldName(header.split(NOTE_START)[0]);
	return foldedNames(rowNumberNames).includes(name) && areRowNumbers(references)
		? { code: 'columns.rowNumbers', header: shortened(header) }
		: undefined;
}

/** The header under which a field or column of this name stands in the list; `undefined` if it has none. */
export function headerOf({ columns }: ListLayout, field: string): string | undefined {
	const sources = [field, ...(sourceColumns[field as keyof typeof sourceColumns] ?? [])];
	const found = sources.find((source) => columns.has(source as ListColumn));
	return columns.get(found as ListColumn)?.header;
}

/** The positions of each column, by the clearest names that the table has for it. */
function groupByColumn(matches: Array<NameMatch | undefined>): Map<ListColumn, number[]> {
	const groups = new Map<ListColumn, { rank: number; indexes: number[] }>();
	for (const [index, match] of matches.entries()) {
		if (!match) continue;
		const group = groups.get(match.column);
		if (!group || match.rank < group.rank) {
			groups.set(match.column, { rank: match.rank, indexes: [index] });
		} else if (match.rank === group.rank) group.indexes.push(index);
	}
	return new Map([...groups].map(([column, { indexes }]) => [column, indexes]));
}

/** Columns that the table has twice, also if a spreadsheet reader has numbered the second one. */
function findDuplicates(
	headers: readonly string[],
	groups: Map<ListColumn, number[]>,
	ignored: ReadonlySet<string>,
): ListColumnsProblem[] {
	return [...groups].flatMap(([column, indexes]): ListColumnsProblem[] => {
		const used = new Set(indexes.map((index) => foldName(headers[index])));
		const numbered = headers.filter((header) => {
			const name = foldName(header);
			return !ignored.has(name) && !used.has(name) && used.has(name.replace(TRAILING_NUMBER, ''));
		});
		const all = [...indexes.map((index) => headers[index]), ...numbered];
		return all.length > 1
			? [{ code: 'columns.duplicate', column, headers: all.map(shortened) }]
			: [];
	});
}

/** Unit and currency of the amounts, as their header states them; without a unit there the options say it. */
export function readAmountHeader(
	header: string,
	{ amountUnit = 'major' }: LayoutOptions,
): Result<AmountLayout, ListColumnsProblem> {
	const match = matchName(header);
	const { unit, currency: amountCurrency } = match?.column === 'amount' ? match : {};
	if (unit === 'unsupported') {
		return invalid({ code: 'columns.unsupportedUnit', header: shortened(header) });
	}
	if (unit === 'major' && amountUnit === 'minor') {
		return invalid({ code: 'columns.otherUnit', header: shortened(header) });
	}
	return ok({ amountUnit: unit ?? amountUnit, amountCurrency });
}

function findMissing(
	headers: readonly string[],
	columns: ReadonlyMap<ListColumn, RecognisedColumn>,
): ListColumnsProblem[] {
	const listed = {
		headers: headers
			.filter((header) => header.trim() !== '')
			.slice(0, MAX_LISTED_HEADERS)
			.map(shortened),
		hasMore: headers.length > MAX_LISTED_HEADERS,
	};
	if (columns.size === 0) {
		const isGarbled = headers.some((header) => isInWrongEncoding(header));
		return [isGarbled ? { code: 'columns.wrongEncoding' } : { code: 'columns.unknown', ...listed }];
	}
	const problems: ListColumnsProblem[] = [];
	const missing = (['reference', 'amount'] as const).filter((column) => !columns.has(column));
	if (missing.length > 0) problems.push({ code: 'columns.missing', missing, ...listed });
	if (!hasDetails(columns)) problems.push({ code: 'columns.noDetails', ...listed });
	problems.push(...findPartsOfName(columns));
	const hasReceipt = columns.has('serviceName') || columns.has('issueReceipt');
	const inn = columns.get('anyInn');
	if (inn && hasReceipt && !columns.has('selfEmployedInn')) {
		problems.push({ code: 'columns.ambiguousInn', header: shortened(inn.header) });
	}
	return problems;
}

function findPartsOfName(columns: ReadonlyMap<ListColumn, RecognisedColumn>): ListColumnsProblem[] {
	const pairs = [
		['firstName', 'lastName'],
		['lastName', 'firstName'],
	] as const;
	if (columns.has('recipientName')) return [];
	return pairs.flatMap(([part, other]): ListColumnsProblem[] => {
		const header = columns.get(part)?.header;
		return header !== undefined && !columns.has(other)
			? [{ code: 'columns.partOfName', header: shortened(header), missing: other }]
			: [];
	});
}

/** Whether a row of this table can have the complete details of a method. */
function hasDetails(columns: ReadonlyMap<ListColumn, RecognisedColumn>): boolean {
	const has = (field: ListColumn): boolean =>
		columns.has(field) ||
		(sourceColumns[field as keyof typeof sourceColumns]?.some((source) => columns.has(source)) ??
			false);
	return (Object.keys(payoutMethodFields) as PayoutMethod[]).some((method) =>
		payoutMethodFields[method].needs.every(has),
	);
}

const isInWrongEncoding = (header: string): boolean => {
	const code = findUnusableText(header, 'it')?.code;
	return code === 'value.wrongEncoding' || code === 'value.garbled';
};

const shortened = (header: string): string => header.trim().slice(0, MAX_HEADER_LENGTH);
