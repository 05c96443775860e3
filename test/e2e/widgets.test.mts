import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../../playground/browser/chromium.mts';
import type { Browser, Page } from '../../playground/browser/playwright.mts';
import { openPlayground, type Playground } from '../../playground/playground.mts';
import { outputOf, webhookRegistered, webhookUrl } from '../../playground/rest.mts';
import type { Workflow, WorkflowNode } from '../../playground/rest/types.mts';
import { importExample } from '../../playground/workflows.mts';
import { fingerprint } from '../../sandbox/sandbox.mts';

const say = (text: string) => process.stderr.write(`${text}\n`);

const CARD = '4242424242424242';
const OTHER_CARD = '5555555555554444';
const DECLINED_CARD = '4242420000000026';

/** Orders of `examples/widget-card-payout.json`. */
const order = { link: 'k7Qm2xV9tR4wZp6s', reference: 'order-2026-0131', kopecks: 150_050 };
const otherOrder = { link: 'b3Hn8cJ5yL1gFd0a', reference: 'order-2026-0132', kopecks: 82_000 };

let playground: Playground;
let browser: Browser;
let page: Page;
const pageErrors: string[] = [];

beforeAll(async () => {
	playground = await openPlayground({ say });
	browser = await launchBrowser(say);
	const context = await browser.newContext({ viewport: { width: 900, height: 800 } });
	page = await context.newPage();
	page.setDefaultTimeout(30_000);
	page.on('pageerror', ({ message }) => pageErrors.push(message));
});

afterAll(async () => {
	await browser?.close();
	await playground?.close();
});

beforeEach(() => {
	playground.sandbox.reset();
	pageErrors.length = 0;
});

afterEach(() => expect(pageErrors).toEqual([]));

const widgetSettings = () => ({
	settings: { widgetHost: `${playground.sandbox.url}/widget` },
});

/** Publishes a workflow and waits until its page is there; without a link it says "not valid", as HTML. */
async function publish(workflow: Workflow, path: string): Promise<string> {
	await playground.rest.activate(workflow);
	const url = `${playground.server.base}/webhook/${path}`;
	for (let tries = 0; tries < 200; tries++, await sleep(50)) {
		const answer = await fetch(url);
		await answer.text();
		if (answer.headers.get('content-type')?.startsWith('text/html')) return url;
	}
	throw new Error(`nothing answers at ${url}`);
}

/** The address that a person gets. */
const linkTo = (url: string, { link }: { link: string }) => `${url}?order=${link}`;

const payouts = () => playground.sandbox.ledger.find({ kind: 'payout' });

/** All stored executions since the last call, once n8n has stored them. */
async function newExecutions(workflow: Workflow, seen: Set<string>) {
	await sleep(700);
	const all = await playground.rest.executions(workflow);
	const fresh = all.filter(({ id }) => !seen.has(id));
	for (const { id } of fresh) seen.add(id);
	return await Promise.all(fresh.map(async ({ id }) => await playground.rest.finished(id)));
}

