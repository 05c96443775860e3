import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	verify as nodeVerify,
} from 'node:crypto';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { loadPrivateKey, loadPublicKeys } from '../../bank131/auth/keys.ts';
import { sign, verify } from '../../bank131/auth/signature.ts';
import { anyJson } from '../support/arbitraries.mts';
import { forgeVerifies, makeKeyFiles } from '../support/keys.mts';

const files = makeKeyFiles();
const key = createPrivateKey(files.pkcs1);
const publicKey = createPublicKey(files.spki);
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 1024 });

/** The vector of the bank's PHP SDK, in its unit tests: body `{}`. */
const SDK_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsu4WmrCQfQRJe3l5A0cp
vijEEArcfohQvi/U7Qxv0V4n8mmQOF1fzxQtwDIQ5UiKaY/QTDEJxGIBSZ6zxLWf
L+OdO2UchndZ9TSsri0MAsHuk3J7qBp8XPVJTKvLH8gfaqsvcnwd3NyJn5bX5iwI
28pBBNrGazWLR/sNq2xh4DkONCmX/tbd8P5kqKtIEnR9J4nRjvOkiaPnkN09Sd7/
hjOLDPDNQeJTlv8hniQhJifkTd5P7/PJQdWeWYHbECV6YZ5cUgV/J6v0E6z72nEG
V9Wz6jhoImEmU3gNIQuYrG8RqOQ/OXZd5LU2rfFTbVg4HTd5WWHis9o5VrhLQ8K4
XQIDAQAB
-----END PUBLIC KEY-----`;
const SDK_SIGNATURE =
	'Q+euWta2W3WhIHq/t3Gkvqbvf5RztorP41mbIW21nKDDeaLw0FQuGCg4rwjN/scjFYk1+kBfP+8gau3hDm7uaUyke5Kz44UkbOMVTpZROqS/ozqHllgHp7aatEDKil9WXAYadl8PlbhzbjgeDL1hvbEUyEzfaIxrZASNX9kZ08ORBGZCg76iEJ/HI5/I+QUdI3sEBPTn4gy88sPhlm5vYH1dVlPuMEDWTW7w7zVnV0hUvGeVygyJAW5Q3KbKtdQWajQJH9dPzISfV1rfczHu4YnewkyEOASPg+HpiEJOxxeZRnUONzkavUJEaCznNApWIR0C0stlRItaN+EBNTKvUw==';

function keysOf(pem: string) {
	const result = loadPublicKeys(pem);
	if (!result.ok) throw new Error(result.problem.code);
	return result.value;
}

describe('signature', () => {
	it("of the bank's PHP SDK is valid over its body and over no other", async () => {
		expect(await verify('{}', SDK_SIGNATURE, keysOf(SDK_PUBLIC_KEY))).toBe(true);
		expect(await verify('{ }', SDK_SIGNATURE, keysOf(SDK_PUBLIC_KEY))).toBe(false);
	});

	it('of 1,000 random bodies is valid over the exact bytes for node-forge, OpenSSL and verify()', async () => {
		const bodies = fc.sample(anyJson, 1000).map((value) => JSON.stringify(value));
		for (const body of bodies) {
			const bytes = Buffer.from(body, 'utf8');
			const signature = await sign(body, key);
			expect(forgeVerifies(files.publicKey, bytes, signature)).toBe(true);
			expect(nodeVerify('RSA-SHA256', bytes, publicKey, Buffer.from(signature, 'base64'))).toBe(
				true,
			);
			expect(await verify(bytes, signature, [publicKey])).toBe(true);
		}
	});

	it('is deterministic, one line of Base64, and equal for a text and its UTF-8 bytes', async () => {
		const signature = await sign('Привет \u2028 😀', key);
		expect(signature).toMatch(/^[A-Za-z0-9+/]{342}==$/);
		expect(await sign(Buffer.from('Привет \u2028 😀'), key)).toBe(signature);
	});

	it('is invalid after a change of any byte of the body', async () => {
		const bytes = Buffer.from('{"amount":10000}');
		const signature = await sign(bytes, key);
		for (let i = 0; i < bytes.length; i++) {
			const changed = Buffer.from(bytes);
			changed[i] ^= 1;
			expect(await verify(changed, signature, [publicKey])).toBe(false);
		}
	});

	it('is valid if one of several keys made it', async () => {
		const signature = await sign('x', key);
		const keys = [otherKeys.publicKey, publicKey];
		expect(await verify('x', signature, keys)).toBe(true);
		expect(await verify('x', signature, [otherKeys.publicKey])).toBe(false);
		expect(await verify('x', signature, [])).toBe(false);
	});

	it('is invalid if it is not strict Base64', async () => {
		const signature = await sign('x', key);
		const broken: unknown[] = [
			'',
			' ',
			undefined,
			null,
			42,
			{},
			[signature],
			signature.slice(0, -1),
			`${signature}AAAA`,
			`${signature} ${signature}`,
			signature.replace(/[+/]/g, '-'),
			`${signature.slice(0, 100)}\n${signature.slice(100)}`,
			`*${signature}`,
			Buffer.from(signature, 'base64').toString('hex'),
		].filter((text) => text !== signature);
		for (const text of broken) expect(await verify('x', text, [publicKey])).toBe(false);
	});

	it('is invalid, without an exception, for random values and unfit keys', async () => {
		const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const keys = [publicKey, ec.publicKey, otherKeys.privateKey];
		await fc.assert(
			fc.asyncProperty(fc.uint8Array(), fc.anything(), async (bytes, signature) => {
				expect(await verify(bytes, signature, keys)).toBe(false);
			}),
		);
	});

	it('is verified over each byte of a body, whatever its size', async () => {
		const limit = 16 * 1024;
		for (const size of [0, 1, limit - 1, limit, limit + 1, 2 * limit]) {
			const body = Buffer.alloc(size, 'x');
			const signature = await sign(body, key);
			expect(await verify(body, signature, [otherKeys.publicKey, publicKey])).toBe(true);
			expect(await verify(Buffer.concat([body, Buffer.from(' ')]), signature, [publicKey])).toBe(
				false,
			);
			expect(await verify(body, signature, [otherKeys.privateKey])).toBe(false);
		}
	});

	it('of a large body is verified without blocking the event loop', async () => {
		const large = Buffer.alloc(16 * 1024 * 1024, 'x');
		let turns = 0;
		setImmediate(() => turns++);
		expect(await verify(large, SDK_SIGNATURE, keysOf(SDK_PUBLIC_KEY))).toBe(false);
		expect(turns).toBe(1);
	});

	it('cannot be made with a public key', async () => {
		await expect(sign('x', publicKey)).rejects.toThrow();
	});

	it('made with the private key of a credential is valid for its certificate', async () => {
		const own = loadPrivateKey(files.pkcs8);
		if (!own.ok) throw new Error('not loaded');
		const body = readFileSync(import.meta.filename ?? __filename);
		expect(await verify(body, await sign(body, own.value), keysOf(files.certificate))).toBe(true);
	});
});
