/** The page of the sandbox in Chromium: what it shows, on a phone and a desk, in light and dark. */
import { launchBrowser } from '../../../playground/browser/chromium.mts';
import type { Browser, BrowserContext, Page } from '../../../playground/browser/playwright.mts';
import { HANG_MS } from '../../../playground/lib/hang.mts';
import { scenarioTable, taxpayerTable } from '../../../sandbox/config/scenarioTable.mts';
import { startSandbox, type LedgerEntry, type Sandbox } from '../../../sandbox/sandbox.mts';
import {
	accountDetails,
	createPartnerClient,
	payoutBody,
	recipientNamed,
	type PartnerClient,
} from '../../support/partnerClient.mts';
import { accessibleElements, contrastOf, overflowOf } from '../support/pageAudit.mts';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

let browser: Browser;
let sandbox: Sandbox;
let callApi: PartnerClient;

beforeAll(async () => {
	browser = await launchBrowser((text) => process.stderr.write(`${text}\n`));
	sandbox = await startSandbox({ processingMs: 5, returnAfterMs: 5 });
	callApi = createPartnerClient(sandbox);
});
afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
});

/** Starts a payout in a session of its own and returns the id of the session. */
async function start(amount: number, fields: object = {}): Promise<string> {
	const { json } = await callApi('v2/session/create');
	const { id } = json.session;
	const body = { session_id: id, ...payoutBody(amount, { metadata: `PAY-${id}`, ...fields }) };
	await callApi('v2/session/start/payout', body, { key: id });
	await sandbox.idle();
	return id;
}

async function pay(amount: number, fields: object = {}): Promise<void> {
	const session_id = await start(amount, fields);
	await callApi('v2/session/confirm', { session_id });
	await sandbox.idle();
}

/** Amounts in minor units. The last digits choose the outcome (sandbox/config/scenarioTable.mts). */
async function fillBank(): Promise<void> {
	sandbox.reset();
	const account = { payout_details: accountDetails() };
	const longName = {
		participant_details: recipientNamed('Общество с ограниченной ответственностью «Ромашка»'),
	};
	await pay(150_000_00, account);
	await pay(2_345_00, longName);
	await pay(10_00, { amount_details: { amount: 10_00, currency: 'usd' } });
	await pay(99_000_07, account);
	await start(1_234_03);
	await pay(1_234_04);
	await pay(1_234_05);
	await start(51_000_00);
	await pay(500_09);
	const cancelled = await start(700_00);
	await callApi('v2/session/cancel', { session_id: cancelled });
	await start(1_00_02);
	for (const isConfirmed of [true, false]) {
		const { json } = await callApi('v2/session/init/payment', paymentBody);
		await sandbox.idle();
		const { id } = json.session;
		if (isConfirmed) await callApi('v2/session/confirm', { session_id: id });
	}
	await sandbox.idle();
	sandbox.faults.add({ kind: 'webhookDrop', times: 3 });
	sandbox.faults.add({
		kind: 'delay',
		ms: 2000,
		match: { path: 'start/payout', probability: 0.5 },
	});
	await sandbox.idle();
}

const paymentBody = {
	payment_details: {
		type: 'card',
		card: {
			type: 'bank_card',
			bank_card: {
				number: '4242424242424242',
				expiration_month: '12',
				expiration_year: '30',
				security_code: '123',
			},
		},
	},
	amount_details: { amount: 77_00, currency: 'rub' },
	customer: { reference: 'user-1' },
};

interface View {
	context: BrowserContext;
	page: Page;
}

/** Opens the page and waits until it shows the bank. */
async function open(viewport = DESK, colorScheme: 'light' | 'dark' = 'light'): Promise<View> {
	const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB' });
	const page = await context.newPage();
	page.setDefaultTimeout(HANG_MS);
	await page.goto(sandbox.url);
	await page.locator('#testValues dt').first().waitFor();
	await page.locator('.tile').first().waitFor();
	return { context, page };
}

async function withPage(work: (view: View) => Promise<void>, ...view: Parameters<typeof open>) {
	const opened = await open(...view);
	try {
		await work(opened);
	} finally {
		await opened.context.close();
	}
}