describe('examples/widget-card-payout.json', () => {
	let workflow: Workflow;
	let url: string;
	const seen = new Set<string>();

	beforeAll(async () => {
		workflow = await importExample(playground, 'widget-card-payout.json', widgetSettings());
		url = await publish(workflow, 'bank131-card');
	});

	beforeEach(async () => void (await newExecutions(workflow, seen)));

	async function enterCard(of: { link: string }, number: string): Promise<void> {
		await page.goto(linkTo(url, of));
		await page.locator('#bank131-card-tokenizer input').fill(number);
		await page.getByRole('button', { name: 'Continue' }).click();
	}

	async function outcomeShown(text: string | RegExp): Promise<string> {
		const result = page.locator('#result');
		await result.getByText(text).waitFor();
		return await result.innerText();
	}

	/** What the page does with the hash, but from a program. */
	async function post(of: { link: string }, body: object) {
		const answer = await fetch(linkTo(url, of), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return { status: answer.status, json: (await answer.json()) as { outcome: string } };
	}

	test('page → card → payout: one payout of the right amount to that card', async () => {
		await enterCard(order, CARD);
		expect(await outcomeShown('sent')).toMatch(/1\s?500,50.*\n*.*VISA •••• 4242/);

		expect(payouts()).toMatchObject([
			{
				amount: order.kopecks,
				fingerprint: fingerprint(CARD),
				metadata: { reference: order.reference },
			},
		]);
		const executions = await newExecutions(workflow, seen);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		const paying = executions.find(({ resultData }) => 'Send Payout' in resultData.runData);
		expect(outputOf(paying!, 'Send Payout')).toMatchObject([{ outcome: 'succeeded' }]);
		// The number of the card went to the bank and nowhere else.
		expect(JSON.stringify(executions)).not.toContain(CARD);
	});

	test('a mistyped number is said to be wrong, and nothing is paid or even sent', async () => {
		await enterCard(order, '4242424242424241');
		await page.getByText('There is a mistake in the card number').waitFor();
		expect(payouts()).toEqual([]);
		expect(await newExecutions(workflow, seen)).toHaveLength(1);

		// The token was not used up: the person corrects the number and is paid.
		await page.locator('#bank131-card-tokenizer input').fill(CARD);
		await page.getByRole('button', { name: 'Continue' }).click();
		await outcomeShown('sent');
		expect(payouts()).toHaveLength(1);
	});

	test('a declined card is not paid, and the page says so', async () => {
		await enterCard(otherOrder, DECLINED_CARD);
		expect(await outcomeShown('The payout was declined')).toContain('0026');
		expect(payouts()).toEqual([]);
	});

	test('opening the page again and entering another card pays nothing more', async () => {
		await enterCard(order, CARD);
		await outcomeShown('sent');
		await enterCard(order, OTHER_CARD);
		await outcomeShown('This link has been used already');
		expect(payouts()).toHaveLength(1);
		expect(payouts()[0].fingerprint).toBe(fingerprint(CARD));
	});

	test('a double submit pays once', async () => {
		const hash = playground.sandbox.tokens.storeCard(CARD);
		const answers = await Promise.all([1, 2, 3].map(() => post(otherOrder, { hash })));
		expect(answers.map(({ json }) => json.outcome).sort()).toEqual([
			'duplicate',
			'duplicate',
			'succeeded',
		]);
		expect(payouts()).toMatchObject([{ amount: otherOrder.kopecks }]);
		expect(playground.sandbox.ledger.paidTwice()).toEqual([]);
	});

	test('the browser has no say in amount, reference and recipient', async () => {
		const hash = playground.sandbox.tokens.storeCard(CARD);
		const asked = { hash, amount: '999999', reference: 'mine', recipient: 'Somebody Else' };
		expect((await post(order, asked)).json.outcome).toBe('succeeded');
		expect(payouts()).toMatchObject([
			{
				amount: order.kopecks,
				metadata: { reference: order.reference },
				recipientName: 'Иванов Иван Иванович',
			},
		]);
	});

	test.each([['wrong'], [''], ['&order=k7Qm2xV9tR4wZp6s']])(
		'the link code "%s" opens nothing and pays nothing',
		async (link) => {
			const hash = playground.sandbox.tokens.storeCard(CARD);
			expect((await fetch(linkTo(url, { link }))).status).toBe(404);
			const answer = await fetch(linkTo(url, { link }), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ hash, order: order.link }),
			});
			expect(answer.status).toBe(404);
			expect(payouts()).toEqual([]);
		},
	);

	test.each([[{}], [{ hash: '' }], [{ hash: { $gt: '' } }], [{ hash: ['a', 'b'] }]])(
		'without a hash (%j) nothing is paid',
		async (body) => {
			expect((await post(order, body)).json.outcome).toBe('rejected');
			expect(payouts()).toEqual([]);
		},
	);

	/** The same workflow at another address, with changes that a user could make. */
	async function copied(
		path: string,
		change: (node: WorkflowNode) => void,
		text: Array<[from: string, to: string]> = [],
	): Promise<string> {
		let json = JSON.stringify(workflow.nodes);
		for (const [from, to] of [['bank131-card"', `${path}"`], ...text]) {
			json = json.replaceAll(from, to);
		}
		const nodes = JSON.parse(json) as WorkflowNode[];
		for (const node of nodes) {
			if (node.webhookId !== undefined) node.webhookId += path;
			change(node);
		}
		const { connections, settings } = workflow;
		const copy = { name: path, nodes, connections, settings };
		return await publish(await playground.rest.createWorkflow(copy), path);
	}

	test('text of an order is text on the page, whatever is in it', async () => {
		const evil = `"'><img src=x onerror="pwned=1"></script><script>pwned=1</script>{{ 6*7 }}$&$'`;
		const copy = await copied('evil-card', (node) => {
			const row = { ...order, amount: '1', recipient: evil, what: evil };
			if (node.name === 'Orders') {
				node.parameters.jsCode = `return [{ json: ${JSON.stringify(row)} }];`;
			}
		});
		await page.goto(linkTo(copy, order));
		await page.locator('#bank131-card-tokenizer input').waitFor();
		expect(await page.locator('h1').innerText()).toBe(evil);
		expect(await page.evaluate<string>('typeof pwned')).toBe('undefined');
	});

	test('an account instead of a card, as the note in the workflow says', async () => {
		const change = ({ name, parameters }: WorkflowNode) => {
			if (name === 'Look at the Card') parameters.tokenKind = 'account';
			if (name !== 'Send Payout') return;
			parameters.payoutMethod = 'bankAccountToken';
			parameters.savedAccount = parameters.cardHash;
			parameters.purpose = 'Оплата по договору № 131, НДС не облагается';
		};
		const copy = await copied('account', change, [
			['card-tokenizer', 'account-tokenizer'],
			['Bank131CardTokenizer', 'Bank131AccountTokenizer'],
		]);
		await page.goto(linkTo(copy, order));
		await page.locator('input[name=bik]').fill('044525974');
		await page.locator('input[name=account]').fill('40817810800000004402');
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByText('There is a mistake in the account number').waitFor();
		await page.locator('input[name=account]').fill('40817810800000004401');
		await page.getByRole('button', { name: 'Continue' }).click();
		expect(await outcomeShown('sent')).toContain('40817***4401');
		expect(payouts()).toMatchObject([
			{ amount: order.kopecks, fingerprint: fingerprint('044525974/40817810800000004401') },
		]);
	});
});

