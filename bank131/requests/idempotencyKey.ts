import { createHash } from 'crypto';

/**
 * The key that makes the bank refuse the same thing a second time: the text itself if it is 1–64
 * printable ASCII characters, else the SHA-256 of its UTF-8 in hex. Depends on nothing that changes between tries.
 * Assumption: the bank documents no format for the key; 64 ASCII characters fit every such API we know.
 */
export function idempotencyKey(text: string): string {
	return /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/.test(text) ? text : hashOf(text);
}

export const hashOf = (text: string): string =>
	createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * The key of what has this reference. One order may be paid by its payer, paid on, refunded and get a receipt: each has a
 * key of its own, since whether the bank counts keys per method is not public.
 */
export const keyOf = (
	reference: string,
	what: 'payout' | 'payment' | 'receipt' | 'refund' = 'payout',
): string => {
	if (what !== 'payout') return idempotencyKey(`${what}:${reference}`);
	return /^(payment|receipt|refund):/.test(reference)
		? hashOf(reference)
		: idempotencyKey(reference);
};