const textsOf = async (page: Page, selector: string) =>
	(await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

/** `49 998.08` on the page → 4999808. */
const minorUnits = (text: string) =>
	Math.round(Number(text.replace(/[^\d.−-]/g, '').replace('−', '-')) * 100);

const sumOf = (entries: readonly LedgerEntry[], kind: LedgerEntry['kind'], currency: string) =>
	entries
		.filter((entry) => entry.kind === kind && entry.currency === currency)
		.reduce((sum, { amount }) => sum + amount, 0);

const views = [320, PHONE.width, 768, 1200, 1201, DESK.width, 1920].map(
	(width) => [width, { width, height: 900 }] as const,
);

describe('a bank with payouts in every state', () => {
	beforeAll(fillBank);

	test.each(views)(
		'%i px: nothing scrolls sideways or leaves its panel',
		async (_width, viewport) => {
			await withPage(async ({ page }) => {
				await page.locator('#emptyCount').click();
				await page.locator('#emptyList li').first().waitFor();
				expect(await overflowOf(page)).toEqual([]);
			}, viewport);
		},
	);

	test.each(['light', 'dark'] as const)(
		'%s: every text has a contrast of 4.5 or more',
		async (scheme) => {
			for (const viewport of [PHONE, DESK]) {
				await withPage(
					async ({ page }) => {
						const { checked, low } = await contrastOf(page);
						expect(checked).toBeGreaterThan(150);
						expect(low).toEqual([]);
					},
					viewport,
					scheme,
				);
			}
		},
	);

	test.each([
		['phone', PHONE],
		['desk', DESK],
	])(
		'%s: every control and list has a name for screen readers, no two buttons the same',
		async (_name, viewport) => {
			await withPage(async ({ context, page }) => {
				const elements = await accessibleElements(context, page);
				const roles = new Set([
					...['button', 'textbox', 'spinbutton', 'combobox', 'checkbox', 'DisclosureTriangle'],
					...['table', 'region', 'image', 'columnheader'],
				]);
				const controls = elements.filter(({ role }) => roles.has(role));
				for (const role of ['button', 'combobox', 'checkbox', 'table', 'columnheader']) {
					expect(controls.map((one) => one.role)).toContain(role);
				}
				expect(controls.filter(({ name }) => !/\p{L}/u.test(name))).toEqual([]);
				const buttons = controls.filter(({ role }) => role === 'button').map(({ name }) => name);
				expect(buttons.filter((name, index) => buttons.indexOf(name) !== index)).toEqual([]);
				expect(buttons.filter((name) => name.startsWith('Confirm ps_'))).toHaveLength(2);
			}, viewport);
		},
	);

	test('figures: one state for each payout, money equal to the sums of the ledger', async () => {
		await withPage(async ({ page }) => {
			const { entries } = sandbox.ledger;
			const [moved] = await textsOf(page, '.tile.hero b');
			const [parts] = await textsOf(page, '.tile.hero small');
			const [paid, returned] = ['payout', 'return'].map((kind) =>
				sumOf(entries, kind as LedgerEntry['kind'], 'rub'),
			);
			expect(paid).toBe(150_000_00 + 2_345_00 + 800_00 + 99_000_07);
			expect(returned).toBe(99_000_07);
			expect(minorUnits(moved)).toBe(paid - returned);
			expect(parts.split('−').map(minorUnits)).toEqual([paid, returned]);
			expect(await textsOf(page, '.tile')).toContain(
				'Taken from payers, RUB 77.00 77.00 paid − 0.00 refunded',
			);

			const [total] = await textsOf(page, '.tile.states > b');
			const states = await textsOf(page, '.tile.states dl div');
			expect(Number(total)).toBe(11 - 1);
			expect(states).toEqual(
				expect.arrayContaining([
					'paid 3',
					'returned 1',
					'to confirm 1',
					'in progress 1',
					'declined 2',
					'cancelled 1',
					'unknown 1',
				]),
			);
			const counts = states.map((text) => Number(/\d+/.exec(text)));
			expect(counts.reduce((sum, count) => sum + count)).toBe(Number(total));
			expect(await textsOf(page, '#ledgerCount')).toEqual([
				`money that moved: ${entries.length} entries`,
			]);
		});
	});

	test('the scripted values of the tables are on the page with what they lead to', async () => {
		await withPage(async ({ page }) => {
			const values = await textsOf(page, '#testValues dt');
			const results = await textsOf(page, '#testValues dd');
			const scripted = scenarioTable.flatMap(({ outcome: _outcome, kopecks, ...others }) =>
				kopecks === undefined ? Object.values(others) : [`.${kopecks}`],
			);
			expect(values).toEqual([...scripted, ...Object.keys(taxpayerTable)]);
			expect(results[values.indexOf('.04')]).toBe(
				'declined after confirmation: declined_by_issuer_bank',
			);
			expect(results.filter((text) => text === '')).toEqual([]);
		});
	});

	test('a payout is confirmed with the keyboard', async () => {
		await withPage(async ({ page }) => {
			const before = sandbox.ledger.entries.length;
			const button = page.getByRole('button', { name: /^Confirm ps_/ }).first();
			await button.press('Enter');
			await page.locator('[data-state=inProgress]').getByText('1').waitFor();
			await sandbox.idle();
			expect(sandbox.ledger.entries.length).toBe(before + 1);
		});
		await fillBank();
	});
});

test('a payout is found by its Cyrillic reference, which the idempotency key hides', async () => {
	sandbox.reset();
	await start(2_000_00, { metadata: { reference: 'Зарплата-12' } });
	await withPage(async ({ page }) => {
		expect(await textsOf(page, '#sessions td.reference')).toEqual(['Зарплата-12']);
	});
});

describe('a bank with many empty sessions', () => {
	test('they are counted at the end, with their references, and hide no payout', async () => {
		await fillBank();
		for (let n = 1; n <= 70; n++) {
			await callApi('v2/session/create', { metadata: { reference: `AGAIN-${n}` } });
		}
		await withPage(async ({ page }) => {
			const rows = await textsOf(page, '#sessions tbody tr');
			expect(rows).toHaveLength(12);
			expect(rows.join('\n')).toContain('Ромашка');
			expect(rows.join('\n')).not.toContain('created');
			const [count] = await textsOf(page, '#emptyCount');
			expect(count).toBe('71 empty sessions: created, but nothing was started in them');
			expect(await page.locator('#emptyList li').count()).toBe(0);
			await page.locator('#emptyCount').click();
			await page.locator('#emptyList li').first().waitFor();
			const items = await textsOf(page, '#emptyList li');
			expect(items[0]).toContain('AGAIN-70');
			expect(items.at(-1)).toBe('… 11 older ones');
		});
	});
});

test('an empty bank: no figure is missing, and the lists say what to do', async () => {
	sandbox.reset();
	await withPage(async ({ page }) => {
		expect(await textsOf(page, '.tile b')).toEqual(['0.00', '100 000 000.00', '0']);
		expect(await textsOf(page, 'td.empty')).toEqual([
			'No payout or payment yet. Send one with the Bank 131 node.',
			'No money has moved.',
			'No webhook yet.',
			'No request yet.',
		]);
		expect(await page.locator('#empty').isVisible()).toBe(false);
		expect(await overflowOf(page)).toEqual([]);
	}, PHONE);
});

test('settings, a profile and a fault that are set on the page apply', async () => {
	sandbox.reset();
	await withPage(async ({ page }) => {
		await page.locator('[name=latencyMs]').fill('7');
		await page.locator('[name=latencyMs]').press('Enter');
		await page.locator('#profile').selectOption('listsHidden');
		await page.getByText('closes sessions of failed operations as accepted').first().waitFor();
		await page.locator('#faultKind').selectOption('webhookDrop');
		await page.getByRole('button', { name: 'Add fault' }).click();
		await page.getByText('Webhook lost · any method · happened 0 times, 1 to come').waitFor();
		expect(sandbox.settings).toMatchObject({ latencyMs: 7, listShape: 'absent' });
		expect(sandbox.faults.list()).toMatchObject([{ kind: 'webhookDrop', left: 1 }]);
		await page.getByRole('button', { name: /^Remove fault/ }).click();
		await page.locator('#faults li').waitFor({ state: 'hidden' });
		expect(sandbox.faults.list()).toEqual([]);
	}, PHONE);
});
