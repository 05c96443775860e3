/**
 * How many letters have to be added, left out, replaced or exchanged with the next one to make one text of the other
 * (optimal string alignment).
 */
export function editDistance(from: string, to: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, column) => column);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1];
			let least = Math.min(
				last[column] + 1,
				current[column - 1] + 1,
				last[column - 1] + (isSame ? 0 : 1),
			);
			const isExchanged = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			if (isExchanged) least = Math.min(least, beforeLast[column - 2] + 1);
			current.push(least);
		}
		beforeLast = last;
		last = current;
	}
	return last[to.length];
}
