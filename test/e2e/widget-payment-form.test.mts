import { launchBrowser } from '../../playground/browser/chromium.mts';
import type { Browser, Page } from '../../playground/browser/playwright.mts';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { HANG_MS } from '../../playground/lib/hang.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { describeExample } from './support/describeExample.mts';
import { postToBank } from './support/bankRequest.mts';
import { startMockServer, type MockServer } from './support/mockServer.mts';
import { publishExample } from './support/publishedWorkflow.mts';
import { waitFor, waitForStatus } from './support/waitFor.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

const CARD = '4242424242424242';
const OTHER_CARD = '5555555555554444';
const DECLINED_CARD = '4242420000000026';

interface Bill {
	link: string;
	reference: unknown;
	amount: string;
	kopecks: number;
}

/** A bill per test: the Data Table stays, and the bank would give the same session IDs again after a reset. */
const bills = new Map<string, Bill>();
function bill(name: string, reference: unknown = name): Bill {
	const kopecks = 100_000 + bills.size * 100;
	const one = { link: `link of ${name}`, reference, amount: (kopecks / 100).toFixed(2), kopecks };
	bills.set(name, one);
	return one;
}
const plain = bill('plain');
const declinedFirst = bill('declined');
const inOneSecond = [bill('second-1'), bill('second-2'), bill('second-3')];
const openedTwice = bill('twice');
const unreached = bill('unreached');
const refunded = bill('refunded');
const changed = bill('changed');
const disputed = bill('disputed');
const untidy = [
	bill('constructor'),
	bill('blanks', '  bill 2026 0131 '),
	bill('number', 20260131),
	bill('NFD', 'счёт-й'.normalize('NFD')),
	bill('case', 'PLAIN'),
];
const without = [bill('empty', ''), bill('blank', ' '), bill('none', null)];

