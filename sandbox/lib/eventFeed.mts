export type FeedTopic = 'session' | 'ledger' | 'request' | 'webhook' | 'reset';

type Listener = (topic: FeedTopic, value: unknown) => void;

/** What happens in the bank, for whoever watches (the page). Costs nothing while nobody does. */
export class Feed {
	private readonly listeners = new Set<Listener>();

	listen(listener: Listener): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	publish(topic: FeedTopic, value: unknown): void {
		for (const listener of this.listeners) listener(topic, value);
	}
}
