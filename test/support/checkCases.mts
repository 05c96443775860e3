// A table of inputs for one check: what it accepts, in which form, and what it refuses, with which problem.
import { inspect } from 'node:util';

import type { Result } from '../../bank131/lib/result.ts';

/** An input as it appears in a test's name: a long text by its beginning and length, invisible characters escaped. */
function shown(input: unknown): string {
	const characters = typeof input === 'string' ? [...input] : [];
	const text =
		characters.length > 60
			? `'${characters.slice(0, 3).join('')}…' (${characters.length} characters)`
			: inspect(input, { breakLength: Infinity });
	return text.replace(
		/[\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/**
 * One test per input: `accepts` lists the expected values, `refuses` the expected problems with all their facts.
 * @param check any check of `bank131/values` or `bank131/requests`
 */
export function describeCheck<T, P extends { code: string }>(
	name: string,
	check: (input: unknown) => Result<T, P>,
	{ accepts = [], refuses = [] }: { accepts?: Array<[unknown, T]>; refuses?: Array<[unknown, P]> },
): void {
	describe(name, () => {
		for (const [input, value] of accepts) {
			test(`accepts ${shown(input)} as ${shown(value)}`, () => {
				expect(check(input)).toEqual({ ok: true, value });
			});
		}
		for (const [input, problem] of refuses) {
			test(`refuses ${shown(input)}: ${problem.code}`, () => {
				expect(check(input)).toEqual({ ok: false, problem });
			});
		}
	});
}
