/** Properties of the flows that hold for every sequence of faults. */
import fc from 'fast-check';

import { BankClient } from '../../bank131/client/bankClient.ts';
import type { CompletionPlan } from '../../bank131/flows/confirmAndWait.ts';
import { initiateOperation } from '../../bank131/flows/initiate.ts';
import type { ProgressStore } from '../../bank131/flows/progress.ts';
import { sendOperation } from '../../bank131/flows/send.ts';
import type { SessionResult } from '../../bank131/flows/sessionResult.ts';
import { plan } from '../support/flows.mts';
import {
	fates,
	createProgressStore,
	requestOf,
	SleepClock,
	TinyBank,
	type Fate,
} from '../support/tinyBank.mts';

describe('random lost responses and faults', () => {
	const fate = fc.oneof(
		{ weight: 3, arbitrary: fc.constant<Fate>('ok') },
		{ weight: 4, arbitrary: fc.constantFrom<Fate>(...fates) },
	);
	const scenario = fc.record({
		script: fc.array(fate, { maxLength: 40 }),
		autoConfirm: fc.boolean(),
		refusesStarts: fc.boolean(),
		takesSeveralStarts: fc.boolean(),
		tries: fc.integer({ min: 1, max: 4 }),
		confirm: fc.constantFrom<CompletionPlan['confirm']>('automatic', 'manual'),
		waitFor: fc.constantFrom<CompletionPlan['waitFor']>('final', 'ready', 'confirmed', 'started'),
		/** Whether each attempt runs in a new execution, which has no saved progress. */
		fresh: fc.array(fc.boolean(), { maxLength: 4 }),
	});

	type Flow = (
		how: CompletionPlan,
		bank: BankClient,
		progressStore: ProgressStore,
	) => Promise<SessionResult>;

	/** At most one payout is booked and paid, and the outcome is true. */
	const paysAtMostOnce = (flow: Flow, hasSession: boolean) =>
		fc.asyncProperty(scenario, async ({ script, tries, confirm, waitFor, fresh, ...rules }) => {
			const tiny = new TinyBank([...script], rules);
			const bank = new BankClient(tiny.transport, 'v2', new SleepClock());
			let progressStore = createProgressStore();
			for (let attempt = 0; attempt < tries; attempt++) {
				if (fresh[attempt]) progressStore = createProgressStore();
				const before = tiny.paid.length;
				const result = await flow({ confirm, waitFor, timeLimitMs: 20_000 }, bank, progressStore);
				expect(tiny.booked.length).toBeLessThanOrEqual(1);
				expect(tiny.paid.length).toBeLessThanOrEqual(1);
				if (result.outcome === 'succeeded') expect(tiny.paid).toEqual(['A-1']);
				if (result.outcome === 'awaitingConfirmation') expect(tiny.booked).toEqual(['A-1']);
				if (result.outcome === 'duplicate') expect(tiny.keys.has('A-1')).toBe(true);
				if (confirm === 'manual' && !rules.autoConfirm) expect(tiny.paid).toEqual([]);
				if (result.outcome === 'rejected') {
					// Nothing of this attempt is at the bank, and late requests change nothing.
					if (before === 0 && attempt === 0) {
						tiny.flush();
						expect(tiny.booked).toEqual([]);
					}
				}
				if (hasSession && result.outcome === 'unknown') expect(result.sessionId).toMatch(/^ps_/);
			}
			tiny.flush();
			expect(tiny.booked.length).toBeLessThanOrEqual(1);
			expect(tiny.paid.length).toBeLessThanOrEqual(1);
			const starts = tiny.requests.filter(({ path }) => /start|init/.test(path));
			expect(new Set(starts.map(({ idempotencyKey }) => idempotencyKey)).size).toBeLessThanOrEqual(
				1,
			);
			const others = tiny.requests.filter(({ path }) => !/start|init/.test(path));
			expect(others.every(({ idempotencyKey }) => idempotencyKey === undefined)).toBe(true);
		});

	test('send: at most one payout is booked and paid, and the outcome is true', async () => {
		const flow: Flow = (how, bank, progressStore) =>
			sendOperation(requestOf('A-1'), how, { bank, progressStore });
		await fc.assert(paysAtMostOnce(flow, true), { numRuns: 3000 });
	});

	test('initiate: at most one payout is booked and paid, and the outcome is true', async () => {
		const flow: Flow = (how, bank, progressStore) =>
			initiateOperation(requestOf('A-1'), how, { bank, progressStore });
		await fc.assert(paysAtMostOnce(flow, false), { numRuns: 2000 });
	});

	// A bank that forgets its idempotency keys: only one request that it can act on may be sent.
	test.each<[string, { maxFaults: number; operate: typeof sendOperation }]>([
		['initiate', { maxFaults: 10, operate: initiateOperation }],
		['send', { maxFaults: 30, operate: sendOperation }],
	])(
		'%s, five attempts in one execution, a bank that forgets keys: pays at most once',
		async (_, { maxFaults, operate }) => {
			await fc.assert(
				fc.asyncProperty(fc.array(fate, { maxLength: maxFaults }), async (script) => {
					const rules = { autoConfirm: true, refusesStarts: false };
					const tiny = new TinyBank([...script], rules);
					tiny.keys.has = () => false;
					const bank = new BankClient(tiny.transport, 'v2', new SleepClock());
					const progressStore = createProgressStore();
					for (let attempt = 0; attempt < 5; attempt++) {
						await operate(requestOf('A-1'), plan, { bank, progressStore });
					}
					tiny.flush();
					expect(tiny.paid.length).toBeLessThanOrEqual(1);
				}),
				{ numRuns: 1000 },
			);
		},
	);

	test('a session takes several starts: the key alone prevents a second payout', async () => {
		const rules = { autoConfirm: true, refusesStarts: false, takesSeveralStarts: true };
		const pay = async (script: Fate[], forgetsKeys: boolean) => {
			const tiny = new TinyBank(script, rules);
			if (forgetsKeys) tiny.keys.has = () => false;
			const bank = new BankClient(tiny.transport, 'v2', new SleepClock());
			const progressStore = createProgressStore();
			await sendOperation(requestOf('A-1'), plan, { bank, progressStore });
			tiny.flush();
			return tiny.paid.length;
		};
		// The request is lost for a while, so the session is still empty when it is read.
		expect(await pay(['ok', 'late'], false)).toBe(1);
		expect(await pay(['ok', 'late'], true)).toBe(2);
	});
});

