import { compact, type JsonObject } from '../lib/json';

/** The person in the partner's system (bank's page "Objects", Customer). `reference` is mandatory in it. */
export interface Customer {
	reference: string;
	email?: string;
	phone?: string;
}

/** A routing tag that was agreed with the bank (PHP SDK). */
export interface RoutingTag {
	rootTag: string;
	values: string[];
}

/** Optional data of payouts, payments, receipts and refunds. */
export interface OrderExtras {
	customer?: Customer;
	/** Participant objects of `participantObject()`; the payout method adds its own fields to them. */
	sender?: JsonObject;
	recipient?: JsonObject;
	/** Any data of the user. The bank returns it in webhooks, beside `reference`. */
	metadata?: JsonObject;
	/** PHP SDK only. */
	routingTags?: RoutingTag[];
	/** PHP SDK only: fingerprints of the payer's device, for the bank's antifraud. */
	deviceSessionIds?: string[];
	/** PHP SDK only, payments and refunds: the shares that `splitOf()` has checked. */
	revenueSplit?: JsonObject[];
}

/** The body fields that come from the extras. `metadata` always has the reference, whatever the user put there. */
export function extraFields(extras: OrderExtras, reference: string): JsonObject {
	return compact({
		customer: customerObject(extras.customer),
		custom_routing: routingObject(extras.routingTags),
		payment_metadata: deviceObject(extras.deviceSessionIds),
		revenue_split_info: extras.revenueSplit,
		metadata: { ...extras.metadata, reference },
	});
}

/** The bank's Customer object; email and phone share one entry of `contacts`. */
export function customerObject(customer: Customer | undefined): JsonObject | undefined {
	if (!customer) return undefined;
	const { reference, email, phone } = customer;
	const contact = compact({ email, phone });
	return { reference, ...(Object.keys(contact).length > 0 && { contacts: [contact] }) };
}

function routingObject(tags: RoutingTag[] = []): JsonObject | undefined {
	if (tags.length === 0) return undefined;
	return { tags: tags.map(({ rootTag, values }) => ({ root_tag: rootTag, values })) };
}

function deviceObject(ids: string[] = []): JsonObject | undefined {
	if (ids.length === 0) return undefined;
	return ids.length === 1 ? { device_session_id: ids[0] } : { device_session_id_list: ids };
}
