export type EventTopic = 'session' | 'ledger' | 'request' | 'webhook' | 'reset';

type Listener = (topic: EventTopic, value: unknown) => void;

/** What happens in the bank, for whoever watches (the page). Costs nothing while nobody does. */
export class EventFeed {
	private readonly listeners = new Set<Listener>();

	subscribe(listener: Listener): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	publish(topic: EventTopic, value: unknown): void {
		for (const listener of this.listeners) listener(topic, value);
	}
}
