import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../lib/json.mts';
import type { Scenarios } from '../config/scenarios.mts';
import { bankTime } from '../protocol/bankTime.mts';

/** A question to the register of self-employed persons (NPD). */
interface NpdRequest {
	kind: 'check' | 'personalInfo';
	taxReference: string;
	polls: number;
}

/** A request of a self-employed person, made in the widget, to be linked to the bank. */
export interface LinkRequest {
	inn: string;
	/** States that the widget shows (api/11.5). */
	status: 'sent' | 'confirmed' | 'rejected';
}

interface Notification {
	id: string;
	title: string;
	message: string;
	status: 'NEW' | 'ACKNOWLEDGED' | 'ARCHIVED';
	created_at: string;
}

/** Number of polls for which an INN in the state `slow` is pending. */
const SLOW_STATE_POLLS = 3;

const TAX_SERVICE_ERROR = {
	status: 'error',
	error: { code: 'npd_service_internal_error', description: 'The tax service did not answer' },
};

/**
 * The register of self-employed persons: asynchronous results by request_id (api/10.2–3), and
 * notifications.
 */
export class NpdRequests {
	private readonly requests = new Map<string, NpdRequest>();
	private readonly notifications = new Map<string, Notification[]>();

	constructor(private readonly scenarios: Scenarios) {}

	/** Creates a request and returns its request_id. */
	createRequest(kind: NpdRequest['kind'], taxReference: string): string {
		const id = randomUUID();
		this.requests.set(id, { kind, taxReference, polls: 0 });
		return id;
	}

	/** Response body of a poll; `undefined` if the request_id is unknown. */
	poll(requestId: string): JsonObject | undefined {
		const request = this.requests.get(requestId);
		if (request === undefined) return undefined;
		request.polls += 1;
		const state = this.scenarios.taxpayerState(request.taxReference);
		if (state === 'fnsError') return TAX_SERVICE_ERROR;
		if (state === 'silent' || (state === 'slow' && request.polls <= SLOW_STATE_POLLS)) {
			return { status: 'pending' };
		}
		if (request.kind === 'personalInfo') {
			// Assumption: the docs mention a list of inconsistent parameters, but not its name.
			return { status: 'ok', mismatches: state === 'otherPerson' ? ['last_name', 'phone'] : [] };
		}
		const registered = state !== 'notSelfEmployed';
		return {
			status: 'ok',
			is_professional_income_taxpayer: registered,
			is_linked: registered && state !== 'notLinked',
		};
	}

	/** Notifications of a person. Assumption: every person has one unread notification at first. */
	notificationsOf(taxReference: string): Notification[] {
		let list = this.notifications.get(taxReference);
		if (list === undefined) {
			const text = 'The tax for the last month has been calculated';
			const first = { id: `n-${taxReference}-1`, title: 'Tax notice', message: text };
			list = [{ ...first, status: 'NEW', created_at: bankTime() }];
			this.notifications.set(taxReference, list);
		}
		return list;
	}

	/** Marks notifications as read; unknown ids are ignored. */
	acknowledge(taxReference: string, ids: string[]): void {
		for (const notification of this.notificationsOf(taxReference)) {
			if (ids.includes(notification.id)) notification.status = 'ACKNOWLEDGED';
		}
	}
}
