/** How long the list of FPS banks is used, and what a second attempt of Retry On Fail finds. */
import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';

import { loadFpsBanks } from '../../nodes/Bank131/runner/fpsBanks.ts';

const OPTIONS = { parallel: 1, perSecond: 0, requestTimeoutMs: 1000 };
const CONNECTION = {
	url: 'http://127.0.0.1:1/',
	apiVersion: 'v2',
	isLive: false,
	credentials: {},
} as const;
const MINUTE = 60_000;

let credentials = 0;

/** A node with a credential of its own, and a bank that has one FPS bank. */
function createNode({ retryOnFail = false } = {}) {
	const context = {};
	const bank = { requests: 0, id: '100000000111', isDown: false };
	const node = {
		getNode: () => ({ retryOnFail, credentials: { bank131Api: { id: credentialId } } }),
		getContext: () => context,
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async () => {
				bank.requests += 1;
				const body = bank.isDown
					? '{"status":"error","error":{"code":"authentication_error"}}'
					: JSON.stringify({ status: 'ok', banks: [{ id: bank.id, ru_name: 'Сбербанк' }] });
				await Promise.resolve();
				return {
					statusCode: bank.isDown ? 401 : 200,
					body: Readable.from([Buffer.from(body)]),
					headers: {},
				};
			},
		},
	};
	const credentialId = String(++credentials);
	const load = async () =>
		await loadFpsBanks(node as unknown as IExecuteFunctions, CONNECTION, OPTIONS);
	return { bank, context, load, find: async (name = 'Сбер') => (await load())(name) };
}

let now = Date.now();
beforeEach(() => jest.spyOn(Date, 'now').mockImplementation(() => now));
afterEach(() => jest.restoreAllMocks());

test('a list is used for ten minutes', async () => {
	const { bank, find } = createNode();
	await find();
	now += 10 * MINUTE - 1;
	expect(await find()).toMatchObject({ value: { bankId: '100000000111' } });
	expect(bank.requests).toBe(1);
	bank.id = '100000000999';
	now += 1;
	expect(await find()).toMatchObject({ value: { bankId: '100000000999' } });
	expect(bank.requests).toBe(2);
});

test('runs that start at the same time share one request', async () => {
	const { bank, find } = createNode();
	await Promise.all([find(), find(), find('Sber')]);
	expect(bank.requests).toBe(1);
});

test('a failed request is not used by the next run', async () => {
	const { bank, find } = createNode();
	bank.isDown = true;
	expect(await find()).toMatchObject({ ok: false });
	bank.isDown = false;
	expect(await find()).toMatchObject({ ok: true });
	expect(bank.requests).toBe(2);
});

describe('Retry On Fail', () => {
	const retryOnFail = true;

	test('attempt 2 pays to the bank of attempt 1, also if the list changed or cannot be read', async () => {
		for (const change of [{ id: '100000000999' }, { isDown: true }]) {
			const { bank, find } = createNode({ retryOnFail });
			await find('Сбер');
			now += 10 * MINUTE;
			Object.assign(bank, change);
			expect(await find('Сбер')).toEqual({ ok: true, value: { bankId: '100000000111' } });
			expect(bank.requests).toBe(2);
		}
	});

	test('a name that attempt 1 did not find is looked up again', async () => {
		const { bank, find } = createNode({ retryOnFail });
		bank.isDown = true;
		expect(await find()).toMatchObject({ ok: false });
		bank.isDown = false;
		expect(await find()).toMatchObject({ ok: true });
	});

	test('the execution stores names and IDs only, and nothing without Retry On Fail', async () => {
		const retried = createNode({ retryOnFail });
		const single = createNode();
		for (const { load } of [retried, single]) {
			const find = await load();
			for (const name of ['Сбер', 'Сбирбанк', 'constructor', '__proto__']) find(name);
		}
		expect(retried.context).toEqual({ bank131FpsBanks: { Сбер: '100000000111' } });
		expect(single.context).toEqual({});
	});
});
