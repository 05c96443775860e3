import { createHash } from 'crypto';

import { foldReference } from '../values/references';
import type { RequestKind } from './order';

/**
 * The idempotency key of the operation with this reference, equal for every retry. A payout, a payment, a refund and a
 * receipt may have the same reference, so each kind has its own key: it is not public whether the bank compares keys
 * per method. The key of a payout is the reference itself, if its form allows it. Every key comes from the folded form
 * of the reference, so of two references that look the same only one can be paid.
 */
export function idempotencyKeyOf(reference: string, kind: RequestKind | 'refund'): string {
	const folded = foldReference(reference);
	if (kind !== 'payout') return toKey(`${kind}:${folded}`);
	return /^(payment|receipt|refund):/.test(folded) ? sha256(folded) : toKey(folded);
}

/**
 * `text` itself if it is 1–64 printable ASCII characters, otherwise its hash.
 * Assumption: 64 ASCII characters are accepted; the bank documents no format for the key.
 */
function toKey(text: string): string {
	return /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/.test(text) ? text : sha256(text);
}

/** SHA-256 of the text's UTF-8, in hex. */
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
