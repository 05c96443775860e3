import type { KeyObject } from 'crypto';

import { missingBytes, type PemBlock } from './pemBlocks';
import { ok, type CheckedField } from '../lib/result';

/** The credential's fields, as the messages name them. */
export const PRIVATE = 'Private Key';
export const PASSPHRASE = 'Passphrase';
export const PUBLIC = 'Bank Public Key';

/** Assumption: the bank's documents state no minimum. Shorter RSA keys have been factored in practice. */
const MINIMUM_BITS = 1024;
export type Failed = Extract<CheckedField<never>, { ok: false }>;

export function wrong(field: string, message: string, remedy: string): Failed {
	return { ok: false, problem: { field, message: `${field} ${message}`, remedy } };
}

export const WHOLE_PRIVATE =
	'Paste the whole file with your RSA private key, from the BEGIN line to the END line.';
export const WHOLE_PUBLIC =
	'Paste the public key that Bank 131 gave you, from the BEGIN line to the END line. It is not the public half of your own key.';
const MAKE_RSA =
	'Bank 131 works with RSA keys. Make one with "openssl genrsa -out private_key.pem 2048" and register its public half with the bank.';

export function damaged(field: string, blocks: PemBlock[], remedy: string): Failed {
	const cut = blocks.find((block) => missingBytes(block.der) > 0);
	if (cut) {
		return wrong(field, 'ends too early: part of the key is missing', remedy);
	}
	return wrong(field, 'is not a key in PEM format', remedy);
}

/** Formats of other programs, told by words in them. */
export function foreignFormat(field: string, text: string): Failed | undefined {
	const own = field === PRIVATE;
	if (/OPENSSH {0,3}PRIVATE/i.test(text)) {
		return wrong(
			field,
			'is in OpenSSH format',
			own
				? 'Convert a copy of it with "ssh-keygen -p -m PEM -f copy_of_key" and paste the result.'
				: WHOLE_PUBLIC,
		);
	}
	if (/^\s*ssh-[a-z0-9]+ /.test(text) || /BEGIN SSH2/i.test(text)) {
		return wrong(
			field,
			'is a public key in OpenSSH format',
			own
				? WHOLE_PRIVATE
				: 'Convert it with "ssh-keygen -e -m PKCS8 -f key.pub" and paste the result.',
		);
	}
	if (/PuTTY-User-Key-File/i.test(text)) {
		return wrong(
			field,
			'is in PuTTY format',
			own
				? 'In PuTTYgen choose Conversions → Export OpenSSH key, then run "ssh-keygen -p -m PEM -f exported_key" and paste the result.'
				: WHOLE_PUBLIC,
		);
	}
	return undefined;
}

/** Refuses keys the bank cannot use; the word for the kind of key is the user's, not OpenSSL's. */
export function onlyRsa(field: string, key: KeyObject): CheckedField<KeyObject> {
	const remedy = field === PRIVATE ? MAKE_RSA : WHOLE_PUBLIC;
	const type = key.asymmetricKeyType;
	if (type === 'rsa-pss') {
		return wrong(
			field,
			'is an RSA-PSS key, which cannot make or check PKCS#1 v1.5 signatures',
			remedy,
		);
	}
	if (type !== 'rsa') {
		const name =
			type === 'ec' ? 'an elliptic-curve (EC)' : `a ${(type ?? 'foreign').toUpperCase()}`;
		return wrong(field, `is ${name} key, not an RSA key`, remedy);
	}
	const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
	if (bits < MINIMUM_BITS) {
		return wrong(field, `is an RSA key of only ${bits} bits, which is not safe`, remedy);
	}
	return ok(key);
}
