/** A log of the newest entries. It trims in batches, so that `push` is O(1) on average. */
export class BoundedLog<T> {
	private items: T[] = [];
	/** Number of entries ever pushed, including those already dropped. */
	total = 0;

	/** `maxEntries` is read on each access, because the setting `logSize` can change. */
	constructor(private readonly maxEntries: () => number) {}

	/** Appends an entry and drops the oldest ones above the limit. */
	push(entry: T): void {
		this.items.push(entry);
		this.total += 1;
		if (this.items.length > 2 * this.maxEntries())
			this.items.splice(0, this.items.length - this.maxEntries());
	}

	/** The stored entries, oldest first. */
	get entries(): readonly T[] {
		const surplus = this.items.length - this.maxEntries();
		if (surplus > 0) this.items.splice(0, surplus);
		return this.items;
	}

	/** The newest `limit` entries, newest first. */
	recent(limit: number): T[] {
		return this.entries.slice(-limit).reverse();
	}
}
