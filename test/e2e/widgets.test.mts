import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../../playground/browser/chromium.mts';
import type { Browser, Page } from '../../playground/browser/playwright.mts';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { HANG_MS } from '../../playground/lib/hang.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import { waitForWebhook, webhookUrl } from '../../playground/rest/webhooks.mts';
import type { Workflow, WorkflowNode } from '../../playground/rest/types.mts';
import { importExample } from '../../playground/workflows/importExample.mts';
import { type Fault, fingerprint } from '../../sandbox/sandbox.mts';
import { describeExample } from './support/describeExample.mts';
import { postToBank, startTransfer } from './support/bankRequest.mts';
import { startMockServer, type MockServer, type Trouble } from './support/mockServer.mts';
import { waitFor } from './support/waitFor.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

const CARD = '4242424242424242';
const OTHER_CARD = '5555555555554444';
const DECLINED_CARD = '4242420000000026';

/** Orders of `examples/widget-card-payout.json`. */
const order = { link: 'k7Qm2xV9tR4wZp6s', reference: 'order-2026-0131', kopecks: 150_050 };
const otherOrder = { link: 'b3Hn8cJ5yL1gFd0a', reference: 'order-2026-0132', kopecks: 82_000 };

let playground: Playground;
let browser: Browser;
let chat: MockServer;
let page: Page;
const pageErrors: string[] = [];

beforeAll(async () => {
	playground = await openPlayground({ log });
	browser = await launchBrowser(log);
	chat = await startMockServer();
	const context = await browser.newContext({ viewport: { width: 900, height: 800 } });
	page = await context.newPage();
	page.setDefaultTimeout(HANG_MS);
	page.on('pageerror', ({ message }) => pageErrors.push(message));
});

afterAll(async () => {
	await browser?.close();
	chat?.close();
	await playground?.close();
});

beforeEach(() => {
	playground.sandbox.set({ webhookUrl: undefined });
	playground.sandbox.reset();
	chat.received.splice(0);
	chat.trouble = undefined;
	pageErrors.length = 0;
});

afterEach(() => expect(pageErrors).toEqual([]));

const widgetSettings = () => ({
	settings: {
		widgetHost: `${playground.sandbox.url}/widget`,
		messagesTo: chat.url,
		secondsToWait: 5,
	},
});

/** Publishes a workflow and waits until its page is registered; without a link code the page is an HTML error. */
async function publish(workflow: Workflow, path: string): Promise<string> {
	await playground.rest.activate(workflow);
	const url = `${playground.server.baseUrl}/webhook/${path}`;
	for (let tries = 0; tries < 200; tries++, await sleep(50)) {
		const response = await fetch(url);
		await response.text();
		if (response.headers.get('content-type')?.startsWith('text/html')) return url;
	}
	throw new Error(`no page is registered at ${url}`);
}

/** URL that a recipient or payer receives. */
const linkTo = (url: string, { link }: { link: string }) => `${url}?order=${link}`;

const payouts = () => playground.sandbox.ledger.find({ kind: 'payout' });

/** Lets the bank send its events to the trigger of the workflow. */
async function listen(workflow: Workflow): Promise<void> {
	const address = webhookUrl(playground.server.baseUrl, workflow, 'Bank 131 Trigger', 'webhook');
	await waitForWebhook(address);
	playground.sandbox.set({ webhookUrl: address });
}

/** Executions stored since the last call, after a pause in which n8n can store them. */
async function newExecutions(workflow: Workflow, seenIds: Set<string>) {
	await sleep(700);
	const all = await playground.rest.listExecutions(workflow);
	const fresh = all.filter(({ id }) => !seenIds.has(id));
	for (const { id } of fresh) seenIds.add(id);
	return await Promise.all(fresh.map(async ({ id }) => await playground.rest.waitForExecution(id)));
}

