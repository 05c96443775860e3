import type { KeyObject } from 'node:crypto';
import { BoundedLog } from '../lib/boundedLog.mts';
import type { FaultRegistry } from '../config/faults.mts';
import type { EventFeed } from '../lib/eventFeed.mts';
import { signTextAsync } from '../protocol/keys.mts';
import type { Session } from '../store/model.mts';
import type { Settings } from '../config/settings.mts';
import { Timers } from '../lib/timers.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { webhookBody, type WebhookType } from './webhookBody.mts';
import { HttpPoster } from './httpPoster.mts';

/** One delivery attempt; `ms` is its duration. */
export interface WebhookAttempt {
	at: string;
	/** HTTP status of the response; `undefined` if there was no response. */
	status?: number;
	error?: string;
	ms: number;
}

/** One webhook and its delivery attempts. */
export interface WebhookDelivery {
	id: string;
	at: string;
	type: WebhookType;
	sessionId: string;
	/** The exact bytes sent; empty if no webhook address is set. */
	body: string;
	signedWith: 'current' | 'next';
	state: 'waiting' | 'delivered' | 'failed' | 'dropped' | 'noReceiver';
	fault?: string;
	attempts: WebhookAttempt[];
}

/** Longest time for which a reordered webhook is held, ms. */
const REORDER_TIMEOUT_MS = 1_000;

/** Sends webhooks to the partner. Retries with growing delays until the response is 2xx (api/05). */
export class WebhookSender {
	readonly log: BoundedLog<WebhookDelivery>;
	private readonly timers = new Timers();
	private readonly poster = new HttpPoster();
	private readonly queue: WebhookDelivery[] = [];
	private held: Array<{ delivery: WebhookDelivery; timer: NodeJS.Timeout }> = [];
	private activeCount = 0;
	private isStopped = false;

	constructor(
		private readonly settings: Settings,
		private readonly faults: FaultRegistry,
		private readonly signers: { current: KeyObject; next: KeyObject },
		private readonly feed: EventFeed,
	) {
		this.log = new BoundedLog(() => settings.logSize);
	}

	/** Sends a webhook about the session as it is now; webhook faults apply. */
	notify(type: WebhookType, session: Session): void {
		const { webhookUrl, webhookVersion } = this.settings;
		const version = webhookVersion === 'session' ? session.version : webhookVersion;
		const body = webhookUrl === undefined ? '' : webhookBody(type, session, version, this.settings);
		this.dispatch(type, session.id, body);
	}

	/** Sends the same bytes again. `undefined` if the id is unknown or the webhook was never sent. */
	resend(id: string): WebhookDelivery | undefined {
		const original = this.log.entries.find((delivery) => delivery.id === id);
		if (original === undefined || original.body === '') return undefined;
		const copy = this.record(original.type, original.sessionId, original.body);
		this.enqueue(copy);
		return copy;
	}

	/** Sends a given body, signed by the bank. Webhook faults do not apply. */
	sendBody(type: WebhookType, sessionId: string, body: string): WebhookDelivery {
		const delivery = this.record(type, sessionId, body);
		this.enqueue(delivery);
		return delivery;
	}

	/** True while a delivery is queued, active or scheduled. */
	get isBusy(): boolean {
		return this.activeCount > 0 || this.queue.length > 0 || this.timers.isBusy;
	}

	/** Drops all deliveries and closes the connections. */
	stop(): void {
		this.isStopped = true;
		this.timers.clear();
		this.queue.length = 0;
		this.poster.close();
	}

	private dispatch(type: WebhookType, sessionId: string, body: string): void {
		const delivery = this.record(type, sessionId, body);
		if (this.settings.webhookUrl === undefined) return;
		const fault = this.faults.fireMatching({ type, sessionId }, true);
		delivery.fault = fault?.kind;
		const heldBefore = this.held;
		this.held = [];
		if (fault?.kind === 'webhookDrop') delivery.state = 'dropped';
		else if (fault?.kind === 'webhookDelay') {
			this.timers.schedule(fault.ms ?? 500, () => this.enqueue(delivery));
		} else if (fault?.kind === 'webhookReorder')
			this.holdUntilNext(delivery, fault.ms ?? REORDER_TIMEOUT_MS);
		else this.enqueue(delivery);
		if (fault?.kind === 'webhookDuplicate') this.enqueue(this.record(type, sessionId, body));
		for (const { delivery: other, timer } of heldBefore) {
			this.timers.cancel(timer);
			this.timers.schedule(30, () => this.enqueue(other));
		}
	}

	/** Sends the webhook after the next one, or after `ms` if there is none. */
	private holdUntilNext(delivery: WebhookDelivery, ms: number): void {
		const timer = this.timers.schedule(ms, () => {
			this.held = this.held.filter((other) => other.delivery !== delivery);
			this.enqueue(delivery);
		});
		this.held.push({ delivery, timer });
	}

	private record(type: WebhookType, sessionId: string, body: string): WebhookDelivery {
		const delivery: WebhookDelivery = {
			id: `wh-${this.log.total + 1}`,
			at: bankTime(),
			type,
			sessionId,
			body,
			signedWith: this.settings.webhookKey,
			state: this.settings.webhookUrl === undefined ? 'noReceiver' : 'waiting',
			attempts: [],
		};
		this.log.push(delivery);
		this.feed.publish('webhook', delivery.id);
		return delivery;
	}

	private enqueue(delivery: WebhookDelivery): void {
		this.queue.push(delivery);
		this.sendNext();
	}

	private sendNext(): void {
		while (this.activeCount < this.settings.webhookParallel && this.queue.length > 0) {
			const delivery = this.queue.shift() as WebhookDelivery;
			this.activeCount += 1;
			void this.send(delivery).finally(() => {
				this.activeCount -= 1;
				this.feed.publish('webhook', delivery.id);
				this.sendNext();
			});
		}
	}

	private async send(delivery: WebhookDelivery): Promise<void> {
		const { webhookUrl, webhookKey, webhookTimeoutMs } = this.settings;
		if (this.isStopped || webhookUrl === undefined) return;
		const started = performance.now();
		const attempt: WebhookAttempt = { at: bankTime(), ms: 0 };
		delivery.signedWith = webhookKey;
		try {
			const signature = await signTextAsync(delivery.body, this.signers[webhookKey]);
			const headers = { 'content-type': 'application/json', 'x-partner-sign': signature };
			const body = Buffer.from(delivery.body);
			attempt.status = await this.poster.post(webhookUrl, body, headers, webhookTimeoutMs);
		} catch (error) {
			attempt.error = error instanceof Error ? error.message : String(error);
		}
		attempt.ms = Math.round(performance.now() - started);
		delivery.attempts.push(attempt);
		const isAccepted =
			attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300;
		if (isAccepted) delivery.state = 'delivered';
		else this.retryLater(delivery);
	}

	private retryLater(delivery: WebhookDelivery): void {
		const { webhookRetryMs, webhookRetryFactor, webhookAttempts } = this.settings;
		const attemptCount = delivery.attempts.length;
		if (this.isStopped) return;
		if (attemptCount >= webhookAttempts) {
			delivery.state = 'failed';
			return;
		}
		const ms = webhookRetryMs * webhookRetryFactor ** (attemptCount - 1);
		this.timers.schedule(ms, () => this.enqueue(delivery));
	}
}
