import type { Locator, Page } from './playwright.mts';
import { launchBrowser } from './chromium.mts';
import { HANG_MS } from '../lib/hang.mts';
import type { ProgressLog } from '../lib/progress.mts';
import type { RestClient } from '../rest/client.mts';

/** Size of the window, px. */
export const viewport = { width: 1440, height: 900 };

/** A browser window with n8n's editor, signed in with the session of the REST client. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly baseUrl: string,
		readonly close: () => Promise<void>,
	) {}

	/** Opens a browser window with the session of `rest`. */
	static async open(rest: RestClient, log: ProgressLog): Promise<Editor> {
		const browser = await launchBrowser(log);
		const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'UTC' });
		const [name, value] = rest.cookie.split('=');
		await context.addCookies([{ name, value, url: rest.baseUrl }]);
		const content = `localStorage.setItem('n8n-browserId', ${JSON.stringify(rest.browserId)})`;
		await context.addInitScript({ content });
		const page = await context.newPage();
		page.setDefaultTimeout(HANG_MS);
		return new Editor(page, rest.baseUrl, async () => await browser.close());
	}

	/** Opens a workflow and waits until its canvas is drawn. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/${id}`, { waitUntil: 'domcontentloaded' });
		await this.page.locator('[data-test-id="canvas-node"]').first().waitFor();
		await this.settle(1200);
		// A panel that n8n shows over the canvas of a published workflow.
		const suggestions = this.page.getByTestId('suggested-actions-close');
		if (await suggestions.isVisible()) await suggestions.click();
	}

	/** Zooms so that the whole workflow is visible. */
	async fitCanvas(): Promise<void> {
		await this.page.keyboard.press('1');
		await this.settle(700);
	}

	/** The node with this name on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens the details of a node. */
	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.page.getByTestId('ndv').waitFor();
		await this.settle(900);
	}

	/** Closes the details of the open node. */
	async closeNode(): Promise<void> {
		const button = this.page.getByTestId('ndv-close-button');
		if (await button.isVisible()) await button.click();
		else await this.page.keyboard.press('Escape');
		await this.settle(400);
	}

	/** Opens the credential of the open node and waits until n8n's credential test has passed. */
	async openCredential(): Promise<void> {
		await this.page.getByTestId('credential-edit-button').click();
		await this.page.getByText('Connection tested successfully').waitFor();
		await this.settle();
	}

	/** Starts the workflow; see `waitForSuccess`. */
	async runWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').first().click();
	}

	/** Waits until an execution that was started in the editor has succeeded. */
	async waitForSuccess(): Promise<void> {
		await this.page.getByText('Workflow executed successfully').first().waitFor();
		await this.settle(6000); // until the message disappears
	}

	/** Opens the node creator and searches for `text`. */
	async searchNodes(text: string): Promise<void> {
		await this.page.getByTestId('node-creator-plus-button').click();
		await this.page.getByTestId('node-creator').waitFor();
		await this.page.getByTestId('node-creator-search-bar').fill(text);
		await this.settle(800);
	}

	/** Closes the notifications in the corner, which cover other elements. */
	async dismissNotifications(): Promise<void> {
		const close = this.page.locator('.el-notification__closeBtn');
		for (let left = await close.count(); left > 0; left--) await close.first().click();
		await this.settle();
	}

	/** Waits for animations and pending requests, ms. The editor has no signal that it is idle. */
	readonly settle = async (ms = 500): Promise<void> => await this.page.waitForTimeout(ms);
}
