import { sign as signBytes, verify as verifyBytes, type KeyObject } from 'crypto';

/** RSA with PKCS#1 v1.5 padding over SHA-256, in both directions (api/01 "Signature"). */
const ALGORITHM = 'RSA-SHA256';

const bytesOf = (data: string | Uint8Array): Uint8Array =>
	typeof data === 'string' ? Buffer.from(data, 'utf8') : data;

/**
 * `X-PARTNER-SIGN` for exactly these bytes (text counts as UTF-8): standard Base64 in one line.
 * Works in Node's thread pool, so the event loop stays free. Rejects when `key` is no RSA private key.
 */
export async function sign(data: string | Uint8Array, key: KeyObject): Promise<string> {
	return await new Promise((resolve, reject) => {
		signBytes(ALGORITHM, bytesOf(data), key, (error, signature) => {
			if (error) reject(error);
			else resolve(signature.toString('base64'));
		});
	});
}

/**
 * Whether any of `keys` made `signature` (the header's text) over exactly these bytes. Never throws: a missing header,
 * Base64 with anything else in it, or an unfit key is just a no. Works in Node's thread pool, as signing does.
 */
export async function verify(
	data: string | Uint8Array,
	signature: unknown,
	keys: KeyObject[],
): Promise<boolean> {
	if (typeof signature !== 'string') return false;
	const raw = Buffer.from(signature, 'base64');
	// Node skips what is not Base64; only text that survives the way back was clean.
	if (raw.length === 0 || raw.toString('base64') !== signature.trim()) return false;
	const bytes = bytesOf(data);
	for (const key of keys) if (await isMadeBy(key, bytes, raw)) return true;
	return false;
}

async function isMadeBy(
	key: KeyObject,
	bytes: Uint8Array,
	signature: Uint8Array,
): Promise<boolean> {
	if (key.asymmetricKeyType !== 'rsa') return false;
	return await new Promise((resolve) => {
		try {
			verifyBytes(ALGORITHM, bytes, key, signature, (error, isGenuine) => {
				resolve(!error && isGenuine);
			});
		} catch {
			resolve(false);
		}
	});
}
