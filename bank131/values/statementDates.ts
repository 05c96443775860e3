import { DateTime } from 'luxon';

import { invalid, ok } from '../lib/result';
import { MOSCOW_ZONE } from '../protocol/moscowTime';
import { momentOf } from './dates';
import type { CheckedValue } from './problems';

/** Longest period of a statement, in days. Each day takes one request. */
export const MAX_DAYS = 366;

/** Year, month and day, then optionally a time. Checked before luxon, which also parses `2026` and `10` as dates. */
const YEAR_FIRST = /^\d{4}-\d{2}-\d{2}(?:T\d{2}.*)?$/;
const DAY_FIRST = /^\d{1,2}\.\d{1,2}\.\d{4}$/;

/**
 * A day in Moscow as `2026-05-31`, from a full date or a moment: text, Date or DateTime. A moment with an offset gives
 * its day in Moscow. Text without an offset gives the day written in it, whatever the time zone of this machine.
 */
export function checkStatementDay(input: unknown): CheckedValue<string> {
	const day = momentOf(input) ?? readDay(input);
	return day.isValid
		? ok(day.setZone(MOSCOW_ZONE).toFormat('yyyy-MM-dd'))
		: invalid({ code: 'date.notFull' });
}

/**
 * The days from `from` to `to`, both included, each as `2026-05-31`. Of a period longer than `MAX_DAYS` only the first
 * `MAX_DAYS + 1` days, so that the caller can see that it is too long.
 */
export function daysBetween(from: string, to: string): string[] {
	const last = DateTime.fromISO(to, { zone: MOSCOW_ZONE });
	const days: string[] = [];
	let day = DateTime.fromISO(from, { zone: MOSCOW_ZONE });
	for (; day <= last && days.length <= MAX_DAYS; day = day.plus({ days: 1 })) {
		days.push(day.toFormat('yyyy-MM-dd'));
	}
	return days;
}

function readDay(input: unknown): DateTime {
	const text = typeof input === 'string' ? input.trim().replace(' ', 'T') : '';
	if (YEAR_FIRST.test(text)) return DateTime.fromISO(text, { zone: MOSCOW_ZONE });
	return DAY_FIRST.test(text)
		? DateTime.fromFormat(text, 'd.M.yyyy', { zone: MOSCOW_ZONE })
		: DateTime.invalid('no full date');
}
