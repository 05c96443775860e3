import { DateTime } from 'luxon';

import { isObject, parseJson, textAt, type Json, type JsonObject } from '../lib/json';
import { invalid, ok, type Checked } from '../lib/result';
import { MOSCOW_ZONE } from '../protocol/moscowTime';
import { maskCard, redact } from '../values/mask';
import { formatAmount, parseAmount } from '../values/money';

/** One cell → the fields it becomes. An empty cell becomes none. */
export type CellReader = (cell: unknown) => Checked<JsonObject>;

export const isEmptyCell = (cell: unknown): boolean =>
	cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');

const nothing = ok<JsonObject>({});

function cellText(cell: unknown): string {
	if (isEmptyCell(cell)) return '';
	return typeof cell === 'object' ? JSON.stringify(cell) : String(cell).trim();
}

/** Reads a cell that may not be empty. */
export function needed(read: CellReader): CellReader {
	return (cell) =>
		isEmptyCell(cell) ? invalid('It is empty', 'Take the line as the bank sent it.') : read(cell);
}

export function textCell(name: string): CellReader {
	return (cell) => (isEmptyCell(cell) ? nothing : ok({ [name]: cellText(cell) }));
}

/** One of the bank's own words, in the bank's capitals; words not known here pass. */
export function wordCell(name: string, words: readonly string[]): CellReader {
	return (cell) => {
		const text = cellText(cell);
		const word = words.find((one) => one.toLowerCase() === text.toLowerCase());
		return text === '' ? nothing : ok({ [name]: word ?? text });
	};
}

/** A code in capitals, such as RUB. */
export function codeCell(name: string): CellReader {
	return (cell) => (isEmptyCell(cell) ? nothing : ok({ [name]: cellText(cell).toUpperCase() }));
}

/** 0 or 1; anything else stays what it is. */
export function flagCell(name: string): CellReader {
	return (cell) => {
		const text = cellText(cell);
		if (text === '') return nothing;
		return ok({ [name]: text === '1' ? true : text === '0' ? false : text });
	};
}

/** A card, account or wallet that the bank has masked; masked here too if it has not. */
export function maskedCell(name: string): CellReader {
	return (cell) => {
		const text = cellText(cell);
		if (text === '') return nothing;
		return ok({ [name]: /^\d{13,19}$/.test(text) ? maskCard(text) : redact(text) });
	};
}

/** Rubles as a decimal, of either sign, without floating point: the decimal text and the kopecks. */
export function amountCell(name: string): CellReader {
	return (cell) => {
		if (isEmptyCell(cell)) return nothing;
		const minorUnits = parseSigned(cell);
		if (!minorUnits.ok) return minorUnits;
		return ok({
			[name]: formatAmount(minorUnits.value, 'rub'),
			[`${name}MinorUnits`]: minorUnits.value,
		});
	};
}

/** `parseAmount` is for amounts to be paid; in a report zero and negative ones are ordinary. */
function parseSigned(cell: unknown): Checked<number> {
	const text = typeof cell === 'number' ? numberText(cell) : cellText(cell);
	const negative = /^[-−]/.test(text);
	const size = text.replace(/^[-−+]\s*/, '');
	if (/^0+(?:[.,]0*)?$/.test(size)) return ok(0);
	const amount = parseAmount(size, 'major', 'rub');
	if (amount.ok) return ok(negative ? -amount.value.minorUnits : amount.value.minorUnits);
	// The reports' own problems will carry this one as a fact.
	return invalid({ message: amount.problem.code, remedy: '', cause: amount.problem });
}

/** A spreadsheet shows 15 digits of a number and keeps 17: what it shows is meant (10.1, not 10.100000000000001). */
const numberText = (value: number): string => String(Number(value.toPrecision(15)));

/** `2019-06-21 23:17:55`, `11.01.2020 00:00:08`; opened and saved in a spreadsheet they may lose zeros and seconds. */
const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** Days of a spreadsheet count from here; 20000 of them are the year 1954, 80000 the year 2119. */
const SPREADSHEET_EPOCH = Date.UTC(1899, 11, 30);

/** Date and time as ISO 8601. Assumption: the bank writes Moscow time, as everywhere in its API. */
export function dateCell(name: string): CellReader {
	return (cell) => {
		if (isEmptyCell(cell)) return nothing;
		const date = readDate(cell);
		return date.isValid
			? ok({ [name]: date.toISO({ suppressMilliseconds: true }) ?? '' })
			: invalid(
					'It is not a date and time',
					'It has to look like 2026-05-01 13:17:56 or 01.05.2026 13:17:56.',
				);
	};
}

function readDate(cell: unknown): DateTime {
	if (cell instanceof Date) return DateTime.fromJSDate(cell, { zone: MOSCOW_ZONE });
	const text = cellText(cell);
	const serial = typeof cell === 'number' ? cell : NaN;
	if (serial > 20_000 && serial < 80_000) {
		const wallClock = SPREADSHEET_EPOCH + Math.round(serial * 86_400) * 1000;
		return DateTime.fromMillis(wallClock, { zone: 'utc' }).setZone(MOSCOW_ZONE, {
			keepLocalTime: true,
		});
	}
	const yearFirst = YEAR_FIRST.exec(text);
	const dayFirst = DAY_FIRST.exec(text);
	if (yearFirst) return dateOf(yearFirst[1], yearFirst[2], yearFirst[3], yearFirst.slice(4));
	if (dayFirst) return dateOf(dayFirst[3], dayFirst[2], dayFirst[1], dayFirst.slice(4));
	return text.includes('T')
		? DateTime.fromISO(text, { zone: MOSCOW_ZONE })
		: DateTime.invalid('unknown format');
}

function dateOf(year: string, month: string, day: string, time: Array<string | undefined>) {
	const [hour, minute, second] = time.map((part) => Number(part ?? 0));
	return DateTime.fromObject(
		{ year: Number(year), month: Number(month), day: Number(day), hour, minute, second },
		{ zone: MOSCOW_ZONE },
	);
}

/**
 * What you gave the bank with the session. An object holds the reference that this package put into it; a plain text is
 * your own mark of the operation and taken for the reference as it is, without the quotes that JSON puts around it.
 */
export function metadataCell(cell: unknown): Checked<JsonObject> {
	const text = isObject(cell) ? '' : cellText(cell);
	const quoted = text.startsWith('"') ? parseJson(text) : undefined;
	if (typeof quoted === 'string') return metadataCell(quoted);
	const metadata = isObject(cell) ? cell : parseStructure(text);
	if (metadata === undefined) return text === '' ? nothing : ok({ reference: text });
	const reference = textAt(metadata, 'reference');
	const more = reference === undefined || Object.keys(metadata).join() !== 'reference';
	return ok({ ...(reference !== undefined && { reference }), ...(more && { metadata }) });
}

/** An object or a list; text that only begins like one, perhaps cut off, stays text. */
function parseStructure(text: string): JsonObject | Json[] | string | undefined {
	if (!/^[{[]/.test(text)) return undefined;
	try {
		return JSON.parse(text) as JsonObject | Json[];
	} catch {
		return text;
	}
}
