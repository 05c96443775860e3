import { DateTime } from 'luxon';

import { invalid, ok } from '../lib/result';
import { MOSCOW_ZONE } from '../protocol/moscowTime';
import type { CheckedValue, ValueName } from './problems';
import { cellText } from './text';

const DAY_FIRST = /^(\d{2})\.(\d{2})\.(\d{4})$/;
const YEAR_FIRST = /^\d{4}-\d{2}-\d{2}$/;
/** A DateTime that has become JSON, as inside a collection of the form. */
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})T[\d:.]{5,}(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * A DateTime of any copy of luxon, unchanged. A JavaScript Date of any realm becomes a DateTime in Moscow. `undefined`
 * for every other value.
 */
export function momentOf(value: unknown): DateTime | undefined {
	if (DateTime.isDateTime(value)) return value;
	return Object.prototype.toString.call(value) === '[object Date]'
		? DateTime.fromJSDate(value as Date, { zone: MOSCOW_ZONE })
		: undefined;
}

/**
 * A day in the bank's form `1990-01-31` (PHP SDK: `Y-m-d`). Input: that form, `31.01.1990`, or a moment. A DateTime
 * means the day of its own zone, also as text with an offset; a Date has no zone and means the day in Moscow.
 */
export function checkCalendarDay(input: unknown, what: ValueName): CheckedValue<string> {
	const moment = momentOf(input);
	const text = moment ? ok(moment.toISODate() ?? '') : cellText(input, what);
	if (!text.ok) return text;
	const day = text.value.replace(DAY_FIRST, '$3-$2-$1').replace(TIMESTAMP, '$1');
	if (!YEAR_FIRST.test(day) || !DateTime.fromISO(day).isValid) {
		return invalid({ code: 'date.notADay', what });
	}
	// The text of a Date ends in Z as well, and its day in Moscow may be the next one.
	return text.value.endsWith('Z') && momentOf(new Date(text.value))?.toISODate() !== day
		? invalid({ code: 'date.otherDayInMoscow', what })
		: ok(day);
}
