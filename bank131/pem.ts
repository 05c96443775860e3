import {
	createPrivateKey,
	createPublicKey,
	sign,
	verify,
	X509Certificate,
	type KeyObject,
} from 'crypto';

import { missingBytes, readBlocks, type Block } from './armour';
import { good, type CheckedField } from './problem';
import { remembered } from './remembered';

/** The credential's fields, as the messages name them. */
const PRIVATE = 'Private Key';
const PASSPHRASE = 'Passphrase';
const PUBLIC = 'Bank Public Key';

/** Assumption: the bank's documents state no minimum. Shorter RSA keys have been factored in practice. */
const MINIMUM_BITS = 1024;
const CACHE_SIZE = 32;

type Failed = Extract<CheckedField<never>, { ok: false }>;

function wrong(field: string, message: string, remedy: string): Failed {
	return { ok: false, problem: { field, message: `${field} ${message}`, remedy } };
}

const WHOLE_PRIVATE =
	'Paste the whole file with your RSA private key, from the BEGIN line to the END line.';
const WHOLE_PUBLIC =
	'Paste the public key that Bank 131 gave you, from the BEGIN line to the END line. It is not the public half of your own key.';
const MAKE_RSA =
	'Bank 131 works with RSA keys. Make one with "openssl genrsa -out private_key.pem 2048" and register its public half with the bank.';

/** Runs `read`, turning OpenSSL's exception into its code. */
function attempt<T>(read: () => T): { key: T } | { code: string } {
	try {
		return { key: read() };
	} catch (error) {
		return { code: String((error as { code?: unknown }).code ?? 'unknown') };
	}
}

/** OpenSSL is slow to say no, so what is no complete ASN.1 sequence is not even shown to it. */
function firstOf(der: Buffer, ...reads: Array<() => KeyObject>): KeyObject | undefined {
	if (missingBytes(der) !== 0) return undefined;
	for (const read of reads) {
		const result = attempt(read);
		if ('key' in result) return result.key;
	}
	return undefined;
}

/** A private key in the clear, whatever the BEGIN line calls it. */
function plainPrivateKey(der: Buffer): KeyObject | undefined {
	return firstOf(
		der,
		() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
		() => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }),
		() => createPrivateKey({ key: der, format: 'der', type: 'sec1' }),
	);
}

/** A public key or the one in a certificate, whatever the BEGIN line calls it. An expired certificate still serves. */
function publicKey(der: Buffer): KeyObject | undefined {
	return firstOf(
		der,
		() => createPublicKey({ key: der, format: 'der', type: 'spki' }),
		() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }),
		() => new X509Certificate(der).publicKey,
	);
}

/** Encrypted PKCS#8 names a password-based scheme (PKCS#5 or PKCS#12) at its start. */
function isEncryptedPkcs8({ der }: Block): boolean {
	const start = der.subarray(0, 32).toString('hex');
	return start.includes('2a864886f70d0105') || start.includes('2a864886f70d010c01');
}

function decrypt(block: Block, passphrase: string) {
	return attempt(() =>
		block.legacyEncrypted
			? createPrivateKey({ key: block.legacyEncrypted, format: 'pem', passphrase })
			: createPrivateKey({ key: block.der, format: 'der', type: 'pkcs8', passphrase }),
	);
}

function openEncrypted(block: Block, passphrase: string): CheckedField<KeyObject> {
	if (passphrase === '') {
		return wrong(
			PASSPHRASE,
			'is empty, but the private key is protected by one',
			`Enter the passphrase that was chosen when the key was made, or paste a key without protection into "${PRIVATE}".`,
		);
	}
	const exact = decrypt(block, passphrase);
	if ('key' in exact) return good(exact.key);
	// A passphrase copied from a note often brings its line break along.
	const trimmed = decrypt(block, passphrase.trim());
	if ('key' in trimmed) return good(trimmed.key);
	if (exact.code === 'ERR_OSSL_EVP_UNSUPPORTED') {
		return wrong(
			PRIVATE,
			'is protected by a cipher that is no longer supported',
			'Convert it with "openssl pkcs8 -topk8 -v2 aes256 -in old.pem -out new.pem" and paste the new file.',
		);
	}
	return wrong(
		PASSPHRASE,
		'does not open the private key',
		'Check upper and lower case and the keyboard layout. If it is right, part of the private key may be missing: paste the key again.',
	);
}

function damaged(field: string, blocks: Block[], remedy: string): Failed {
	const cut = blocks.find((block) => missingBytes(block.der) > 0);
	if (cut) {
		return wrong(field, 'ends too early: part of the key is missing', remedy);
	}
	return wrong(field, 'is not a key in PEM format', remedy);
}

