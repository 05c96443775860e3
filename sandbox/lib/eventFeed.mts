/** What changed: the topic of an event. */
export type EventTopic = 'session' | 'ledger' | 'request' | 'webhook' | 'reset';

type Listener = (topic: EventTopic, value: unknown) => void;

/**
 * Publishes changes of the bank to subscribers, e.g. the page. Without subscribers it costs nothing.
 */
export class EventFeed {
	private readonly listeners = new Set<Listener>();

	/** Returns the function that ends the subscription. */
	subscribe(listener: Listener): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** Calls every subscriber synchronously. */
	publish(topic: EventTopic, value: unknown): void {
		for (const listener of this.listeners) listener(topic, value);
	}
}
