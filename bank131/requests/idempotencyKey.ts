import { createHash } from 'crypto';

/**
 * The idempotency key of `text`: the text itself if it is 1–64 printable ASCII characters, else the SHA-256 of its
 * UTF-8 in hex. Equal for every retry.
 * Assumption: 64 ASCII characters are accepted; the bank documents no format for the key.
 */
export function idempotencyKey(text: string): string {
	return /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/.test(text) ? text : hashOf(text);
}

/** SHA-256 of the text's UTF-8, in hex. */
export const hashOf = (text: string): string =>
	createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * The idempotency key of the operation with this reference. A payout, a payment, a refund and a receipt may have the
 * same reference, so each kind has its own key: it is not public whether the bank compares keys per method.
 */
export const keyOf = (
	reference: string,
	kind: 'payout' | 'payment' | 'receipt' | 'refund' = 'payout',
): string => {
	if (kind !== 'payout') return idempotencyKey(`${kind}:${reference}`);
	return /^(payment|receipt|refund):/.test(reference)
		? hashOf(reference)
		: idempotencyKey(reference);
};