describeExample('widget-card-payout.json', () => {
	let workflow: Workflow;
	let url: string;
	const seenIds = new Set<string>();

	beforeAll(async () => {
		workflow = await importExample(playground, 'widget-card-payout.json', widgetSettings());
		url = await publish(workflow, 'bank131-card');
	});

	beforeEach(async () => void (await newExecutions(workflow, seenIds)));

	async function enterCard(of: { link: string }, number: string): Promise<void> {
		await page.goto(linkTo(url, of));
		await page.locator('#bank131-card-tokenizer input').fill(number);
		await page.getByRole('button', { name: 'Continue' }).click();
	}

	async function waitForOutcome(text: string | RegExp): Promise<string> {
		const result = page.locator('#result');
		await result.getByText(text).waitFor();
		return await result.innerText();
	}

	/** Sends the request of the page directly. */
	async function post(of: { link: string }, body: object, at = url) {
		const response = await fetch(linkTo(at, of), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return { status: response.status, json: (await response.json()) as { outcome: string } };
	}

	test('valid card: one payout of the order amount to that card', async () => {
		await enterCard(order, CARD);
		expect(await waitForOutcome('sent')).toMatch(/1\s?500,50.*\n*.*VISA •••• 4242/);

		expect(payouts()).toMatchObject([
			{
				amount: order.kopecks,
				fingerprint: fingerprint(CARD),
				metadata: { reference: order.reference },
			},
		]);
		const executions = await newExecutions(workflow, seenIds);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		const paying = executions.find(({ resultData }) => 'Send Payout' in resultData.runData);
		expect(outputOf(paying!, 'Send Payout')).toMatchObject([{ outcome: 'succeeded' }]);
		// The card number reached only the bank.
		expect(JSON.stringify(executions)).not.toContain(CARD);
	});

	test('ready later than the page waits: the page says "on its way", and the trigger confirms it', async () => {
		const { sandbox } = playground;
		await listen(workflow);
		sandbox.set({ processingMs: 8000 });
		const hash = sandbox.tokens.storeCard(CARD);
		expect((await post(order, { hash })).json.outcome).toBe('processing');
		expect(payouts()).toEqual([]);
		sandbox.set({ processingMs: 20 });
		await waitFor(() => payouts()[0], 'payout');
		await sandbox.idle();
		expect(payouts()).toMatchObject([{ amount: order.kopecks }]);
		expect(chat.texts()).toEqual([]);
	});

	test('bank shows another amount, so the confirmation is refused: the page does not say "sent", and it is reported', async () => {
		playground.sandbox.set({ deductedFee: 1 });
		const hash = playground.sandbox.tokens.storeCard(CARD);
		const { json } = await post(order, { hash });
		playground.sandbox.set({ deductedFee: 0 });
		expect(json).toMatchObject({ outcome: 'awaitingConfirmation', title: 'Not sent yet' });
		await waitFor(() => chat.texts()[0], 'message');
		expect(chat.texts()[0]).toMatch(
			/^Payout order-2026-0131: awaitingConfirmation, session ps_\d+/,
		);
		expect(payouts()).toEqual([]);
	});

	test.each<Trouble>(['error', 'reset'])(
		'team cannot be reached (%s) when the payout is declined: the event comes again until it can',
		async (trouble) => {
			const { sandbox } = playground;
			await listen(workflow);
			sandbox.set({ webhookRetryMs: 1000, webhookRetryFactor: 1 });
			Object.assign(chat, { trouble, failures: 0 });
			await post(order, { hash: sandbox.tokens.storeCard(DECLINED_CARD) });
			await waitFor(() => chat.failures > 3 || undefined, 'tries');
			chat.trouble = undefined;
			await waitFor(() => chat.texts()[0], 'message');
			expect(chat.texts()[0]).toMatch(/^Payout order-2026-0131: failed, session ps_/);
			await sandbox.idle();
		},
	);

	test.each<[string, Fault, string]>([
		[
			'before the card is looked at',
			{ kind: 'resetBefore', match: { path: 'token/info' } },
			'rejected',
		],
		[
			'before a session is opened',
			{ kind: 'errorBefore', match: { path: 'session/create' } },
			'rejected',
		],
		['before the start', { kind: 'errorBefore', match: { path: 'start/payout' } }, 'unknown'],
	])(
		'bank cannot be reached %s: the page does not say "sent", and the link pays later',
		async (_, fault, outcome) => {
			const { sandbox } = playground;
			const hash = sandbox.tokens.storeCard(CARD);
			sandbox.faults.add({ ...fault, times: Infinity });
			expect((await post(otherOrder, { hash })).json.outcome).toBe(outcome);
			sandbox.faults.clear();
			expect(payouts()).toEqual([]);
			expect((await post(otherOrder, { hash })).json.outcome).toBe('succeeded');
			expect(payouts()).toHaveLength(1);
		},
	);

	test('orders cannot be read: no page and no payout; they can be read later', async () => {
		const { sandbox } = playground;
		const row = { ...order, amount: '1500.50', recipient: 'Иванов Иван Иванович', what: 'X' };
		const sheet = await startMockServer(() => [row]);
		const sheetUrl = await copied('sheet', ({ name, parameters }) => {
			if (name !== 'Orders') return;
			parameters.jsCode = `const orders = await this.helpers.httpRequest({ url: '${sheet.url}' });
				return orders.map((json) => ({ json }));`;
		});
		const hash = sandbox.tokens.storeCard(CARD);
		for (const trouble of ['error', 'reset'] as const) {
			sheet.trouble = trouble;
			expect((await post(order, { hash }, sheetUrl)).status).toBe(500);
			expect((await fetch(linkTo(sheetUrl, order))).status).toBe(500);
		}
		expect(sandbox.sessions.all()).toEqual([]);
		sheet.trouble = 'slow';
		expect((await post(order, { hash }, sheetUrl)).json.outcome).toBe('succeeded');
		expect(payouts()).toHaveLength(1);
		sheet.close();
	});

	test('bank shows another account for the transfer: not confirmed, reported, not sent again', async () => {
		const { sandbox } = playground;
		await listen(workflow);
		sandbox.setProfile('otherAccountToConfirm');
		const mark = { reference: order.reference, workflow: 'widget-card-payout' };
		await startTransfer(sandbox, mark, order.kopecks);
		await sandbox.idle();
		sandbox.setProfile('standard');
		expect(chat.texts()).toEqual([expect.stringMatching(/^Payout order-2026-0131: rejected/)]);
		expect(sandbox.webhooks.map(({ attempts }) => attempts.length)).toEqual([1]);
		expect(payouts()).toEqual([]);
	});

	test('payout of another program with the reference of an order: not confirmed', async () => {
		const { sandbox } = playground;
		await listen(workflow);
		const start = async (metadata: object) =>
			(await postToBank(sandbox, 'session/init/payout', {
				payout_details: { type: 'card', card: { type: 'bank_card', bank_card: { number: CARD } } },
				participant_details: { recipient: { full_name: 'Иванов Иван Иванович' } },
				amount_details: { amount: order.kopecks, currency: 'rub' },
				metadata,
			})) as { session: { id: string } };
		const started = [
			await start({ reference: order.reference }),
			await start({ reference: '' }),
			await start({ reference: 'constructor', workflow: 'widget-card-payout' }),
			await start({ workflow: 'widget-card-payout' }),
		];
		await sandbox.idle();
		const statuses = started.map(({ session: { id } }) => sandbox.sessions.get(id).status);
		expect(statuses).toEqual(Array(4).fill('in_progress'));
		// Those that bear the mark of this workflow.
		expect(chat.texts().sort()).toEqual([
			expect.stringMatching(/^Payout constructor: awaitingConfirmation, session ps_/),
			expect.stringMatching(/^Payout undefined: awaitingConfirmation, session ps_/),
		]);
	});

	test('wrong check digit: the page shows an error and nothing is sent; the corrected number is paid', async () => {
		await enterCard(order, '4242424242424241');
		await page.getByText('There is a mistake in the card number').waitFor();
		expect(payouts()).toEqual([]);
		expect(await newExecutions(workflow, seenIds)).toHaveLength(1);

		// The token is still valid for the corrected number.
		await page.locator('#bank131-card-tokenizer input').fill(CARD);
		await page.getByRole('button', { name: 'Continue' }).click();
		await waitForOutcome('sent');
		expect(payouts()).toHaveLength(1);
	});

	test('declined card: nothing is paid, and the page shows the error code', async () => {
		await enterCard(otherOrder, DECLINED_CARD);
		expect(await waitForOutcome('The payout was declined')).toContain('0026');
		expect(payouts()).toEqual([]);
	});

	test('second visit with another card: nothing more is paid', async () => {
		await enterCard(order, CARD);
		await waitForOutcome('sent');
		await enterCard(order, OTHER_CARD);
		await waitForOutcome('This link has been used already');
		expect(payouts()).toHaveLength(1);
		expect(payouts()[0].fingerprint).toBe(fingerprint(CARD));
	});

	test('three simultaneous submits: one payout', async () => {
		const hash = playground.sandbox.tokens.storeCard(CARD);
		const responses = await Promise.all([1, 2, 3].map(() => post(otherOrder, { hash })));
		expect(responses.map(({ json }) => json.outcome).sort()).toEqual([
			'duplicate',
			'duplicate',
			'succeeded',
		]);
		expect(payouts()).toMatchObject([{ amount: otherOrder.kopecks }]);
		expect(playground.sandbox.ledger.paidTwice()).toEqual([]);
	});

	test('amount, reference and recipient sent by the browser: ignored', async () => {
		const hash = playground.sandbox.tokens.storeCard(CARD);
		const body = { hash, amount: '999999', reference: 'mine', recipient: 'Somebody Else' };
		expect((await post(order, body)).json.outcome).toBe('succeeded');
		expect(payouts()).toMatchObject([
			{
				amount: order.kopecks,
				metadata: { reference: order.reference },
				recipientName: 'Иванов Иван Иванович',
			},
		]);
	});

	test.each([['wrong'], [''], ['&order=k7Qm2xV9tR4wZp6s']])(
		'link code "%s": 404, and nothing is paid',
		async (link) => {
			const hash = playground.sandbox.tokens.storeCard(CARD);
			expect((await fetch(linkTo(url, { link }))).status).toBe(404);
			const response = await fetch(linkTo(url, { link }), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ hash, order: order.link }),
			});
			expect(response.status).toBe(404);
			expect(payouts()).toEqual([]);
		},
	);

	test.each([[{}], [{ hash: '' }], [{ hash: { $gt: '' } }], [{ hash: ['a', 'b'] }]])(
		'body without a valid hash (%j): rejected, and nothing is paid',
		async (body) => {
			expect((await post(order, body)).json.outcome).toBe('rejected');
			expect(payouts()).toEqual([]);
		},
	);

	/** Publishes a copy of the workflow at another path, with changes that a user could make. */
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

	test('HTML in the text of an order: shown as text, no script runs', async () => {
		const maliciousText = `"'><img src=x onerror="pwned=1"></script><script>pwned=1</script>{{ 6*7 }}$&$'`;
		const copy = await copied('evil-card', (node) => {
			const row = { ...order, amount: '1', recipient: maliciousText, what: maliciousText };
			if (node.name === 'Orders') {
				node.parameters.jsCode = `return [{ json: ${JSON.stringify(row)} }];`;
			}
		});
		await page.goto(linkTo(copy, order));
		await page.locator('#bank131-card-tokenizer input').waitFor();
		expect(await page.locator('h1').innerText()).toBe(maliciousText);
		expect(await page.evaluate<string>('typeof pwned')).toBe('undefined');
	});

	test('workflow changed to bank accounts as its note says: the account is paid', async () => {
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
		expect(await waitForOutcome('sent')).toContain('40817***4401');
		expect(payouts()).toMatchObject([
			{ amount: order.kopecks, fingerprint: fingerprint('044525974/40817810800000004401') },
		]);
	});
});

