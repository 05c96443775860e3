import { DateTime } from 'luxon';

import { isObject, parseJson, textAt, type Json, type JsonObject } from '../lib/json';
import { invalid, ok, type Result } from '../lib/result';
import { MOSCOW_ZONE } from '../protocol/moscowTime';
import { maskCard, redact } from '../values/mask';
import { formatAmount, parseAmount } from '../values/money';
import type { ValueProblem } from '../values/problems';
import { isGiven } from '../values/text';
import type { CellProblem } from './problems';

/** Parses one cell into the fields of the output row. An empty cell gives no field. */
export type CellReader = (cell: unknown) => Result<JsonObject, CellProblem>;

const isEmptyCell = (cell: unknown): boolean => !isGiven(cell);

const noFields = ok<JsonObject>({});

function toText(cell: unknown): string {
	if (isEmptyCell(cell)) return '';
	return typeof cell === 'object' ? JSON.stringify(cell) : String(cell).trim();
}

/** Rejects an empty cell; `read` parses every other one. */
export function requiredCell(read: CellReader): CellReader {
	return (cell) => (isEmptyCell(cell) ? invalid({ code: 'cell.empty' }) : read(cell));
}

/** Trimmed text. */
export function textCell(name: string): CellReader {
	return (cell) => (isEmptyCell(cell) ? noFields : ok({ [name]: toText(cell) }));
}

/** One of `words`, in the spelling of the list; capitals are ignored. A word that is not listed passes unchanged. */
export function enumCell(name: string, words: readonly string[]): CellReader {
	return (cell) => {
		const text = toText(cell);
		const match = words.find((word) => word.toLowerCase() === text.toLowerCase());
		return text === '' ? noFields : ok({ [name]: match ?? text });
	};
}

/** A code in capitals, such as RUB. */
export function codeCell(name: string): CellReader {
	return (cell) => (isEmptyCell(cell) ? noFields : ok({ [name]: toText(cell).toUpperCase() }));
}

/** `1` becomes true and `0` false. Other text passes unchanged. */
export function flagCell(name: string): CellReader {
	return (cell) => {
		const text = toText(cell);
		if (text === '') return noFields;
		return ok({ [name]: text === '1' ? true : text === '0' ? false : text });
	};
}

/** A card, account or wallet number. The bank masks it; a number that is not masked is masked here. */
export function maskedCell(name: string): CellReader {
	return (cell) => {
		const text = toText(cell);
		if (text === '') return noFields;
		return ok({ [name]: /^\d{13,19}$/.test(text) ? maskCard(text) : redact(text) });
	};
}

/**
 * An amount of either sign with two decimals, parsed without floating point.
 * Gives two fields: `<name>` as decimal text and `<name>MinorUnits` as whole kopecks.
 */
export function amountCell(name: string): CellReader {
	return (cell) => {
		if (isEmptyCell(cell)) return noFields;
		const minorUnits = parseSignedAmount(cell);
		if (!minorUnits.ok) return invalid({ code: 'cell.amount', problem: minorUnits.problem });
		return ok({
			[name]: formatAmount(minorUnits.value, 'rub'),
			[`${name}MinorUnits`]: minorUnits.value,
		});
	};
}

/** `parseAmount` rejects zero and negative amounts, because it parses amounts to be paid. A report has both. */
function parseSignedAmount(cell: unknown): Result<number, ValueProblem> {
	const text = typeof cell === 'number' ? displayedNumber(cell) : toText(cell);
	const isNegative = /^[-−]/.test(text);
	const absolute = text.replace(/^[-−+]\s*/, '');
	if (/^0+(?:[.,]0*)?$/.test(absolute)) return ok(0);
	const amount = parseAmount(absolute, 'major', 'rub');
	if (!amount.ok) return amount;
	return ok(isNegative ? -amount.value.minorUnits : amount.value.minorUnits);
}

/** Spreadsheets store 17 digits of a number and display 15: 10.100000000000001 is displayed as 10.1. */
const displayedNumber = (value: number): string => String(Number(value.toPrecision(15)));

/**
 * `2019-06-21 23:17:55` and `11.01.2020 00:00:08`, the two formats of the bank's samples. A spreadsheet that saves the
 * file may drop leading zeros and seconds.
 */
const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** Spreadsheets count dates as days from here. Accepted are the years 1954 to 2119. */
const SPREADSHEET_EPOCH = Date.UTC(1899, 11, 30);
const MIN_SERIAL_DATE = 20_000;
const MAX_SERIAL_DATE = 80_000;

/** Date and time as ISO 8601. Assumption: the bank writes Moscow time, as in the rest of its API. */
export function dateCell(name: string): CellReader {
	return (cell) => {
		if (isEmptyCell(cell)) return noFields;
		const date = parseDate(cell);
		return date.isValid
			? ok({ [name]: date.toISO({ suppressMilliseconds: true }) ?? '' })
			: invalid({ code: 'cell.notDate' });
	};
}

function parseDate(cell: unknown): DateTime {
	if (cell instanceof Date) return DateTime.fromJSDate(cell, { zone: MOSCOW_ZONE });
	const text = toText(cell);
	const serial = typeof cell === 'number' ? cell : NaN;
	if (serial > MIN_SERIAL_DATE && serial < MAX_SERIAL_DATE) {
		const wallClock = SPREADSHEET_EPOCH + Math.round(serial * 86_400) * 1000;
		return DateTime.fromMillis(wallClock, { zone: 'utc' }).setZone(MOSCOW_ZONE, {
			keepLocalTime: true,
		});
	}
	const yearFirst = YEAR_FIRST.exec(text);
	const dayFirst = DAY_FIRST.exec(text);
	if (yearFirst) return toMoscow(yearFirst[1], yearFirst[2], yearFirst[3], yearFirst.slice(4));
	if (dayFirst) return toMoscow(dayFirst[3], dayFirst[2], dayFirst[1], dayFirst.slice(4));
	return text.includes('T')
		? DateTime.fromISO(text, { zone: MOSCOW_ZONE })
		: DateTime.invalid('unknown format');
}

function toMoscow(year: string, month: string, day: string, time: Array<string | undefined>) {
	const [hour, minute, second] = time.map((part) => Number(part ?? 0));
	return DateTime.fromObject(
		{ year: Number(year), month: Number(month), day: Number(day), hour, minute, second },
		{ zone: MOSCOW_ZONE },
	);
}

/**
 * The metadata that the merchant sent with the session. This package sends an object with the reference in it.
 * Plain text is the merchant's own reference; the quotes of a JSON string around it are removed.
 */
export function metadataCell(cell: unknown): Result<JsonObject, CellProblem> {
	const text = isObject(cell) ? '' : toText(cell);
	const unquoted = text.startsWith('"') ? parseJson(text) : undefined;
	if (typeof unquoted === 'string') return metadataCell(unquoted);
	const metadata = isObject(cell) ? cell : parseStructure(text);
	if (metadata === undefined) return text === '' ? noFields : ok({ reference: text });
	const reference = textAt(metadata, 'reference');
	const hasOtherKeys = reference === undefined || Object.keys(metadata).join() !== 'reference';
	return ok({ ...(reference !== undefined && { reference }), ...(hasOtherKeys && { metadata }) });
}

/** A JSON object or list. Text that begins like one but does not parse stays text: it may be cut off. */
function parseStructure(text: string): JsonObject | Json[] | string | undefined {
	if (!/^[{[]/.test(text)) return undefined;
	try {
		return JSON.parse(text) as JsonObject | Json[];
	} catch {
		return text;
	}
}
