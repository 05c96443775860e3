import {
	createPublicKey,
	generateKeyPairSync,
	sign as rsaSign,
	verify as rsaVerify,
	type KeyObject,
} from 'node:crypto';

/** An RSA key pair, PEM. */
export interface KeyPair {
	privateKey: string;
	publicKey: string;
}

/** Generates an RSA key pair of 2048 bits: SPKI and PKCS#8, PEM. */
export function generateKeyPair(): KeyPair {
	return generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	});
}

/** Key pairs of the partner and of the bank. */
export interface SandboxKeys {
	partner: KeyPair;
	bank: KeyPair;
	/** The next key of the bank, to test key rotation. */
	bankNext: KeyPair;
}

let cached: SandboxKeys | undefined;

/** Key pairs shared by all sandboxes of this process: one pair takes up to a second to generate. */
export function processKeys(): SandboxKeys {
	cached ??= {
		partner: generateKeyPair(),
		bank: generateKeyPair(),
		bankNext: generateKeyPair(),
	};
	return cached;
}

const publicKeys = new Map<string, KeyObject>();

function cachedPublicKey(publicKey: string): KeyObject {
	let key = publicKeys.get(publicKey);
	if (key === undefined) {
		key = createPublicKey(publicKey);
		if (publicKeys.size > 32) publicKeys.clear();
		publicKeys.set(publicKey, key);
	}
	return key;
}

/**
 * Verifies RSA PKCS#1 v1.5 with SHA-256 over the exact bytes of the body; the signature is Base64
 * (api/01). Text that is not Base64 gives `false`.
 */
export function verifySignature(body: Buffer, signature: string, publicKey: string): boolean {
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false;
	return rsaVerify('sha256', body, cachedPublicKey(publicKey), Buffer.from(signature, 'base64'));
}

/** Signs a body with RSA PKCS#1 v1.5 and SHA-256; returns Base64 (api/01). */
export function signText(body: string | Buffer, privateKey: string | KeyObject): string {
	return rsaSign('sha256', Buffer.from(body), privateKey).toString('base64');
}

/** Like `signText`, in the thread pool: signing of many webhooks must not delay API responses. */
export function signTextAsync(body: string, privateKey: KeyObject): Promise<string> {
	return new Promise((resolve, reject) => {
		rsaSign('sha256', Buffer.from(body), privateKey, (error, signature) => {
			if (error) reject(error);
			else resolve(signature.toString('base64'));
		});
	});
}
