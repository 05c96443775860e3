import { launchBrowser } from '../../../playground/browser/chromium.mts';
import { HANG_MS } from '../../../playground/lib/hang.mts';
import type { Browser, Page } from '../../../playground/browser/playwright.mts';

/** Basic auth of the forms. */
export const formLogin = { user: 'manager', password: 'Payouts131' };

const pageLoadScript = `new Promise((done) =>
	document.readyState === 'complete' ? done() : addEventListener('load', done),
)`;

/** A browser page with the password of the forms. */
export class FormUser {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	/** Starts the browser. */
	static async open(log: (text: string) => void): Promise<FormUser> {
		const browser = await launchBrowser(log);
		const { user: username, password } = formLogin;
		const context = await browser.newContext({
			viewport: { width: 900, height: 900 },
			httpCredentials: { username, password },
		});
		const page = await context.newPage();
		page.setDefaultTimeout(HANG_MS);
		return new FormUser(browser, page);
	}

	/** Fills in the fields of the form in their order and submits it with the given button. */
	async submitForm(values: string[], button: string): Promise<void> {
		const { page } = this;
		await page.getByRole('button', { name: button }).waitFor();
		// Submitted before its script has run, the page would show n8n's raw JSON response.
		await page.evaluate(pageLoadScript);
		for (const [index, value] of values.entries()) {
			const field = page.locator(`[name=field-${index}]`);
			if (await page.locator(`select[name=field-${index}]`).count()) {
				await field.selectOption(value);
			} else await field.fill(value);
		}
		await page.getByRole('button', { name: button }).click();
	}

	/** Waits until the page shows `text`, and resolves to all text of the page. */
	async waitForText(text: string | RegExp): Promise<string> {
		await this.page.getByText(text).first().waitFor();
		return await this.page.locator('body').innerText();
	}

	/** Closes the browser. */
	async close(): Promise<void> {
		await this.browser.close();
	}
}
