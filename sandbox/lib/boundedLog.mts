/** Remembers the newest entries only; trimming costs nothing per entry. */
export class BoundedLog<T> {
	private items: T[] = [];
	/** How many there have been in all. */
	total = 0;

	constructor(private readonly maxEntries: () => number) {}

	push(entry: T): void {
		this.items.push(entry);
		this.total += 1;
		if (this.items.length > 2 * this.maxEntries())
			this.items.splice(0, this.items.length - this.maxEntries());
	}

	/** Oldest first. */
	get entries(): readonly T[] {
		const surplus = this.items.length - this.maxEntries();
		if (surplus > 0) this.items.splice(0, surplus);
		return this.items;
	}

	recent(limit: number): T[] {
		return this.entries.slice(-limit).reverse();
	}
}
