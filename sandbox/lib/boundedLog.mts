/** Remembers the newest entries only; trimming costs nothing per entry. */
export class BoundedLog<T> {
	private kept: T[] = [];
	/** How many there have been in all. */
	total = 0;

	constructor(private readonly size: () => number) {}

	push(entry: T): void {
		this.kept.push(entry);
		this.total += 1;
		if (this.kept.length > 2 * this.size()) this.kept.splice(0, this.kept.length - this.size());
	}

	/** Oldest first. */
	get entries(): readonly T[] {
		const surplus = this.kept.length - this.size();
		if (surplus > 0) this.kept.splice(0, surplus);
		return this.kept;
	}

	recent(limit: number): T[] {
		return this.entries.slice(-limit).reverse();
	}
}
