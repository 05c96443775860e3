/** Bodies and signatures of webhooks, genuine and forged. */
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface BankKey {
	privateKey: KeyObject;
	publicPem: string;
}

export function bankKey(modulusLength = 2048): BankKey {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
	return {
		privateKey,
		publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
	};
}

export const signed = (body: string | Buffer, key: BankKey, hash = 'RSA-SHA256'): string =>
	sign(hash, Buffer.from(body), key.privateKey).toString('base64');

/** The spaces are intended: parsing and serialising this body gives other bytes. */
export const payoutFinished = `{ "type":"payment_finished",  "session":{"id":"ps_131","status":"accepted",
"created_at":"2026-11-21T10:00:00.000000Z","updated_at":"2026-11-21T10:00:01.000000Z","payout_list":[{"id":"po_131",
"status":"succeeded","created_at":"2026-11-21T10:00:00.000000Z","payout_details":{"type":"card","card":{"last4":"4242",
"brand":"visa"}},"amount_details":{"amount":150050,"currency":"rub"},"metadata":{"reference":"PAY-131",
"note":"Иванов \\u2028 👩‍💻"}}]}}`;

/** A webhook about a session with one payout. `session` and `payout` replace fields. */
export function sessionBody(
	type: string,
	session: Record<string, unknown> = {},
	payout: Record<string, unknown> = {},
): string {
	return JSON.stringify({
		type,
		session: {
			id: 'ps_131',
			status: 'in_progress',
			payout_list: [
				{
					id: 'po_131',
					status: 'in_progress',
					amount_details: { amount: 10000, currency: 'rub' },
					metadata: { reference: 'PAY-131' },
					...payout,
				},
			],
			...session,
		},
	});
}

/** A seeded random number generator (mulberry32). */
export function seededRandom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}

export interface Forged {
	body: Buffer;
	signature: string | undefined;
}

type Forger = (bodies: readonly string[], roll: (below: number) => number) => Forged;

/** Functions that change a signed webhook into one that the bank has not signed. */
export function forgers(bank: BankKey, stranger: BankKey): Record<string, Forger> {
	const genuine = new Map<string, string>();
	const signatureOf = (body: string): string => {
		const signature = genuine.get(body) ?? signed(body, bank);
		genuine.set(body, signature);
		return signature;
	};
	const pick = (bodies: readonly string[], roll: (below: number) => number) =>
		bodies[roll(bodies.length)];
	/** A changed body with the signature of the original body. */
	const changed =
		(change: (body: Buffer, roll: (below: number) => number) => Buffer): Forger =>
		(bodies, roll) => {
			const original = pick(bodies, roll);
			const body = change(Buffer.from(original), roll);
			// Some changes have no effect on some bodies, for example swapping two equal bytes.
			const same = body.equals(Buffer.from(original));
			return {
				body: same ? Buffer.concat([body, Buffer.from(' ')]) : body,
				signature: signatureOf(original),
			};
		};
	/** A genuine body with another signature. */
	const signedWith =
		(
			change: (
				signature: string,
				body: string,
				roll: (below: number) => number,
			) => string | undefined,
		): Forger =>
		(bodies, roll) => {
			const body = pick(bodies, roll);
			return { body: Buffer.from(body), signature: change(signatureOf(body), body, roll) };
		};
	const secret = Buffer.from(bank.publicPem);
	return {
		'a flipped bit': changed((body, roll) => flipped(body, roll(body.length * 8))),
		'a cut body': changed((body, roll) => body.subarray(0, roll(body.length))),
		'an added byte': changed((body, roll) => {
			const at = roll(body.length + 1);
			return Buffer.concat([body.subarray(0, at), Buffer.from([roll(256)]), body.subarray(at)]);
		}),
		'two bytes swapped': changed((body, roll) => {
			const at = roll(body.length - 1);
			[body[at], body[at + 1]] = [body[at + 1], body[at]];
			return body;
		}),
		'another digit': changed((body, roll) => {
			const digits = [...body.keys()].filter((at) => body[at] >= 0x30 && body[at] <= 0x39);
			const at = digits[roll(digits.length)];
			body[at] = 0x30 + ((body[at] - 0x30 + 1 + roll(9)) % 10);
			return body;
		}),
		're-serialised': changed((body) =>
			Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, '\t')),
		),
		'another body signed': (bodies, roll) => {
			const at = roll(bodies.length);
			const other = bodies[(at + 1 + roll(bodies.length - 1)) % bodies.length];
			return { body: Buffer.from(bodies[at]), signature: signatureOf(other) };
		},
		'a flipped bit in the signature': signedWith((signature, _, roll) =>
			flipped(Buffer.from(signature, 'base64'), roll(2048)).toString('base64'),
		),
		'a flipped bit in the header': signedWith((signature, _, roll) =>
			flipped(Buffer.from(signature, 'latin1'), roll(signature.length * 8)).toString('latin1'),
		),
		'a cut signature': signedWith((signature, _, roll) =>
			signature.slice(0, roll(signature.length)),
		),
		'two signatures': signedWith((signature) => `${signature}, ${signature}`),
		'URL-safe Base64': signedWith((signature) => `${signature.replaceAll('=', '')}-_`),
		'hexadecimal instead of Base64': signedWith((signature) =>
			Buffer.from(signature, 'base64').toString('hex'),
		),
		'no signature': signedWith(() => undefined),
		'an empty signature': signedWith(() => ''),
		"a stranger's signature": signedWith((_, body) => signed(body, stranger)),
		'random bytes': signedWith((_, __, roll) =>
			Buffer.from(Array.from({ length: 256 }, () => roll(256))).toString('base64'),
		),
		zeros: signedWith(() => Buffer.alloc(256).toString('base64')),
		'the public key as an HMAC secret': signedWith((_, body) =>
			createHmac('sha256', secret).update(body).digest('base64'),
		),
		'SHA-1': signedWith((_, body) => signed(body, bank, 'RSA-SHA1')),
		'SHA-512': signedWith((_, body) => signed(body, bank, 'RSA-SHA512')),
	};
}

export function flipped(bytes: Buffer, bit: number): Buffer {
	const copy = Buffer.from(bytes);
	copy[bit >> 3] ^= 1 << (bit & 7);
	return copy;
}
