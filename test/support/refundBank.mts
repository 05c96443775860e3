/** A bank with one paid payment, for the tests of refunds: what it shows of metadata, and whether it counts keys. */
import { BankClient } from '../../bank131/client/bankClient.ts';
import type { BankRequest, TransportResult } from '../../bank131/client/transport.ts';
import { createRefund, type RefundOrder } from '../../bank131/flows/refund/createRefund.ts';
import { RefundClaims } from '../../bank131/flows/refund/refundClaims.ts';
import type { RefundResult } from '../../bank131/flows/refund/refundResult.ts';
import type { Json, JsonObject } from '../../bank131/lib/json.ts';
import { answer, createProgressStore, refusal, SleepClock } from './tinyBank.mts';

/** How the bank shows the metadata of a refund; `undefined`: not at all. */
export type MetadataForm = (metadata: { reference: string }) => Json | undefined;

/** Changes the reference in the metadata. */
const changing =
	(change: (reference: string) => Json): MetadataForm =>
	({ reference }) => ({ reference: change(reference) });

const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Forms that let a person recognise the reference `Заказ №7 "A&B" – 0042/R`. */
export const ALTERED_FORMS: Record<string, MetadataForm> = {
	'in lower case': changing((reference) => reference.toLowerCase()),
	'in upper case': changing((reference) => reference.toUpperCase()),
	'escaped for HTML': changing((reference) =>
		reference.replace(/&/g, '&amp;').replace(/"/g, '&quot;'),
	),
	'escaped for HTML twice': changing((reference) => escapeHtml(escapeHtml(reference))),
	'in NFKC': changing((reference) => reference.normalize('NFKC')),
	'in lower case, NFKC and escaped': changing((reference) =>
		escapeHtml(reference.normalize('NFKC').toLowerCase()),
	),
	'as JSON text in the reference': changing((reference) => JSON.stringify(reference)),
};

/** Forms of the same reference that may also be the beginning of another. */
export const CUT_FORMS: Record<string, MetadataForm> = {
	'cut to 20 characters': changing((reference) => reference.slice(0, 20)),
	'cut to 10 characters, in lower case': changing((reference) =>
		reference.slice(0, 10).toLowerCase(),
	),
	'escaped, then cut inside an escape': changing((reference) =>
		escapeHtml(reference).slice(0, escapeHtml(reference).indexOf('&#38') + 3),
	),
	'as JSON text, cut': (metadata) => JSON.stringify(metadata).slice(0, 30),
};

/** Forms from which the exact reference can be read. */
export const EXACT_FORMS: Record<string, MetadataForm> = {
	'as it was sent': (metadata) => metadata,
	'as JSON text': (metadata) => JSON.stringify(metadata),
	'as JSON text, escaped for HTML': (metadata) => JSON.stringify(metadata).replace(/"/g, '&quot;'),
};

export const ABSENT: MetadataForm = () => undefined;

/** What happens to the requests for a refund, one after the other; `ok` when the list is empty. */
export type RefundFate =
	| 'ok'
	| 'lostBefore'
	| 'lostAfter'
	| 'late'
	| 'unlisted'
	| 'busyBefore'
	| 'busyAfter';

const busy: TransportResult = { httpStatus: 429, text: '' };

interface BankRefund {
	id: string;
	amount: number;
	status: string;
	metadata?: Json;
	isChargeback?: boolean;
}

export class RefundBank {
	readonly refunds: BankRefund[] = [];
	/** References of the requests for a refund. */
	readonly requested: string[] = [];
	private readonly keys = new Set<string>();
	private late: Array<() => void> = [];

	constructor(
		readonly rules: { form: MetadataForm; countsKeys: boolean },
		private readonly fates: RefundFate[] = [],
	) {}

	/** A refund that this test does not request. Its metadata are shown as they are here. */
	add(amount: number, more: Partial<BankRefund> = {}): void {
		const id = `rf_${this.refunds.length + 1}`;
		this.refunds.push({ id, amount, status: 'in_progress', ...more });
	}

	/** One execution: its orders run at once and share their claims. */
	async run(
		orders: Array<Partial<RefundOrder> & { reference: string }>,
		{ stores = orders.map(() => createProgressStore()), claims = new RefundClaims() } = {},
	): Promise<RefundResult[]> {
		return await Promise.all(
			orders.map(async (order, index) => {
				const bank = new BankClient(this.transport, 'v2', new SleepClock());
				const amount = { minorUnits: 3000, currency: 'rub' };
				return await createRefund(
					{ sessionId: 'ps_1', amount, ...order },
					{ bank, progressStore: stores[index], claims },
				);
			}),
		);
	}

	private readonly transport = async ({
		path,
		body = {},
		idempotencyKey = '',
	}: BankRequest): Promise<TransportResult> => {
		if (path.endsWith('/status')) {
			const response = this.show();
			for (const book of this.late.splice(0)) book();
			return response;
		}
		const reference = String((body.metadata as JsonObject).reference);
		this.requested.push(reference);
		const fate = this.fates.shift() ?? 'ok';
		if (fate === 'busyBefore') return busy;
		if (fate === 'lostBefore') return { failure: 'lost', message: 'reset' };
		if (this.rules.countsKeys && this.keys.has(idempotencyKey)) {
			return refusal('idempotency_key_already_exists');
		}
		this.keys.add(idempotencyKey);
		const book = () => this.add(this.amountOf(body), { metadata: this.rules.form({ reference }) });
		if (fate === 'late') {
			this.late.push(book);
			return { failure: 'lost', message: 'reset' };
		}
		if (fate === 'unlisted') {
			const response = this.show();
			book();
			return response;
		}
		book();
		if (fate === 'busyAfter') return busy;
		return fate === 'lostAfter' ? { failure: 'lost', message: 'reset' } : this.show();
	};

	private amountOf(body: JsonObject): number {
		const asked = (body.amount_details as JsonObject | undefined)?.amount;
		const refunded = this.refunds.reduce((sum, { amount }) => sum + amount, 0);
		return typeof asked === 'number' ? asked : 10_000 - refunded;
	}

	private show(): TransportResult {
		const refunds = this.refunds.map(({ id, status, amount, metadata, isChargeback }) => ({
			id,
			status,
			amount_details: { amount, currency: 'rub' },
			...(metadata !== undefined && { metadata }),
			...(isChargeback && { is_chargeback: true }),
		}));
		const payment = {
			id: 'pm_1',
			status: 'succeeded',
			amount_details: { amount: 10_000, currency: 'rub' },
			refunds,
		};
		const session = { id: 'ps_1', status: 'accepted', payment_list: [payment] };
		return answer({ status: 'ok', session });
	}
}
