import { sign as signBytes, verify as verifyBytes, type KeyObject } from 'crypto';

/** RSA with PKCS#1 v1.5 padding over SHA-256, for requests and webhooks (api/01 "Signature"). */
const ALGORITHM = 'RSA-SHA256';

/**
 * A body of up to this many bytes, which every real webhook has, is verified at once: with the hash that takes some 25
 * µs, and to hand the work to a thread and back takes as long again. A larger one is verified in Node's thread pool, so
 * that a large forgery does not block the event loop.
 */
const VERIFIED_AT_ONCE_BYTES = 16 * 1024;

const toBytes = (data: string | Uint8Array): Uint8Array =>
	typeof data === 'string' ? Buffer.from(data, 'utf8') : data;

/**
 * Value of the header `X-PARTNER-SIGN` for exactly these bytes; text is encoded as UTF-8. The signature is standard
 * Base64 without line breaks. It is computed in Node's thread pool, so the event loop is not blocked.
 * @throws Error when `key` is not a private key
 */
export async function sign(data: string | Uint8Array, key: KeyObject): Promise<string> {
	return await new Promise((resolve, reject) => {
		signBytes(ALGORITHM, toBytes(data), key, (error, signature) => {
			if (error) reject(error);
			else resolve(signature.toString('base64'));
		});
	});
}

/**
 * Whether `signature`, the text of the header, is valid over exactly these bytes for one of `keys`. Returns false for a
 * missing header, for text that is not strict Base64, and for keys that are not RSA keys. Never throws.
 */
export async function verify(
	data: string | Uint8Array,
	signature: unknown,
	keys: KeyObject[],
): Promise<boolean> {
	if (typeof signature !== 'string') return false;
	const raw = Buffer.from(signature, 'base64');
	// Node's decoder skips characters that are not Base64: only strict Base64 encodes back to the same text.
	if (raw.length === 0 || raw.toString('base64') !== signature.trim()) return false;
	const bytes = toBytes(data);
	for (const key of keys) if (await isValidFor(key, bytes, raw)) return true;
	return false;
}

async function isValidFor(
	key: KeyObject,
	bytes: Uint8Array,
	signature: Uint8Array,
): Promise<boolean> {
	if (key.asymmetricKeyType !== 'rsa') return false;
	try {
		if (bytes.length <= VERIFIED_AT_ONCE_BYTES) {
			return verifyBytes(ALGORITHM, bytes, key, signature);
		}
		return await new Promise((resolve) => {
			verifyBytes(ALGORITHM, bytes, key, signature, (error, isValid) => {
				resolve(!error && isValid);
			});
		});
	} catch {
		return false;
	}
}
