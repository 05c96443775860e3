/** Answers without the part that an operation needs: an error or `unclear`, never an empty or negative result. */
import { createPublicKey } from 'node:crypto';

import { BankClient } from '../../bank131/client/bankClient.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { listFpsBanks } from '../../bank131/services/fps.ts';
import { getSelfEmployedResult } from '../../bank131/services/selfEmployed.ts';
import { readWebhook } from '../../bank131/webhooks/webhook.ts';
import { answer, SleepClock } from '../support/tinyBank.mts';
import { bankKey, payoutFinished, signed } from '../support/webhooks.mts';

const bankWith = (body: JsonObject) =>
	new BankClient(
		async () => await Promise.resolve(answer({ status: 'ok', ...body })),
		'v2',
		new SleepClock(),
	);

const bank = { id: '100000000004', eng_name: 'T-Bank', ru_name: 'Т-Банк' };

describe('the list of FPS banks', () => {
	test.each<[string, JsonObject]>([
		['no list', {}],
		['null', { banks: null }],
		['an object', { banks: { 1: bank } }],
		['a single bank', { banks: bank }],
		['text', { banks: 'none' }],
		['a list of texts', { banks: ['100000000004'] }],
		['a list of banks without an ID', { banks: [{ eng_name: 'T-Bank' }] }],
	])('%s: an error', async (_, body) => {
		await expect(listFpsBanks(bankWith(body))).rejects.toMatchObject({
			reason: { code: 'responseIncomplete', missing: 'banks' },
		});
	});

	test('an empty list: no banks; one bank without an ID is left out', async () => {
		expect(await listFpsBanks(bankWith({ banks: [] }))).toEqual([]);
		expect(await listFpsBanks(bankWith({ banks: [bank, {}] }))).toHaveLength(1);
	});
});

describe('a check of a self-employed person', () => {
	const check = async (fields: JsonObject) =>
		await getSelfEmployedResult(
			'npd_1',
			bankWith({ is_professional_income_taxpayer: true, ...fields }),
		);

	test.each<[string, JsonObject]>([
		['missing', {}],
		['null', { is_linked: null }],
		['text', { is_linked: 'yes' }],
		['a number', { is_linked: 1 }],
	])('is_linked is %s: unclear, with the answer', async (_, fields) => {
		const result = await check(fields);
		expect(result).toMatchObject({
			status: 'unclear',
			isSelfEmployed: true,
			advice: 'answerIsUnclear',
		});
		expect(result.answer).toMatchObject({ is_professional_income_taxpayer: true });
		expect(result).not.toHaveProperty('canGetReceipt');
	});

	test.each<[JsonObject, string]>([
		[{ is_linked: true }, 'receiptIsPossible'],
		[{ is_linked: false }, 'linkToBank'],
		[{ is_professional_income_taxpayer: false }, 'notSelfEmployed'],
	])('%j: answered, advice %s', async (fields, advice) => {
		expect(await check(fields)).toMatchObject({ status: 'answered', advice });
	});
});

describe('a webhook with a byte order mark', () => {
	const key = bankKey();
	const keys = [createPublicKey(key.publicPem)];
	const read = async (body: string, signedBody = body) =>
		await readWebhook(Buffer.from(body), signed(signedBody, key), keys);

	test('signed with the mark: read', async () => {
		const event = await read(`\uFEFF${payoutFinished}`);
		expect(event).toMatchObject({ ok: true, value: { session: { outcome: 'succeeded' } } });
	});

	test('signed without the mark: the signature does not match', async () => {
		const event = await read(`\uFEFF${payoutFinished}`, payoutFinished);
		expect(event).toMatchObject({ problem: { code: 'webhook.invalidSignature' } });
	});

	test.each([`\uFEFF\uFEFF${payoutFinished}`, '\uFEFF', ` \uFEFF${payoutFinished}`])(
		'%j: not JSON',
		async (body) => {
			expect(await read(body)).toMatchObject({ problem: { code: 'webhook.notJson' } });
		},
	);
});
