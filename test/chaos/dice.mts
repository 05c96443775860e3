import { seededRandom } from '../../sandbox/lib/seededRandom.mts';

/** FNV-1a: what is drawn depends on the words alone, not on when it is drawn. */
function hash(words: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < words.length; at++) {
		value = Math.imul(value ^ words.charCodeAt(at), 0x01000193);
	}
	return value >>> 0;
}

/** A sequence of chances that belongs to these words: the same words, the same sequence. */
export class Dice {
	private readonly random: () => number;

	constructor(...words: Array<string | number>) {
		this.random = seededRandom(hash(words.join('|')));
		this.random();
	}

	next(): number {
		return this.random();
	}

	chance(probability: number): boolean {
		return this.random() < probability;
	}

	/** A whole number from `from` to `to`, both included. */
	int(from: number, to: number): number {
		return from + Math.floor(this.random() * (to - from + 1));
	}

	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.random() * list.length)];
	}

	/** One of the values, each as likely as its weight. */
	weighted<T>(table: ReadonlyArray<readonly [T, number]>): T {
		let left = this.random() * table.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [value, weight] of table) {
			left -= weight;
			if (left < 0) return value;
		}
		return table[table.length - 1][0];
	}

	digits(length: number): string {
		return Array.from({ length }, () => this.int(0, 9)).join('');
	}
}
