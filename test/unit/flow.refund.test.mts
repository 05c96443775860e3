/** Refunds at banks that show metadata in another form or not at all, and that count keys on refunds or do not. */
import { createHash } from 'node:crypto';

import { RefundClaims } from '../../bank131/flows/refund/refundClaims.ts';
import {
	ABSENT,
	ALTERED_FORMS,
	CUT_FORMS,
	EXACT_FORMS,
	RefundBank,
	type MetadataForm,
} from '../support/refundBank.mts';
import { createProgressStore } from '../support/tinyBank.mts';

const own = { reference: 'Заказ №7 "A&B" – 0042/R' };
const stranger = { reference: 'Заказ №8 "A&B" – 0042/R' };

const altered = Object.entries(ALTERED_FORMS);
const cut = Object.entries(CUT_FORMS);
const exact = Object.entries(EXACT_FORMS);
const numbers: Array<[string, string, MetadataForm]> = [
	['without its zeros', '0042', ({ reference }) => ({ reference: Number(reference) })],
	['without its zeros, as text', '0042', ({ reference }) => ({ reference: `${+reference}` })],
	['of 20 digits', '12345678901234567890', ({ reference }) => ({ reference: Number(reference) })],
	[
		'of 20 digits with an exponent',
		'12345678901234567890',
		({ reference }) => ({ reference: Number(reference).toExponential(13) }),
	],
	['with a fraction', '2026.50', ({ reference }) => ({ reference: Number(reference) })],
];
const keyRules = [true, false];

/** Each form of the metadata, with an order whose reference it changes. */
const recognisable: Array<[string, { reference: string }, MetadataForm]> = [
	...[...exact, ...altered, ...cut].map(
		([name, form]): [string, { reference: string }, MetadataForm] => [name, own, form],
	),
	...numbers.map(([name, reference, form]): [string, { reference: string }, MetadataForm] => [
		`as a number ${name}`,
		{ reference },
		form,
	]),
];

describe.each([...recognisable, ['not at all', own, ABSENT] as const])(
	'metadata shown %s',
	(_, order, form) => {
		test.each(['ok', 'lostAfter', 'late', 'unlisted', 'busyAfter'] as const)(
			'one refund, response %s: outcome processing, one request',
			async (fate) => {
				const bank = new RefundBank({ form, countsKeys: true }, [fate]);
				const [result] = await bank.run([order]);
				expect(result).toMatchObject({ outcome: 'processing', refund: { refundId: 'rf_1' } });
				expect(bank.requested).toHaveLength(1);
			},
		);

		test('lost request, then Retry On Fail: unknown twice, one request', async () => {
			const bank = new RefundBank({ form, countsKeys: false }, ['lostBefore']);
			const stores = [createProgressStore()];
			const unknown = { outcome: 'unknown', reason: { code: 'refundUnknown' } };
			expect(await bank.run([order], { stores })).toMatchObject([unknown]);
			expect(await bank.run([order], { stores })).toMatchObject([unknown]);
			expect(bank.requested).toHaveLength(1);
		});

		test.each([
			['it was found before', true],
			['only the refunds from before are known', false],
		])(
			'Retry On Fail after the refund, %s: the same refund, one request',
			async (_name, isFound) => {
				const bank = new RefundBank({ form, countsKeys: false });
				bank.add(3000, { status: 'accepted' });
				const stores = [createProgressStore()];
				const [first] = await bank.run([order], { stores });
				const saved = stores[0].load()!;
				if (!isFound) stores[0].save({ ...saved, refundId: undefined });
				bank.add(3000, { metadata: stranger });
				const [again] = await bank.run([order], { stores, claims: new RefundClaims() });
				expect(again.outcome).toBe('processing');
				expect(again.refund?.refundId).toBe(first.refund?.refundId);
				expect(bank.requested).toHaveLength(1);
			},
		);

		test('everything that is left, after a part: outcome processing', async () => {
			const bank = new RefundBank({ form, countsKeys: true }, ['lostAfter']);
			bank.add(3000, { status: 'accepted' });
			const [result] = await bank.run([{ ...order, amount: undefined }]);
			expect(result.refund).toMatchObject({ amount: { minorUnits: 7000 } });
		});
	},
);

describe('the metadata are shown in a form that nobody can recognise', () => {
	test.each<[string, MetadataForm]>([
		['reversed', ({ reference }) => ({ reference: [...reference].reverse().join('') })],
		[
			'as a hash',
			({ reference }) => ({ reference: createHash('md5').update(reference).digest('hex') }),
		],
		['in Base64', ({ reference }) => ({ reference: Buffer.from(reference).toString('base64') })],
	])('%s, Retry On Fail: unknown twice, refunded once', async (_, form) => {
		const bank = new RefundBank({ form, countsKeys: false });
		const stores = [createProgressStore()];
		const unknown = { outcome: 'unknown', reason: { code: 'refundUnknown' } };
		expect(await bank.run([own], { stores })).toMatchObject([unknown]);
		expect(await bank.run([own], { stores })).toMatchObject([unknown]);
		expect(bank.refunds).toHaveLength(1);
	});

	test.each([
		[true, 1],
		[false, 2],
	])('another execution, keys count: %p: %i refunds', async (countsKeys, refunds) => {
		const form: MetadataForm = ({ reference }) => ({ reference: `x${reference.length}` });
		const bank = new RefundBank({ form, countsKeys });
		for (let execution = 1; execution <= 2; execution++) {
			expect(await bank.run([own])).toMatchObject([{ outcome: 'unknown' }]);
		}
		expect(bank.refunds).toHaveLength(refunds);
	});
});