test('the bank has forgotten the key: a later execution pays again, an attempt of the same one does not', async () => {
	const tiny = new TinyBank([], { autoConfirm: true, refusesStarts: false });
	const bank = new BankClient(tiny.transport, 'v2', new SleepClock());
	const pay = async (progressStore = createProgressStore()) => {
		await sendOperation(requestOf('A-1'), plan, { bank, progressStore });
		return progressStore;
	};
	const progressStore = await pay();
	tiny.keys.clear();
	await pay(progressStore);
	expect(tiny.paid).toEqual(['A-1']);
	await pay();
	expect(tiny.paid).toEqual(['A-1', 'A-1']);
});

describe('the bank carries out each confirmation that arrives', () => {
	const rules = { autoConfirm: false, refusesStarts: false, paysEachConfirmation: true };
	const confirm = async (script: Fate[]) => {
		const tiny = new TinyBank(['ok', 'ok', ...script], rules);
		const bank = new BankClient(tiny.transport, 'v2', new SleepClock());
		const context = { bank, progressStore: createProgressStore() };
		const { outcome } = await sendOperation(requestOf('A-1'), plan, context);
		tiny.flush();
		return { outcome, paid: tiny.paid.length };
	};

	test.each<Fate>(['lostBefore', 'lostAfter', 'page502', 'garbageAfter', 'busy'])(
		'the first one meets %s: sent again only if the session still waits, paid once',
		async (fate) => {
			expect(await confirm([fate])).toEqual({ outcome: 'succeeded', paid: 1 });
		},
	);

	test('the first one is carried out late: paid twice, which the package cannot detect', async () => {
		expect(await confirm(['late'])).toEqual({ outcome: 'succeeded', paid: 2 });
	});
});
