import { createHash } from 'node:crypto';

/**
 * SHA-256 in hex. Input: a PAN, `bik/account`, `phone@bank_id`, `type:account` of a wallet, a token or
 * a hash.
 */
export const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex');
