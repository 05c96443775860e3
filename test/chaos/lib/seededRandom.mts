import { seededRandom } from '../../../sandbox/lib/seededRandom.mts';

/** FNV-1a hash. A sequence depends only on its parts, not on the order of other draws. */
function hash(parts: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < parts.length; at++) {
		value = Math.imul(value ^ parts.charCodeAt(at), 0x01000193);
	}
	return value >>> 0;
}

/** A deterministic random sequence: equal parts give equal sequences. */
export class SeededRandom {
	private readonly random: () => number;

	constructor(...parts: Array<string | number>) {
		this.random = seededRandom(hash(parts.join('|')));
		this.random();
	}

	/** A number in [0, 1). */
	next(): number {
		return this.random();
	}

	/** True with this probability, 0 to 1. */
	chance(probability: number): boolean {
		return this.random() < probability;
	}

	/** An integer from `from` to `to`, both inclusive. */
	int(from: number, to: number): number {
		return from + Math.floor(this.random() * (to - from + 1));
	}

	/** One of the elements, with equal probability. */
	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.random() * list.length)];
	}

	/** One of the values, with a probability proportional to its weight. */
	weighted<T>(table: ReadonlyArray<readonly [T, number]>): T {
		let left = this.random() * table.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [value, weight] of table) {
			left -= weight;
			if (left < 0) return value;
		}
		return table[table.length - 1][0];
	}

	/** A string of random decimal digits. */
	digits(length: number): string {
		return Array.from({ length }, () => this.int(0, 9)).join('');
	}
}
