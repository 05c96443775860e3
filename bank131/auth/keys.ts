import {
	createPrivateKey,
	createPublicKey,
	sign,
	verify,
	X509Certificate,
	type KeyObject,
} from 'crypto';

import { missingBytes, parsePemBlocks, type PemBlock } from './pemBlocks';
import {
	damaged,
	foreignFormat,
	onlyRsa,
	PASSPHRASE,
	PRIVATE,
	PUBLIC,
	WHOLE_PRIVATE,
	WHOLE_PUBLIC,
	wrong,
	type Failed,
} from './keyErrors';
import { ok, type CheckedField } from '../lib/result';
import { memoizeLru } from '../lib/memoize';

const CACHE_SIZE = 32;

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
function isEncryptedPkcs8({ der }: PemBlock): boolean {
	const start = der.subarray(0, 32).toString('hex');
	return start.includes('2a864886f70d0105') || start.includes('2a864886f70d010c01');
}

function decrypt(block: PemBlock, passphrase: string) {
	return attempt(() =>
		block.legacyEncrypted
			? createPrivateKey({ key: block.legacyEncrypted, format: 'pem', passphrase })
			: createPrivateKey({ key: block.der, format: 'der', type: 'pkcs8', passphrase }),
	);
}

function openEncrypted(block: PemBlock, passphrase: string): CheckedField<KeyObject> {
	if (passphrase === '') {
		return wrong(
			PASSPHRASE,
			'is empty, but the private key is protected by one',
			`Enter the passphrase that was chosen when the key was made, or paste a key without protection into "${PRIVATE}".`,
		);
	}
	const exact = decrypt(block, passphrase);
	if ('key' in exact) return ok(exact.key);
	// A passphrase copied from a note often brings its line break along.
	const trimmed = decrypt(block, passphrase.trim());
	if ('key' in trimmed) return ok(trimmed.key);
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

/** A character lost or changed in copying can leave a key that loads and signs wrongly. */
function signsForItself(key: KeyObject): boolean {
	const probe = Buffer.from('probe');
	const result = attempt(() =>
		verify('RSA-SHA256', probe, createPublicKey(key), sign('RSA-SHA256', probe, key)),
	);
	return 'key' in result && result.key;
}

function notPrivate(blocks: PemBlock[]): Failed | undefined {
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
	const { blocks } = parsePemBlocks(text);
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
	const { blocks, unreadable } = parsePemBlocks(text);
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
	return keys.length > 0 && unreadable.length === 0 ? ok(keys) : damaged(PUBLIC, [], WHOLE_PUBLIC);
}

const rememberedPrivateKey = memoizeLru(CACHE_SIZE, readPrivateKey);
const rememberedPublicKeys = memoizeLru(CACHE_SIZE, readPublicKeys);

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
