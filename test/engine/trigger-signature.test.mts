/**
 * Signatures of webhooks: only what the bank has signed starts a workflow.
 * FORGED=100000 sets the number of forged webhooks in the random test.
 */
import { generateKeyPairSync } from 'node:crypto';

import { usePackage } from '../support/engineFixture.mts';
import { callWebhook } from '../support/engine.mts';
import { makeKeyFiles } from '../support/keys.mts';
import {
	bankKey,
	seededRandom,
	flipped,
	forgers,
	payoutFinished,
	sessionBody,
	signed,
} from '../support/webhooks.mts';
import {
	ALL_EVENTS,
	bank,
	deliveryTo,
	expectRefused,
	startedItem,
	stranger,
} from '../support/triggerDelivery.mts';

const FORGED = Number(process.env.FORGED ?? 3000);

const nextBank = bankKey();
const fixture = usePackage();
const deliver = deliveryTo(fixture);

describe('forged webhook: HTTP 401, nothing is started', () => {
	test('one flipped bit in the body', async () => {
		const bytes = Buffer.from(payoutFinished);
		const signature = signed(bytes, bank);
		for (let bit = 0; bit < bytes.length * 8; bit += 5) {
			expectRefused(await deliver(flipped(bytes, bit), { signature }));
		}
	});

	test('one flipped bit in the signature', async () => {
		const bytes = Buffer.from(signed(payoutFinished, bank), 'base64');
		for (let bit = 0; bit < bytes.length * 8; bit += 3) {
			const signature = flipped(bytes, bit).toString('base64');
			expectRefused(await deliver(payoutFinished, { signature }));
		}
	});

	const genuine = signed(payoutFinished, bank);
	const parsed = JSON.parse(payoutFinished) as Record<string, unknown>;

	test.each<[string, string, string | undefined]>([
		['no signature', payoutFinished, undefined],
		['an empty signature', payoutFinished, ''],
		['a signature of blanks', payoutFinished, '   '],
		['two signatures', payoutFinished, `${genuine}, ${genuine}`],
		['a signature repeated in one header', payoutFinished, genuine + genuine],
		["a stranger's signature", payoutFinished, signed(payoutFinished, stranger)],
		['the body without its spaces', JSON.stringify(parsed), genuine],
		[
			'the body with its keys in another order',
			JSON.stringify({ session: parsed.session, type: parsed.type }),
			genuine,
		],
		[
			'the body with an escape replaced by its character',
			payoutFinished.replace('\\u2028', '\u2028'),
			genuine,
		],
		[
			'the body with a letter replaced by its escape',
			payoutFinished.replace('И', '\\u0418'),
			genuine,
		],
		['the body with a line break at its end', `${payoutFinished}\n`, genuine],
		['the body with a byte order mark', `\ufeff${payoutFinished}`, genuine],
	])('%s', async (_, body, signature) => {
		expectRefused(await deliver(body, { signature }));
	});

	test('the signature in another header or in the query', async () => {
		expectRefused(
			await deliver(payoutFinished, { signature: undefined, headers: { 'x-sign': genuine } }),
		);
		expectRefused(
			await deliver(payoutFinished, {
				signature: undefined,
				query: { 'x-partner-sign': genuine },
			}),
		);
	});

	test(
		`${FORGED} forged webhooks: none accepted; ${FORGED / 10} genuine ones between them: none refused`,
		async () => {
			const bodies = [
				payoutFinished,
				sessionBody('ready_to_confirm', { next_action: 'confirm' }),
				sessionBody('payment_finished', { status: 'accepted' }, { status: 'failed' }),
				sessionBody('payment_refunded', { status: 'accepted' }, { status: 'succeeded' }),
				'{"type":"nominal_topup","balance":{"amount":100}}',
			];
			const methods = Object.entries(forgers(bank, stranger));
			const roll = seededRandom(131);
			const parameters = { events: ALL_EVENTS };
			const accepted: string[] = [];
			const refused: string[] = [];
			for (let n = 0; n < FORGED; n++) {
				const [name, forge] = methods[n % methods.length];
				const forged = forge(bodies, roll);
				const { signature } = forged;
				const answer = await deliver(forged.body, { signature, parameters });
				if (answer.response.statusCode !== 401 || answer.items) accepted.push(name);
				if (n % 10 !== 0) continue;
				// Each genuine body is different and has blanks, digits and letters, which the forgers change.
				const body = `${bodies[roll(bodies.length)].slice(0, -1)},"n":${n},"т":"${roll(1e6)} \u2028 👩‍💻" }`;
				if (!(await deliver(body, { parameters })).items) refused.push(body);
			}
			expect({ accepted, refused }).toEqual({ accepted: [], refused: [] });
		},
		30_000 + FORGED * 5,
	);

	test('a body that n8n has already consumed', async () => {
		// n8n has parsed a form, so readRawBody rejects. If the node threw, each forgery would become a failed execution.
		const answer = await callWebhook({
			loader: fixture.loader,
			nodeName: 'bank131Trigger',
			rawBody: '',
			headers: { 'x-partner-sign': genuine, 'content-type': 'multipart/form-data; boundary=x' },
			credentials: { bank131Api: { bankPublicKey: bank.publicPem } },
			readRawBody: async () => {
				throw new Error('Request body stream was aborted or is not readable');
			},
		});
		expectRefused(answer);
	});
});