describeExample('widget-self-employed.json', () => {
	const person = { link: 'm5Tz1vK8sX3qBn7e', inn: '131000000205', kopecks: 420_000 };
	const otherPerson = { link: 'r9Wd4hG6uC2jYk0p' };
	let workflow: Workflow;
	let url: string;

	beforeAll(async () => {
		workflow = await importExample(playground, 'widget-self-employed.json', widgetSettings());
		url = await publish(workflow, 'bank131-self-employed');
	});

	const button = (name: string | RegExp) => page.getByRole('button', { name });
	const requestPayout = async (expected: string) => {
		await button(/send me the money/).click();
		await page.locator('#result').getByText(expected).waitFor();
	};

	test('recipient links the bank in My Tax: paid once, with a receipt', async () => {
		await page.goto(linkTo(url, person));
		await requestPayout('Not linked yet');
		expect(payouts()).toEqual([]);

		await button('Ask to be linked').click();
		await button('Allow').click();
		await button('Refresh').click();
		await page.getByText('Bank 131 may now issue receipts').waitFor();
		await requestPayout('sent');
		expect(await page.locator('#result a').count()).toBe(1);
		expect(payouts()).toMatchObject([
			{ amount: person.kopecks, recipientName: 'Сидоров Пётр Алексеевич' },
		]);

		await page.goto(linkTo(url, person));
		await requestPayout('This link has been used already');
		expect(payouts()).toHaveLength(1);

		await listen(workflow);
		playground.sandbox.runAction(payouts()[0].sessionId, 'return');
		await waitFor(() => chat.texts()[0], 'message');
		expect(chat.texts()[0]).toMatch(/: returned, session ps_\d+$/);
	});

	test.each(['resetBefore', 'errorBefore'] as const)(
		'bank cannot be reached (%s) when the person is checked: the page says so, nothing is started',
		async (kind) => {
			await page.goto(linkTo(url, person));
			playground.sandbox.faults.add({ kind, times: Infinity });
			await requestPayout('The tax service has not answered');
			playground.sandbox.faults.clear();
			expect(playground.sandbox.sessions.all()).toEqual([]);
			await requestPayout('Not linked yet');
		},
	);

	test('link refused in My Tax, or not self-employed: nothing is paid', async () => {
		await page.goto(linkTo(url, person));
		await button('Ask to be linked').click();
		await button('Refuse').click();
		await button('Refresh').click();
		await page.getByText('You refused in My Tax').waitFor();
		await requestPayout('Not linked yet');

		await page.goto(linkTo(url, otherPerson));
		await button('Ask to be linked').click();
		await page.getByText('not registered as self-employed').first().waitFor();
		await requestPayout('You are not registered as self-employed');
		expect(payouts()).toEqual([]);
	});
});