describe('examples/widget-self-employed.json', () => {
	const person = { link: 'm5Tz1vK8sX3qBn7e', inn: '131000000205', kopecks: 420_000 };
	const stranger = { link: 'r9Wd4hG6uC2jYk0p' };
	let url: string;

	beforeAll(async () => {
		const workflow = await importExample(playground, 'widget-self-employed.json', widgetSettings());
		url = await publish(workflow, 'bank131-self-employed');
	});

	const button = (name: string | RegExp) => page.getByRole('button', { name });
	const payMe = async (expected: string) => {
		await button(/send me the money/).click();
		await page.locator('#result').getByText(expected).waitFor();
	};

	test('page → My Tax → linked → payout with a receipt, once', async () => {
		await page.goto(linkTo(url, person));
		await payMe('Not linked yet');
		expect(payouts()).toEqual([]);

		await button('Ask to be linked').click();
		await button('Allow').click();
		await button('Refresh').click();
		await page.getByText('Bank 131 may now issue receipts').waitFor();
		await payMe('sent');
		expect(await page.locator('#result a').count()).toBe(1);
		expect(payouts()).toMatchObject([
			{ amount: person.kopecks, recipientName: 'Сидоров Пётр Алексеевич' },
		]);

		await page.goto(linkTo(url, person));
		await payMe('This link has been used already');
		expect(payouts()).toHaveLength(1);
	});

	test('a person who refuses in My Tax, or is not self-employed, is not paid', async () => {
		await page.goto(linkTo(url, person));
		await button('Ask to be linked').click();
		await button('Refuse').click();
		await button('Refresh').click();
		await page.getByText('You refused in My Tax').waitFor();
		await payMe('Not linked yet');

		await page.goto(linkTo(url, stranger));
		await button('Ask to be linked').click();
		await page.getByText('not registered as self-employed').first().waitFor();
		await payMe('You are not registered as self-employed');
		expect(payouts()).toEqual([]);
	});
});

describe('examples/widget-payment-form.json', () => {
	const bill = { link: 'p4Lx7nE2wA9tUi5o', kopecks: 249_000 };
	const otherBill = { link: 'z8Yc3fM1hS6jQv0r', kopecks: 75_000 };
	let url: string;

	beforeAll(async () => {
		const { sandbox, server } = playground;
		const workflow = await importExample(playground, 'widget-payment-form.json', widgetSettings());
		url = await publish(workflow, 'bank131-pay');
		const webhook = webhookUrl(server.base, workflow, 'Bank 131 Trigger', 'webhook');
		await webhookRegistered(webhook);
		sandbox.set({ webhookUrl: webhook });
	});

	const payments = () => playground.sandbox.ledger.find({ kind: 'payment' });

	async function pay(number: string): Promise<void> {
		await page.locator('input[name=number]').fill(number);
		await page.locator('input[name=expiry]').fill('1230');
		await page.locator('input[name=code]').fill('123');
		await page.getByRole('button', { name: /^Pay/ }).click();
	}

	test('page → card → confirmed by the trigger → paid, once', async () => {
		await page.goto(linkTo(url, bill));
		await pay(CARD);
		await page.getByText('Your payment has arrived').waitFor();
		expect(payments()).toMatchObject([{ amount: bill.kopecks }]);

		await page.goto(linkTo(url, bill));
		await page.getByText('Nothing more to pay').waitFor();
		expect(payments()).toHaveLength(1);
	});

	test('a declined card can be followed by another one', async () => {
		await page.goto(linkTo(url, otherBill));
		await pay(DECLINED_CARD);
		await page.getByText('Nothing was paid').waitFor();
		await page.goto(linkTo(url, otherBill));
		await pay(OTHER_CARD);
		await page.getByText('Your payment has arrived').waitFor();
		expect(payments()).toMatchObject([{ amount: otherBill.kopecks }]);
	});
});
