import { launchBrowser } from '../../../playground/browser/chromium.mts';
import type { Browser, Page } from '../../../playground/browser/playwright.mts';

export const login = { user: 'manager', password: 'Payouts131' };

const loaded = `new Promise((done) =>
	document.readyState === 'complete' ? done() : addEventListener('load', done),
)`;

/** A person at a browser who knows the password of the forms. */
export class Visitor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	static async arrive(log: (text: string) => void): Promise<Visitor> {
		const browser = await launchBrowser(log);
		const { user: username, password } = login;
		const context = await browser.newContext({
			viewport: { width: 900, height: 900 },
			httpCredentials: { username, password },
		});
		const page = await context.newPage();
		page.setDefaultTimeout(60_000);
		return new Visitor(browser, page);
	}

	/** Fills in the fields of the form in their order and sends it. */
	async fillIn(values: string[], button: string): Promise<void> {
		const { page } = this;
		await page.getByRole('button', { name: button }).waitFor();
		// Sent before its script has run, the form would leave as a plain one and show n8n's raw answer.
		await page.evaluate(loaded);
		for (const [index, value] of values.entries()) {
			const field = page.locator(`[name=field-${index}]`);
			if (await page.locator(`select[name=field-${index}]`).count()) {
				await field.selectOption(value);
			} else await field.fill(value);
		}
		await page.getByRole('button', { name: button }).click();
	}

	/** All that the page shows, once it shows this. */
	async reads(text: string | RegExp): Promise<string> {
		await this.page.getByText(text).first().waitFor();
		return await this.page.locator('body').innerText();
	}

	async leave(): Promise<void> {
		await this.browser.close();
	}
}
