import { DateTime } from 'luxon';

import { invalid, ok, type Checked } from '../lib/result';
import { MOSCOW_ZONE } from '../protocol/moscowTime';
import { momentOf } from './dates';

/** Days of a period at most: a statement takes one request for each. */
export const MAX_DAYS = 366;

/** Day, month and year are there, and a time if any begins with its hour: luxon would read `2026` or `10` as a date too. */
const YEAR_FIRST = /^\d{4}-\d{2}-\d{2}(?:T\d{2}.*)?$/;
const DAY_FIRST = /^\d{1,2}\.\d{1,2}\.\d{4}$/;

/**
 * A day in Moscow, `2026-05-31`. Taken are full dates and moments, as text or as the Date and DateTime of expressions. A
 * moment with an offset is the day it then is in Moscow; without one, the day that stands there, wherever n8n runs.
 */
export function checkStatementDay(input: unknown): Checked<string> {
	const day = momentOf(input) ?? readDay(input);
	return day.isValid
		? ok(day.setZone(MOSCOW_ZONE).toFormat('yyyy-MM-dd'))
		: invalid('It is not a full date', 'Enter day, month and year, e.g. 2026-05-31 or 31.05.2026.');
}

function readDay(input: unknown): DateTime {
	const text = typeof input === 'string' ? input.trim().replace(' ', 'T') : '';
	if (YEAR_FIRST.test(text)) return DateTime.fromISO(text, { zone: MOSCOW_ZONE });
	return DAY_FIRST.test(text)
		? DateTime.fromFormat(text, 'd.M.yyyy', { zone: MOSCOW_ZONE })
		: DateTime.invalid('no full date');
}

/**
 * The days from `from` to `to`, both as `checkStatementDay` writes them and both included; more than `MAX_DAYS`: the first
 * of them.
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
