import {
	createPrivateKey,
	createPublicKey,
	sign,
	verify,
	X509Certificate,
	type KeyObject,
} from 'crypto';

import { memoizeLru } from '../lib/memoize';
import { invalid, ok, type Result } from '../lib/result';
import { checkRsaKey, detectForeignFormat, unreadableKey } from './keyChecks';
import { missingBytes, parsePemBlocks, type PemBlock } from './pemBlocks';
import type { KeyProblem } from './problems';

/** Cached results per kind of key. A credential has one key text of each kind. */
const CACHE_SIZE = 32;

type KeyResult<T> = Result<T, KeyProblem>;

/**
 * Parses the partner's RSA private key from pasted text: PKCS#1 or PKCS#8, plain or encrypted, with damaged or missing
 * BEGIN and END lines. Results are cached by the exact text and passphrase. Never throws.
 */
export function loadPrivateKey(pem: unknown, passphrase?: unknown): KeyResult<KeyObject> {
	return readPrivateKeyCached(textOf(pem), textOf(passphrase));
}

/**
 * Parses the bank's RSA public keys from pasted text: public keys or X.509 certificates, in the order of the text.
 * While the bank changes its key there are several. One unreadable block rejects the whole text: otherwise a damaged
 * new key would go unnoticed until the bank starts to use it. Results are cached by the exact text. Never throws.
 */
export function loadPublicKeys(pem: unknown): KeyResult<KeyObject[]> {
	return readPublicKeysCached(textOf(pem));
}

const readPrivateKeyCached = memoizeLru(CACHE_SIZE, readPrivateKey);

const readPublicKeysCached = memoizeLru(CACHE_SIZE, readPublicKeys);

function readPrivateKey(text: string, passphrase: string): KeyResult<KeyObject> {
	if (text.trim() === '') return invalid<KeyProblem>({ code: 'key.empty', key: 'private' });
	const format = detectForeignFormat(text);
	if (format) return invalid<KeyProblem>({ code: 'key.foreignFormat', key: 'private', format });
	const { blocks } = parsePemBlocks(text);
	for (const block of blocks) {
		const decrypted = isEncrypted(block) ? decryptPrivateKey(block, passphrase) : undefined;
		if (decrypted && !decrypted.ok) {
			return missingBytes(block.der) > 0 ? invalid(unreadableKey('private', [block])) : decrypted;
		}
		const key = decrypted ? decrypted.value : parsePlainPrivateKey(block.der);
		if (!key) continue;
		const checked = checkRsaKey('private', key);
		if (!checked.ok || isConsistent(key)) return checked;
		return invalid<KeyProblem>({ code: 'key.inconsistent', key: 'private' });
	}
	return invalid(findPublicContent(blocks) ?? unreadableKey('private', blocks));
}

function readPublicKeys(text: string): KeyResult<KeyObject[]> {
	if (text.trim() === '') return invalid<KeyProblem>({ code: 'key.empty', key: 'public' });
	const format = detectForeignFormat(text);
	if (format) return invalid<KeyProblem>({ code: 'key.foreignFormat', key: 'public', format });
	const { blocks, undecodableLabels } = parsePemBlocks(text);
	const keys: KeyObject[] = [];
	for (const block of blocks) {
		if (isEncrypted(block) || parsePlainPrivateKey(block.der)) {
			return invalid<KeyProblem>({ code: 'key.wrongKind', key: 'public', content: 'privateKey' });
		}
		const key = parsePublicKey(block.der);
		if (!key) return invalid(unreadableKey('public', [block]));
		const checked = checkRsaKey('public', key);
		if (!checked.ok) return checked;
		keys.push(checked.value);
	}
	return keys.length > 0 && undecodableLabels.length === 0
		? ok(keys)
		: invalid(unreadableKey('public', []));
}

