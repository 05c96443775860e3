import { DateTime } from 'luxon';

import { invalid, ok, type Checked } from '../lib/result';
import { MOSCOW_ZONE } from '../protocol/moscowTime';
import { cellText } from './text';

const DAY_FIRST = /^(\d{2})\.(\d{2})\.(\d{4})$/;
const YEAR_FIRST = /^\d{4}-\d{2}-\d{2}$/;
/** As n8n writes a DateTime inside a collection. */
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})T[\d:.]{5,}(?:Z|[+-]\d{2}:\d{2})$/;
const REMEDY = 'Write it like 1990-01-31 or 31.01.1990.';

/** A DateTime of any copy of luxon, or a JS Date of any realm, which is one in Moscow. */
export function momentOf(value: unknown): DateTime | undefined {
	if (DateTime.isDateTime(value)) return value;
	return Object.prototype.toString.call(value) === '[object Date]'
		? DateTime.fromJSDate(value as Date, { zone: MOSCOW_ZONE })
		: undefined;
}

/**
 * A day as the bank writes it, `1990-01-31` (PHP SDK: `Y-m-d`), also from `31.01.1990`. A DateTime means the day of its own
 * zone, also as text with an offset; a Date has none, its day is that of Moscow.
 */
export function checkCalendarDay(input: unknown, what: string): Checked<string> {
	const moment = momentOf(input);
	const text = moment ? ok(moment.toISODate() ?? '') : cellText(input, what);
	if (!text.ok) return text;
	const day = text.value.replace(DAY_FIRST, '$3-$2-$1').replace(TIMESTAMP, '$1');
	if (!YEAR_FIRST.test(day) || !DateTime.fromISO(day).isValid) {
		return invalid(`${what} is not a day`, REMEDY);
	}
	// A Date that has become text ends in Z too, and may mean the next day of Moscow.
	return text.value.endsWith('Z') && momentOf(new Date(text.value))?.toISODate() !== day
		? invalid(`${what} is one day in Moscow and another in UTC`, REMEDY)
		: ok(day);
}
