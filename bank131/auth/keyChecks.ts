import type { KeyObject } from 'crypto';

import { invalid, ok, type Result } from '../lib/result';
import { missingBytes, type PemBlock } from './pemBlocks';
import type { ForeignKeyFormat, KeyProblem, KeyRole } from './problems';

/** Assumption: 1024 bits are enough for the bank, which documents no minimum. Shorter keys have been factored. */
const MINIMUM_BITS = 1024;

/** Why no key can be read from `blocks`: one of them is truncated, or none of them is a key. */
export function unreadableKey(role: KeyRole, blocks: PemBlock[]): KeyProblem {
	const isTruncated = blocks.some((block) => missingBytes(block.der) > 0);
	return { code: isTruncated ? 'key.truncated' : 'key.notPem', key: role };
}

/** Recognises key files of other programs by their headers; `undefined` for every other text. */
export function detectForeignFormat(text: string): ForeignKeyFormat | undefined {
	if (/OPENSSH {0,3}PRIVATE/i.test(text)) return 'opensshPrivate';
	if (/^\s*ssh-[a-z0-9]+ /.test(text) || /BEGIN SSH2/i.test(text)) return 'opensshPublic';
	if (/PuTTY-User-Key-File/i.test(text)) return 'putty';
	return undefined;
}

/** Rejects keys that the bank cannot use: signatures are RSA with PKCS#1 v1.5 and SHA-256 (api/01 "Signature"). */
export function checkRsaKey(role: KeyRole, key: KeyObject): Result<KeyObject, KeyProblem> {
	const type = key.asymmetricKeyType;
	if (type === 'rsa-pss') return invalid<KeyProblem>({ code: 'key.rsaPss', key: role });
	if (type !== 'rsa') return invalid<KeyProblem>({ code: 'key.notRsa', key: role, type });
	const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
	if (bits < MINIMUM_BITS) return invalid<KeyProblem>({ code: 'key.tooShort', key: role, bits });
	return ok(key);
}