/** Formats of other programs, told by words in them. */
function foreignFormat(field: string, text: string): Failed | undefined {
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
function onlyRsa(field: string, key: KeyObject): CheckedField<KeyObject> {
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
	return good(key);
}

/** A character lost or changed in copying can leave a key that loads and signs wrongly. */
function signsForItself(key: KeyObject): boolean {
	const probe = Buffer.from('probe');
	const result = attempt(() =>
		verify('RSA-SHA256', probe, createPublicKey(key), sign('RSA-SHA256', probe, key)),
	);
	return 'key' in result && result.key;
}

function notPrivate(blocks: Block[]): Failed | undefined {
	for (const block of blocks) {
		if (!publicKey(block.der)) continue;
		const isCertificate = block.label.includes('CERTIFICATE');
		return wrong(
			PRIVATE,
			isCertificate ? 'holds a certificate' : 'holds a public key',
			`${WHOLE_PRIVATE} A ${isCertificate ? 'certificate' : 'public key'} of the bank belongs in "${PUBLIC}".`,
		);
	}
	return undefined;
}

function readPrivateKey(text: string, passphrase: string): CheckedField<KeyObject> {
	if (text.trim() === '') return wrong(PRIVATE, 'is empty', WHOLE_PRIVATE);
	const foreign = foreignFormat(PRIVATE, text);
	if (foreign) return foreign;
	const { blocks } = readBlocks(text);
	for (const block of blocks) {
		const encrypted = block.legacyEncrypted !== undefined || isEncryptedPkcs8(block);
		const opened = encrypted ? openEncrypted(block, passphrase) : undefined;
		if (opened && !opened.ok) {
			return missingBytes(block.der) > 0 ? damaged(PRIVATE, [block], WHOLE_PRIVATE) : opened;
		}
		const key = opened ? opened.value : plainPrivateKey(block.der);
		if (!key) continue;
		const checked = onlyRsa(PRIVATE, key);
		if (!checked.ok || signsForItself(key)) return checked;
		return wrong(
			PRIVATE,
			'was changed in copying: it cannot check its own signature',
			WHOLE_PRIVATE,
		);
	}
	return notPrivate(blocks) ?? damaged(PRIVATE, blocks, WHOLE_PRIVATE);
}

function readPublicKeys(text: string): CheckedField<KeyObject[]> {
	if (text.trim() === '') return wrong(PUBLIC, 'is empty', WHOLE_PUBLIC);
	const foreign = foreignFormat(PUBLIC, text);
	if (foreign) return foreign;
	const { blocks, unreadable } = readBlocks(text);
	const keys: KeyObject[] = [];
	for (const block of blocks) {
		if (block.legacyEncrypted || isEncryptedPkcs8(block) || plainPrivateKey(block.der)) {
			return wrong(
				PUBLIC,
				'holds a private key',
				`${WHOLE_PUBLIC} Your own key belongs in "${PRIVATE}".`,
			);
		}
		const key = publicKey(block.der);
		if (!key) return damaged(PUBLIC, [block], WHOLE_PUBLIC);
		const checked = onlyRsa(PUBLIC, key);
		if (!checked.ok) return checked;
		keys.push(checked.value);
	}
	return keys.length > 0 && unreadable.length === 0
		? good(keys)
		: damaged(PUBLIC, [], WHOLE_PUBLIC);
}

const rememberedPrivateKey = remembered(CACHE_SIZE, readPrivateKey);
const rememberedPublicKeys = remembered(CACHE_SIZE, readPublicKeys);

/** A credential field is text, unless an expression made something else of it. */
function textOf(value: unknown): string {
	return typeof value === 'string'
		? value
		: value === undefined || value === null
			? ''
			: String(value);
}

/**
 * The partner's RSA key from whatever was pasted: PKCS#1 or PKCS#8, plain or encrypted, armour damaged or missing.
 * The problem names the field to look at: `Private Key` or `Passphrase`. Answers are cached by the exact text.
 */
export function loadPrivateKey(pem: unknown, passphrase?: unknown): CheckedField<KeyObject> {
	return rememberedPrivateKey(textOf(pem), textOf(passphrase));
}

/**
 * The bank's RSA keys, one or several one after another (for a change of keys): public keys or X.509 certificates.
 * One unreadable block refuses them all, so a typo cannot go unnoticed until the bank changes its key.
 */
export function loadPublicKeys(pem: unknown): CheckedField<KeyObject[]> {
	return rememberedPublicKeys(textOf(pem));
}