/** The first key that one of `readers` returns. OpenSSL fails slowly, so incomplete ASN.1 is not passed to it. */
function firstReadable(der: Buffer, ...readers: Array<() => KeyObject>): KeyObject | undefined {
	if (missingBytes(der) !== 0) return undefined;
	for (const read of readers) {
		const result = attempt(read);
		if ('value' in result) return result.value;
	}
	return undefined;
}

/** Parses an unencrypted private key. The content decides the format; the label of the BEGIN line is ignored. */
function parsePlainPrivateKey(der: Buffer): KeyObject | undefined {
	return firstReadable(
		der,
		() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
		() => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }),
		() => createPrivateKey({ key: der, format: 'der', type: 'sec1' }),
	);
}

/**
 * Parses a public key, or the public key of a certificate. The label of the BEGIN line is ignored. The dates of a
 * certificate are not checked, so an expired one is accepted.
 */
function parsePublicKey(der: Buffer): KeyObject | undefined {
	return firstReadable(
		der,
		() => createPublicKey({ key: der, format: 'der', type: 'spki' }),
		() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }),
		() => new X509Certificate(der).publicKey,
	);
}

function decryptPrivateKey(block: PemBlock, passphrase: string): KeyResult<KeyObject> {
	if (passphrase === '') return invalid<KeyProblem>({ code: 'passphrase.empty' });
	const exact = tryDecrypt(block, passphrase);
	if ('value' in exact) return ok(exact.value);
	// A passphrase copied from a text often ends with a line break.
	const trimmed = tryDecrypt(block, passphrase.trim());
	if ('value' in trimmed) return ok(trimmed.value);
	return exact.errorCode === 'ERR_OSSL_EVP_UNSUPPORTED'
		? invalid<KeyProblem>({ code: 'key.unsupportedCipher', key: 'private' })
		: invalid<KeyProblem>({ code: 'passphrase.wrong' });
}

function tryDecrypt(block: PemBlock, passphrase: string) {
	return attempt(() =>
		block.legacyEncrypted
			? createPrivateKey({ key: block.legacyEncrypted, format: 'pem', passphrase })
			: createPrivateKey({ key: block.der, format: 'der', type: 'pkcs8', passphrase }),
	);
}

/** Encrypted PKCS#8 has the OID of a password-based scheme (PKCS#5 or PKCS#12) in its first bytes. */
function isEncryptedPkcs8({ der }: PemBlock): boolean {
	const start = der.subarray(0, 32).toString('hex');
	return start.includes('2a864886f70d0105') || start.includes('2a864886f70d010c01');
}

const isEncrypted = (block: PemBlock): boolean =>
	block.legacyEncrypted !== undefined || isEncryptedPkcs8(block);

/** Whether the public half verifies what the private half signs. A key with one changed character may still load. */
function isConsistent(key: KeyObject): boolean {
	const probe = Buffer.from('probe');
	const result = attempt(() =>
		verify('RSA-SHA256', probe, createPublicKey(key), sign('RSA-SHA256', probe, key)),
	);
	return 'value' in result && result.value;
}

/** The problem, if the text holds a certificate or a public key instead of a private key. */
function findPublicContent(blocks: PemBlock[]): KeyProblem | undefined {
	const block = blocks.find(({ der }) => parsePublicKey(der));
	if (!block) return undefined;
	const content = block.label.includes('CERTIFICATE') ? 'certificate' : 'publicKey';
	return { code: 'key.wrongKind', key: 'private', content };
}

/** The value of `read`, or the code of the exception that OpenSSL throws. */
function attempt<T>(read: () => T): { value: T } | { errorCode: string } {
	try {
		return { value: read() };
	} catch (error) {
		return { errorCode: String((error as { code?: unknown }).code ?? 'unknown') };
	}
}

/** A credential field holds text, but an expression may give any value. */
function textOf(value: unknown): string {
	return typeof value === 'string'
		? value
		: value === undefined || value === null
			? ''
			: String(value);
}