describe('a refund that is answered with HTTP 429', () => {
	test.each(keyRules)(
		'made all the same, Retry On Fail, no metadata, keys count: %p: the same refund, one request',
		async (countsKeys) => {
			const bank = new RefundBank({ form: ABSENT, countsKeys }, ['busyAfter']);
			const stores = [createProgressStore()];
			const made = { outcome: 'processing', refund: { refundId: 'rf_1' } };
			expect(await bank.run([own], { stores })).toMatchObject([made]);
			expect(await bank.run([own], { stores })).toMatchObject([made]);
			expect(bank.requested).toHaveLength(1);
		},
	);

	test('not made, then Retry On Fail: rejected, then made', async () => {
		const bank = new RefundBank({ form: ABSENT, countsKeys: true }, ['busyBefore']);
		const stores = [createProgressStore()];
		const rejected = { outcome: 'rejected', reason: { code: 'refundNotSent' } };
		expect(await bank.run([own], { stores })).toMatchObject([rejected]);
		expect(await bank.run([own], { stores })).toMatchObject([{ outcome: 'processing' }]);
		expect(bank.refunds).toHaveLength(1);
	});
});

describe('the same Reference in the next execution', () => {
	const twice = async (form: MetadataForm, countsKeys: boolean, order: { reference: string }) => {
		const bank = new RefundBank({ form, countsKeys });
		await bank.run([order]);
		const [result] = await bank.run([order]);
		return { bank, result };
	};

	describe.each(keyRules)('keys count: %p', (countsKeys) => {
		test.each(exact)('metadata shown %s: the refund of the first one', async (_, form) => {
			const { bank, result } = await twice(form, countsKeys, own);
			expect(result).toMatchObject({ outcome: 'processing', refund: { refundId: 'rf_1' } });
			expect(bank.requested).toHaveLength(1);
		});

		test.each(recognisable.filter(([name]) => !(name in EXACT_FORMS)))(
			'metadata shown %s: unknown, nothing is sent',
			async (_, order, form) => {
				const { bank, result } = await twice(form, countsKeys, order);
				expect(result).toMatchObject({ outcome: 'unknown', reason: { code: 'similarRefund' } });
				expect(bank.requested).toHaveLength(1);
			},
		);

		test.each([...altered, ...cut])(
			'metadata shown %s, everything is refunded: unknown, not "nothing is left"',
			async (_, form) => {
				const { bank, result } = await twice(form, countsKeys, {
					...own,
					amount: undefined,
				} as typeof own);
				expect(result).toMatchObject({ outcome: 'unknown', reason: { code: 'similarRefund' } });
				expect(bank.requested).toHaveLength(1);
			},
		);
	});

	test('no metadata, keys count: unknown, refunded once', async () => {
		const { bank, result } = await twice(ABSENT, true, own);
		expect(result).toMatchObject({ outcome: 'unknown', reason: { code: 'refundUnknown' } });
		expect(bank.refunds).toHaveLength(1);
	});

	test('no metadata, keys do not count: refunded again, which nothing can prevent', async () => {
		const { bank } = await twice(ABSENT, false, own);
		expect(bank.refunds).toHaveLength(2);
	});

	test.each(altered)(
		'metadata shown %s, another amount: unknown, nothing is sent',
		async (_, form) => {
			const bank = new RefundBank({ form, countsKeys: false });
			await bank.run([own]);
			const [result] = await bank.run([{ ...own, amount: { minorUnits: 2000, currency: 'rub' } }]);
			expect(result).toMatchObject({ outcome: 'unknown', reason: { code: 'similarRefund' } });
			expect(bank.requested).toHaveLength(1);
		},
	);
});

/** The progress of an order whose request was sent, in a session that had no refund. */
const sentBefore = () => [createProgressStore({ sessionId: 'ps_1', step: 'starting', before: [] })];

