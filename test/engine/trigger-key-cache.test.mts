/** The trigger caches the public keys of a credential for five seconds. */
import { usePackage } from '../support/engineFixture.mts';
import { pause } from '../support/timing.mts';
import { callWebhook, type WebhookCall } from '../support/engine.mts';
import { bankKey, payoutFinished, signed, type BankKey } from '../support/webhooks.mts';

const fixture = usePackage();

const [bank, nextBank] = [bankKey(), bankKey()];
/** The time to live of the cache and a margin for a slow machine. */
const CACHE_MS = 5100;

/** A credential of n8n's database: its data can change, its id stays. Counts how often it is read. */
function credential(id: string, bankPublicKey: string) {
	let content = bankPublicKey;
	let reads = 0;
	const data = {
		get bankPublicKey() {
			reads++;
			return content;
		},
	};
	return {
		change: (to: string) => (content = to),
		reads: () => reads,
		deliver: async (key: BankKey, more: Partial<WebhookCall> = {}) => {
			const { response, items } = await callWebhook({
				loader: fixture.loader,
				nodeName: 'bank131Trigger',
				credentials: { bank131Api: data },
				credentialId: id,
				rawBody: payoutFinished,
				headers: { 'x-partner-sign': signed(payoutFinished, key) },
				...more,
			});
			return items ? 'accepted' : response.statusCode;
		},
	};
}

test('50 concurrent webhooks: all accepted, the credential is read once', async () => {
	const { deliver, reads } = credential('burst', bank.publicPem);
	const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(bank)));
	expect(answers).toEqual(Array(50).fill('accepted'));
	expect(reads()).toBe(1);
});

test('50 concurrent forged webhooks: all refused, the credential is read once', async () => {
	const { deliver, reads } = credential('flood', bank.publicPem);
	const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(nextBank)));
	expect(answers).toEqual(Array(50).fill(401));
	expect(reads()).toBe(1);
});

test('key removed from the credential: refused after five seconds, the new key accepted', async () => {
	const { deliver, change } = credential('changed', bank.publicPem);
	expect(await deliver(bank)).toBe('accepted');
	change(nextBank.publicPem);
	await pause(CACHE_MS);
	expect(await deliver(bank)).toBe(401);
	expect(await deliver(nextBank)).toBe('accepted');
});

test('key added to an empty credential: accepted immediately', async () => {
	const { deliver, change } = credential('filled', '');
	expect(await deliver(bank)).toBe(401);
	change(bank.publicPem);
	expect(await deliver(bank)).toBe('accepted');
});

test('two credentials: the keys of one are not used for the other', async () => {
	const [first, second] = [
		credential('first', bank.publicPem),
		credential('second', nextBank.publicPem),
	];
	expect(await first.deliver(bank)).toBe('accepted');
	expect(await second.deliver(bank)).toBe(401);
	expect(await second.deliver(nextBank)).toBe('accepted');
	expect(await first.deliver(nextBank)).toBe(401);
});