describe('public key of the bank in the credential', () => {
	const ec = () =>
		generateKeyPairSync('ec', { namedCurve: 'P-256' })
			.publicKey.export({ type: 'spki', format: 'pem' })
			.toString();

	test.each<[string, () => string]>([
		['empty', () => ''],
		['blank', () => ' \n '],
		['junk', () => 'the key from the letter'],
		['truncated', () => bank.publicPem.slice(0, 200)],
		['of an elliptic curve', ec],
		['a private key', () => bank.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
		[
			'one valid and one invalid key',
			() => `${bank.publicPem}\n-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----`,
		],
	])('%s: every webhook is refused', async (_, publicKey) => {
		expectRefused(await deliver(payoutFinished, { publicKey: publicKey() }));
		expectRefused(await deliver(payoutFinished, { publicKey: publicKey(), signature: undefined }));
		expectRefused(await deliver(payoutFinished, { publicKey: publicKey(), signature: '' }));
	});

	test('512 bits with a valid signature: refused', async () => {
		const weak = makeKeyFiles(512);
		const { createPrivateKey, sign } = await import('node:crypto');
		const signature = sign(
			'RSA-SHA256',
			Buffer.from(payoutFinished),
			createPrivateKey(weak.pkcs1),
		).toString('base64');
		expectRefused(await deliver(payoutFinished, { publicKey: weak.spki, signature }));
	});

	test('node without a credential: refused', async () => {
		expectRefused(
			await callWebhook({
				loader: fixture.loader,
				nodeName: 'bank131Trigger',
				rawBody: payoutFinished,
				headers: { 'x-partner-sign': signed(payoutFinished, bank) },
			}),
		);
	});

	test('two keys during a key change: webhooks of both are accepted, of a third refused', async () => {
		const publicKey = `${bank.publicPem}\n${nextBank.publicPem}`;
		for (const key of [bank, nextBank]) {
			startedItem(
				await deliver(payoutFinished, { publicKey, signature: signed(payoutFinished, key) }),
			);
		}
		expectRefused(
			await deliver(payoutFinished, { publicKey, signature: signed(payoutFinished, stranger) }),
		);
	});

	test('X.509 certificate: webhooks of its key are accepted, of another key refused', async () => {
		const files = makeKeyFiles();
		const { createPrivateKey, sign } = await import('node:crypto');
		const signature = sign(
			'RSA-SHA256',
			Buffer.from(payoutFinished),
			createPrivateKey(files.pkcs8),
		).toString('base64');
		startedItem(await deliver(payoutFinished, { publicKey: files.certificate, signature }));
		expectRefused(await deliver(payoutFinished, { publicKey: files.certificate }));
	});
});
