import type { KeyObject } from 'node:crypto';
import { BoundedLog } from '../lib/boundedLog.mts';
import type { Faults } from '../config/faults.mts';
import type { Feed } from '../lib/eventFeed.mts';
import { signTextAsync } from '../protocol/keys.mts';
import type { Session } from '../store/model.mts';
import type { Settings } from '../config/settings.mts';
import { Timers } from '../lib/timers.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { webhookBody, type WebhookType } from './webhookBody.mts';
import { Poster } from './httpPoster.mts';

export interface WebhookAttempt {
	at: string;
	/** HTTP status of the partner's answer; undefined when none came. */
	status?: number;
	error?: string;
	ms: number;
}

export interface WebhookDelivery {
	id: string;
	at: string;
	type: WebhookType;
	sessionId: string;
	/** The exact bytes sent; empty when nobody is told about webhooks. */
	body: string;
	signedWith: 'current' | 'next';
	state: 'waiting' | 'delivered' | 'failed' | 'dropped' | 'noReceiver';
	fault?: string;
	attempts: WebhookAttempt[];
}

/** How long a reordered webhook waits to be overtaken. */
const reorderMs = 1_000;

/** Tells the partner what happens; repeats at growing intervals until a 2xx answer (api/05). */
export class Webhooks {
	readonly log: BoundedLog<WebhookDelivery>;
	private readonly timers = new Timers();
	private readonly poster = new Poster();
	private readonly queue: WebhookDelivery[] = [];
	private overtakable: WebhookDelivery[] = [];
	private sending = 0;
	private stopped = false;

	constructor(
		private readonly settings: Settings,
		private readonly faults: Faults,
		private readonly signers: { current: KeyObject; next: KeyObject },
		private readonly feed: Feed,
	) {
		this.log = new BoundedLog(() => settings.logSize);
	}

	announce(type: WebhookType, session: Session): void {
		const { webhookUrl, webhookVersion } = this.settings;
		const version = webhookVersion === 'session' ? session.version : webhookVersion;
		const body = webhookUrl === undefined ? '' : webhookBody(type, session, version);
		this.dispatch(type, session.id, body);
	}

	/** Sends the same bytes once more, as a bank does when its operator presses the button. */
	resend(id: string): WebhookDelivery | undefined {
		const old = this.log.entries.find((delivery) => delivery.id === id);
		if (old === undefined || old.body === '') return undefined;
		const again = this.note(old.type, old.sessionId, old.body);
		this.enqueue(again);
		return again;
	}

	/** Sends any body (a test's own), signed by the bank. */
	sendText(type: WebhookType, sessionId: string, body: string): WebhookDelivery {
		const delivery = this.note(type, sessionId, body);
		this.enqueue(delivery);
		return delivery;
	}

	get working(): boolean {
		return this.sending > 0 || this.queue.length > 0 || this.timers.working;
	}

	stop(): void {
		this.stopped = true;
		this.timers.clear();
		this.queue.length = 0;
		this.poster.close();
	}

	private dispatch(type: WebhookType, sessionId: string, body: string): void {
		const delivery = this.note(type, sessionId, body);
		if (this.settings.webhookUrl === undefined) return;
		const fault = this.faults.strike({ type, sessionId }, true);
		delivery.fault = fault?.kind;
		const overtaking = this.overtakable;
		this.overtakable = [];
		if (fault?.kind === 'webhookDrop') delivery.state = 'dropped';
		else if (fault?.kind === 'webhookDelay') {
			this.timers.after(fault.ms ?? 500, () => this.enqueue(delivery));
		} else if (fault?.kind === 'webhookReorder') this.holdBack(delivery, fault.ms ?? reorderMs);
		else this.enqueue(delivery);
		if (fault?.kind === 'webhookDuplicate') this.enqueue(this.note(type, sessionId, body));
		for (const late of overtaking) this.timers.after(30, () => this.enqueue(late));
	}

	/** Goes out after the next webhook, or alone when none comes. */
	private holdBack(delivery: WebhookDelivery, ms: number): void {
		this.overtakable.push(delivery);
		this.timers.after(ms, () => {
			if (!this.overtakable.includes(delivery)) return;
			this.overtakable = this.overtakable.filter((other) => other !== delivery);
			this.enqueue(delivery);
		});
	}

	private note(type: WebhookType, sessionId: string, body: string): WebhookDelivery {
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
		while (this.sending < this.settings.webhookParallel && this.queue.length > 0) {
			const delivery = this.queue.shift() as WebhookDelivery;
			this.sending += 1;
			void this.send(delivery).finally(() => {
				this.sending -= 1;
				this.feed.publish('webhook', delivery.id);
				this.sendNext();
			});
		}
	}

	private async send(delivery: WebhookDelivery): Promise<void> {
		const { webhookUrl, webhookKey, webhookTimeoutMs } = this.settings;
		if (this.stopped || webhookUrl === undefined) return;
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
		const taken = attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300;
		if (taken) delivery.state = 'delivered';
		else this.retryLater(delivery);
	}

	private retryLater(delivery: WebhookDelivery): void {
		const { webhookRetryMs, webhookRetryFactor, webhookAttempts } = this.settings;
		const made = delivery.attempts.length;
		if (this.stopped) return;
		if (made >= webhookAttempts) {
			delivery.state = 'failed';
			return;
		}
		const ms = webhookRetryMs * webhookRetryFactor ** (made - 1);
		this.timers.after(ms, () => this.enqueue(delivery));
	}
}
