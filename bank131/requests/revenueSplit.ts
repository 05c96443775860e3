import type { JsonObject } from '../lib/json';
import { invalid, ok, type Result } from '../lib/result';
import { isGiven } from '../values/text';
import type { RequestProblem } from './problems';

/** A contractor's share of a payment or refund: `percent` of it, or what the other shares leave (`remains`). */
export interface Share {
	alias: string;
	percent: unknown;
	remains: boolean;
}

/** Shares are added up in 1/10000 of a percent. Assumption: four decimals of a percent are enough. */
const PART_OF_PERCENT = 10_000;
const PERCENT = /^\d{1,3}(?:[.,]\d{1,4})?$/;

/**
 * `revenue_split_info` (PHP SDK, where `percent` is a text). At most one share takes the rest; the others add up to at
 * most 100 percent.
 */
export function checkRevenueSplit(shares: Share[]): Result<JsonObject[], RequestProblem> {
	let total = 0;
	const split: JsonObject[] = [];
	for (const { alias, percent, remains } of shares) {
		if (alias === '' || (!remains && !isGiven(percent))) {
			return invalid({ code: 'split.incompleteShare' });
		}
		if (remains && isGiven(percent)) {
			return invalid({ code: 'split.percentAndRest', alias });
		}
		const text = remains ? '0' : percentText(percent);
		const parts = Math.round(Number(text) * PART_OF_PERCENT);
		if (text === undefined || parts > 100 * PART_OF_PERCENT) {
			return invalid({ code: 'split.wrongPercent', alias });
		}
		total += parts;
		split.push({ contractor_alias: alias, ...(remains ? { remains: true } : { percent: text }) });
	}
	if (total > 100 * PART_OF_PERCENT) {
		return invalid({ code: 'split.above100Percent', percent: total / PART_OF_PERCENT });
	}
	return shares.filter(({ remains }) => remains).length > 1
		? invalid({ code: 'split.severalRests' })
		: ok(split);
}

/** The decimal text of a percent. A number is rounded to 15 digits: 0.3 instead of 0.30000000000000004. */
function percentText(percent: unknown): string | undefined {
	const text = typeof percent === 'number' ? String(Number(percent.toPrecision(15))) : percent;
	if (typeof text !== 'string' || !PERCENT.test(text.trim())) return undefined;
	return text.trim().replace(',', '.');
}
