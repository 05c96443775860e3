import {
	createPublicKey,
	generateKeyPairSync,
	sign as rsaSign,
	verify as rsaVerify,
	type KeyObject,
} from 'node:crypto';

export interface KeyPair {
	privateKey: string;
	publicKey: string;
}

export function generateKeyPair(): KeyPair {
	return generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	});
}

export interface SandboxKeys {
	partner: KeyPair;
	bank: KeyPair;
	/** The key the bank will move to: for rotation. */
	bankNext: KeyPair;
}

let cached: SandboxKeys | undefined;

/** One set of keys per process: an RSA pair costs up to a second, a test file starts many banks. */
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

/** RSA PKCS#1 v1.5 with SHA-256 over the body's exact bytes, Base64 (api/01). Never throws. */
export function verifySignature(body: Buffer, signature: string, publicKey: string): boolean {
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false;
	return rsaVerify('sha256', body, cachedPublicKey(publicKey), Buffer.from(signature, 'base64'));
}

export function signText(body: string | Buffer, privateKey: string | KeyObject): string {
	return rsaSign('sha256', Buffer.from(body), privateKey).toString('base64');
}

/** The same in the thread pool: thousands of webhooks must not hold up the API's answers. */
export function signTextAsync(body: string, privateKey: KeyObject): Promise<string> {
	return new Promise((resolve, reject) => {
		rsaSign('sha256', Buffer.from(body), privateKey, (error, signature) => {
			if (error) reject(error);
			else resolve(signature.toString('base64'));
		});
	});
}
