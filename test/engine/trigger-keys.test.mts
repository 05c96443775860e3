/** A burst of webhooks reads the credential once, and a changed credential counts all the same. */
import {
	callWebhook,
	loadPackage,
	type LoadedPackage,
	type WebhookCall,
} from '../support/engine.mts';
import { bankKey, payoutFinished, signed, type BankKey } from '../support/webhooks.mts';

const [bank, nextBank] = [bankKey(), bankKey()];
/** As long as keys serve, and the slack of a busy machine. */
const KEPT_MS = 5100;

let loader: LoadedPackage;
beforeAll(async () => {
	loader = await loadPackage();
});

/** One credential of n8n's database: its content changes, its id does not. Counts how often it was read. */
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
				loader,
				nodeName: 'bank131Trigger',
				credentials: { bank131Api: data },
				credentialId: id,
				rawBody: payoutFinished,
				headers: { 'x-partner-sign': signed(payoutFinished, key) },
				...more,
			});
			return items ? 'believed' : response.statusCode;
		},
	};
}

test('fifty webhooks at once: all believed, the credential read once', async () => {
	const { deliver, reads } = credential('burst', bank.publicPem);
	const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(bank)));
	expect(answers).toEqual(Array(50).fill('believed'));
	expect(reads()).toBe(1);
});

test('fifty forgeries at once: all refused, the credential read once', async () => {
	const { deliver, reads } = credential('flood', bank.publicPem);
	const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(nextBank)));
	expect(answers).toEqual(Array(50).fill(401));
	expect(reads()).toBe(1);
});

test('a key that was taken out of the credential is believed no longer than five seconds', async () => {
	const { deliver, change } = credential('changed', bank.publicPem);
	expect(await deliver(bank)).toBe('believed');
	change(nextBank.publicPem);
	await pause(KEPT_MS);
	expect(await deliver(bank)).toBe(401);
	expect(await deliver(nextBank)).toBe('believed');
});

test('a key that is put in where none was is believed at once', async () => {
	const { deliver, change } = credential('filled', '');
	expect(await deliver(bank)).toBe(401);
	change(bank.publicPem);
	expect(await deliver(bank)).toBe('believed');
});

test('the keys of one credential serve no other', async () => {
	const [mine, theirs] = [
		credential('mine', bank.publicPem),
		credential('theirs', nextBank.publicPem),
	];
	expect(await mine.deliver(bank)).toBe('believed');
	expect(await theirs.deliver(bank)).toBe(401);
	expect(await theirs.deliver(nextBank)).toBe('believed');
	expect(await mine.deliver(nextBank)).toBe(401);
});

const pause = async (ms: number) => await new Promise((later) => setTimeout(later, ms));