describe('a refund of another order', () => {
	const honest = (): RefundBank =>
		new RefundBank({ form: EXACT_FORMS['as it was sent'], countsKeys: true });
	const rubles = (sum: number) => ({ minorUnits: sum * 100, currency: 'rub' });

	test.each([
		['ret-1', 'ret-2'],
		['order-12', 'order-1'],
		['20260101120000001', '20260101120000002'],
		['R-1-1', 'R-11'],
		['А-7', 'A-7'],
	])('"%s" of the same amount is there: "%s" is refunded', async (other, reference) => {
		const bank = honest();
		bank.add(3000, { metadata: { reference: other } });
		const [result] = await bank.run([{ reference }]);
		expect(result.refund).toMatchObject({ refundId: 'rf_2', reference });
	});

	test('the beginning of our reference with another amount, or a part before the rest: refunded', async () => {
		const bank = honest();
		bank.add(3000, { metadata: { reference: 'order-5-refund' } });
		const [part] = await bank.run([{ reference: 'order-5-refund-2', amount: rubles(20) }]);
		expect(part.refund).toMatchObject({ refundId: 'rf_2' });
		const [rest] = await bank.run([{ reference: 'order-5-refund-23', amount: undefined }]);
		expect(rest.refund).toMatchObject({ refundId: 'rf_3', amount: rubles(50) });
	});

	test('the beginning of our reference with the same amount: unknown, nothing is sent', async () => {
		const bank = honest();
		bank.add(3000, { metadata: { reference: 'order-5-refund' } });
		const [result] = await bank.run([{ reference: 'order-5-refund-2' }]);
		expect(result).toMatchObject({
			outcome: 'unknown',
			reason: { code: 'similarRefund', reference: 'order-5-refund', amount: rubles(30) },
		});
		expect(bank.requested).toEqual([]);
	});

	test.each<[string, Partial<RefundBank['refunds'][number]>]>([
		['shows another reference', { metadata: stranger }],
		['shows another number', { metadata: { reference: 42 } }],
		['is a chargeback', { isChargeback: true }],
		['has another amount', { amount: 3100 }],
	])('made while our request is lost, and it %s: unknown', async (_, refund) => {
		const bank = honest();
		bank.add(3000, refund);
		const [result] = await bank.run([own], { stores: sentBefore() });
		expect(result.outcome).toBe('unknown');
		expect(bank.requested).toEqual([]);
	});

	test('made in that moment without a reference, in another state than ours: unknown', async () => {
		const bank = new RefundBank({ form: ABSENT, countsKeys: true });
		bank.add(3000, { status: 'declined' });
		bank.add(3000, { status: 'in_progress' });
		expect((await bank.run([own], { stores: sentBefore() }))[0].outcome).toBe('unknown');
	});

	test('made in that moment without a reference, while ours is shown in lower case: ours', async () => {
		const bank = new RefundBank({ form: ABSENT, countsKeys: true });
		bank.add(3000, { status: 'declined' });
		bank.add(3000, { metadata: { reference: own.reference.toLowerCase() } });
		expect((await bank.run([own], { stores: sentBefore() }))[0].refund).toMatchObject({
			refundId: 'rf_2',
		});
	});
});

describe('several rows of one run refund the same amount in one session', () => {
	const rows = [1, 2, 3].map((row) => ({ reference: `Возврат №${row} по заказу 2026/0042` }));

	test.each([...exact, ...altered, ['not at all', ABSENT] as const])(
		'metadata shown %s: three refunds, each row has its own',
		async (_, form) => {
			const bank = new RefundBank({ form, countsKeys: false });
			const results = await bank.run(rows);
			expect(results.map(({ outcome }) => outcome)).toEqual(Array(3).fill('processing'));
			expect(new Set(results.map(({ refund }) => refund?.refundId)).size).toBe(3);
			expect(bank.refunds).toHaveLength(3);
		},
	);

	test.each([
		['cut so that all look the same', ({ reference }) => ({ reference: reference.slice(0, 9) })],
		['not at all', ABSENT],
	] as Array<[string, MetadataForm]>)(
		'metadata shown %s, the second request is lost: its row is unknown, the others have their own',
		async (_, form) => {
			const bank = new RefundBank({ form, countsKeys: false }, ['ok', 'lostBefore', 'ok']);
			const results = await bank.run(rows);
			expect(results.map(({ outcome }) => outcome)).toEqual([
				'processing',
				'unknown',
				'processing',
			]);
			expect(results.map(({ refund }) => refund?.refundId)).toEqual(['rf_1', undefined, 'rf_2']);
		},
	);

	test('a row that fails does not stop the rows after it', async () => {
		const claims = new RefundClaims();
		const failing = claims.inTurn('ps_1', () => Promise.reject(new Error('failed')));
		const next = claims.inTurn('ps_1', (hasWaited) => Promise.resolve(hasWaited));
		const otherSession = claims.inTurn('ps_2', (hasWaited) => Promise.resolve(hasWaited));
		await expect(failing).rejects.toThrow('failed');
		expect(await next).toBe(true);
		expect(await otherSession).toBe(false);
	});
});

test('a refund of another amount than was asked for, after Retry On Fail: reported, not rejected', async () => {
	const bank = new RefundBank({ form: EXACT_FORMS['as it was sent'], countsKeys: true });
	bank.add(2900, { metadata: own, status: 'accepted' });
	const [result] = await bank.run([own], { stores: sentBefore() });
	expect(result).toMatchObject({ outcome: 'refunded', refund: { amount: { minorUnits: 2900 } } });
});
