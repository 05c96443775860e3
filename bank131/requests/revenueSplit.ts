import type { JsonObject } from '../lib/json';
import { invalid, ok, type Checked } from '../lib/result';
import { isGiven } from '../values/text';

/** A contractor's part of a payment or refund: `percent` of it, or what the others leave. */
export interface Share {
	alias: string;
	percent: unknown;
	remains: boolean;
}

/** Assumption: four decimals of a percent are enough. */
const PART_OF_PERCENT = 10_000;
const PERCENT = /^\d{1,3}(?:[.,]\d{1,4})?$/;
const EACH = 'Give each share a Contractor Alias, and a Percent or Takes the Rest.';

/** `revenue_split_info` (PHP SDK, `percent` is a text there). One takes the rest at most, the others no more than 100 percent. */
export function splitOf(shares: Share[]): Checked<JsonObject[]> {
	let total = 0;
	const split: JsonObject[] = [];
	for (const { alias, percent, remains } of shares) {
		if (alias === '' || (!remains && !isGiven(percent))) {
			return invalid('A share has no contractor or no size', EACH);
		}
		if (remains && isGiven(percent)) {
			return invalid(`The share of "${alias}" has a percent and takes the rest as well`, EACH);
		}
		const text = remains ? '0' : percentText(percent);
		const parts = Math.round(Number(text) * PART_OF_PERCENT);
		if (text === undefined || parts > 100 * PART_OF_PERCENT) {
			return invalid(
				`The percent of "${alias}" is not a number from 0 to 100 with at most four decimals`,
				'Enter digits only, such as 12.5.',
			);
		}
		total += parts;
		split.push({ contractor_alias: alias, ...(remains ? { remains: true } : { percent: text }) });
	}
	if (total > 100 * PART_OF_PERCENT) {
		return invalid(
			`The shares add up to ${total / PART_OF_PERCENT} percent`,
			'Share out 100 at most.',
		);
	}
	return shares.filter(({ remains }) => remains).length > 1
		? invalid('More than one share takes the rest', 'Let one of them take it.')
		: ok(split);
}

/** The decimal that is meant: of a number the 15 digits that people see (0.3, not 0.30000000000000004). */
function percentText(percent: unknown): string | undefined {
	const seen = typeof percent === 'number' ? String(Number(percent.toPrecision(15))) : percent;
	if (typeof seen !== 'string' || !PERCENT.test(seen.trim())) return undefined;
	return seen.trim().replace(',', '.');
}