describeExample('widget-payment-form.json', () => {
	let playground: Playground;
	let browser: Browser;
	let chat: MockServer;
	let workflow: Workflow;
	let url: string;

	beforeAll(async () => {
		playground = await openPlayground({ log });
		browser = await launchBrowser(log);
		chat = await startMockServer();
		const orders = [...bills.values()].map((one) => ({ ...one, what: 'Membership' }));
		workflow = await publishExample(playground, 'widget-payment-form.json', {
			settings: { widgetHost: `${playground.sandbox.url}/widget`, messagesTo: chat.url },
			jsCode: { Orders: () => ordersCode(orders) },
		});
		url = `${playground.server.baseUrl}/webhook/bank131-pay`;
		await waitForStatus(404, url);
	});

	afterAll(async () => {
		await browser?.close();
		chat?.close();
		await playground?.close();
	});

	beforeEach(() => void chat.received.splice(0));

	/** The table of bills; the query `now` is another amount, as if the table had been changed. */
	const ordersCode = (orders: object[]) =>
		`const { now } = $('Open the Page').first().json.query;
	return ${JSON.stringify(orders)}.map((one) => ({ json: { ...one, amount: now ?? one.amount } }));`;
	const linkTo = ({ link }: { link: string }) => `${url}?order=${encodeURIComponent(link)}`;

	async function openPage({ link }: Bill, query = ''): Promise<Page> {
		const context = await browser.newContext({ viewport: { width: 900, height: 800 } });
		const page = await context.newPage();
		page.setDefaultTimeout(HANG_MS);
		await page.goto(`${linkTo({ link })}${query}`);
		return page;
	}

	async function pay(page: Page, number: string): Promise<void> {
		await page.locator('input[name=number]').fill(number);
		await page.locator('input[name=expiry]').fill('1230');
		await page.locator('input[name=code]').fill('123');
		await page.getByRole('button', { name: /^Pay/ }).click();
	}

	const arrived = async (page: Page) => await page.getByText('Your payment has arrived').waitFor();
	const textOf = async (one: Bill) => await (await fetch(linkTo(one))).text();

	const amounts = (...of: Bill[]) =>
		playground.sandbox.ledger
			.find({ kind: 'payment' })
			.map(({ amount }) => amount)
			.filter((amount) => of.some(({ kopecks }) => kopecks === amount));
	const sessionsOf = ({ kopecks }: Bill) =>
		playground.sandbox.sessions
			.all()
			.filter(({ payments }) => payments.some(({ amount }) => amount.amount === kopecks));

	test('valid card: the payment is confirmed once, and the link has nothing more to pay', async () => {
		const page = await openPage(plain);
		await pay(page, CARD);
		await arrived(page);
		expect(await textOf(plain)).toContain('Nothing more to pay');
		expect(amounts(plain)).toEqual([plain.kopecks]);
		expect(chat.texts()).toEqual([]);
	});

	test('declined card, then another card: the second payment succeeds', async () => {
		const page = await openPage(declinedFirst);
		await pay(page, DECLINED_CARD);
		await page.getByText('Nothing was paid').waitFor();
		const again = await openPage(declinedFirst);
		await pay(again, OTHER_CARD);
		await arrived(again);
		expect(amounts(declinedFirst)).toEqual([declinedFirst.kopecks]);
	});

	test('three bills opened in one second: each payment is confirmed', async () => {
		const pages = await Promise.all(inOneSecond.map(async (one) => await openPage(one)));
		for (const page of pages) await pay(page, CARD);
		await Promise.all(pages.map(arrived));
		expect(amounts(...inOneSecond).sort()).toEqual(inOneSecond.map(({ kopecks }) => kopecks));
	});

	test('one bill opened three times at once: one session, paid once, nothing is cancelled', async () => {
		const [first, ...others] = await Promise.all(
			[1, 2, 3].map(async () => await openPage(openedTwice)),
		);
		await pay(first, CARD);
		await arrived(first);
		for (const page of others) {
			await pay(page, OTHER_CARD);
			await page
				.getByText(/Nothing was paid|already|refused|not/i)
				.first()
				.waitFor();
		}
		await playground.sandbox.idle();
		expect(amounts(openedTwice)).toEqual([openedTwice.kopecks]);
		expect(sessionsOf(openedTwice).map(({ status }) => status)).toEqual(['accepted']);
	});

	test('untidy references (constructor, blanks, a number, NFD, other case): each is paid', async () => {
		for (const one of untidy) {
			const page = await openPage(one);
			await pay(page, CARD);
			await arrived(page);
		}
		expect(amounts(...untidy)).toEqual(untidy.map(({ kopecks }) => kopecks));
		expect(chat.texts()).toEqual([]);
	});

	test('bill without a reference, link without a code: the page says "not valid", and no session is opened', async () => {
		const { length } = playground.sandbox.sessions.all();
		for (const one of [...without, { link: '' }, { link: 'link of' }, { link: 'constructor' }]) {
			expect((await fetch(linkTo(one))).status).toBe(404);
		}
		expect(playground.sandbox.sessions.all()).toHaveLength(length);
	});

	test('bank cannot be reached: the page says so; a confirmation that fails is repeated with the event', async () => {
		const { faults } = playground.sandbox;
		faults.add({ kind: 'resetBefore', match: { path: 'session/create' }, times: 100 });
		expect((await fetch(linkTo(unreached))).status).toBe(503);
		faults.clear();
		faults.add({ kind: 'resetBefore', match: { path: 'session/confirm' }, times: 100 });
		const page = await openPage(unreached);
		await pay(page, CARD);
		await waitFor(
			() =>
				playground.sandbox.requests.some(({ path }) => /session\/confirm/.test(path)) || undefined,
			'try to confirm',
		);
		expect(amounts(unreached)).toEqual([]);
		faults.clear();
		await arrived(page);
		expect(amounts(unreached)).toEqual([unreached.kopecks]);
	});

	test('old, repeated and late events: what was refunded stays refunded, and nothing is paid again', async () => {
		const { sandbox, rest } = playground;
		const page = await openPage(refunded);
		await pay(page, CARD);
		await arrived(page);
		await sandbox.idle();
		const [{ id }] = sessionsOf(refunded);
		const old = ['ready_to_confirm', 'payment_finished'] as const;
		const bodies = old.map((type) => sandbox.buildWebhook(type, id));
		await postToBank(sandbox, 'session/refund', {
			session_id: id,
			amount_details: { amount: refunded.kopecks, currency: 'rub' },
		});
		await sandbox.idle();
		old.forEach((type, index) => sandbox.sendWebhook(type, id, bodies[index]));
		await sandbox.idle();
		expect(sandbox.webhooks.filter(({ state }) => state === 'failed')).toEqual([]);
		expect(amounts(refunded)).toEqual([refunded.kopecks]);
		expect(await textOf(refunded)).toContain('Nothing more to pay');
		const runs = await rest.listExecutions(workflow);
		const executions = await Promise.all(
			runs.slice(0, 6).map(async (run) => await rest.waitForExecution(run.id)),
		);
		const written = executions.flatMap((one) => outputOf(one, 'Write to the Bill'));
		expect(written[0]).toMatchObject({ outcome: 'refunded' }); // the newest execution that wrote
	});

	test('payment in a session that is not of an open bill: reported, neither taken nor cancelled', async () => {
		const { sandbox } = playground;
		const card = {
			number: CARD,
			expiration_month: '12',
			expiration_year: '30',
			security_code: '123',
		};
		const init = async (kind: 'payment' | 'payout', reference?: string) => {
			const details =
				kind === 'payment'
					? {
							payment_details: { type: 'card', card: { type: 'bank_card', bank_card: card } },
							customer: { reference: 'payer' },
							payment_options: { return_url: 'https://shop.example/' },
						}
					: {
							payout_details: {
								type: 'card',
								card: { type: 'bank_card', bank_card: { number: CARD } },
							},
							participant_details: { recipient: { full_name: 'Иванов Иван Иванович' } },
						};
			const { session } = (await postToBank(sandbox, `session/init/${kind}`, {
				...details,
				amount_details: { amount: disputed.kopecks, currency: 'rub' },
				...(reference === undefined ? {} : { metadata: { reference } }),
			})) as { session: { id: string } };
			return session.id;
		};
		const ids = [
			await init('payment', 'disputed'),
			await init('payment', 'constructor'),
			await init('payment'),
			await init('payout', 'disputed'),
		];
		await sandbox.idle();
		await waitFor(() => chat.texts()[2], 'three messages');
		expect(ids.map((id) => sandbox.sessions.get(id).status)).toEqual(Array(4).fill('in_progress'));
		expect(amounts(disputed)).toEqual([]);
		for (const id of ids.slice(0, 3))
			expect(chat.texts().join()).toContain(`Session ${id} of Bank 131`);
		// Payouts of other workflows are not its business.
		expect(chat.texts()).toHaveLength(3);
	});

	test('team cannot be reached about a payment of no open bill: the event comes again until it can', async () => {
		const { sandbox } = playground;
		sandbox.set({ webhookRetryMs: 1000, webhookRetryFactor: 1 });
		Object.assign(chat, { trouble: 'reset', failures: 0 });
		const card = { number: CARD, expiration_month: '12', expiration_year: '30' };
		const { session } = (await postToBank(sandbox, 'session/init/payment', {
			payment_details: {
				type: 'card',
				card: { type: 'bank_card', bank_card: { ...card, security_code: '123' } },
			},
			customer: { reference: 'payer' },
			payment_options: { return_url: 'https://shop.example/' },
			amount_details: { amount: unreached.kopecks, currency: 'rub' },
		})) as { session: { id: string } };
		await waitFor(() => chat.failures > 3 || undefined, 'tries');
		chat.trouble = undefined;
		await waitFor(() => chat.texts()[0], 'message');
		expect(chat.texts()[0]).toContain(`Session ${session.id} of Bank 131`);
		await sandbox.idle();
		expect(sandbox.sessions.get(session.id).status).toBe('in_progress');
	});

	test('bill with another amount since its page was opened: the next page asks for the new amount', async () => {
		await openPage(changed);
		const page = await openPage(changed, '&now=42.00');
		await pay(page, CARD);
		await arrived(page);
		expect(playground.sandbox.ledger.find({ kind: 'payment' }).at(-1)?.amount).toBe(42_00);
	});
});
