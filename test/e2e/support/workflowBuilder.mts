import { Editor } from '../../../playground/browser/editor.mts';
import type { Locator } from '../../../playground/browser/playwright.mts';

/** Labels of n8n and of the package that the clicks look for. */
export const labels = {
	manualTrigger: 'When clicking ‘Execute workflow’',
	formTrigger: 'On form submission',
	readFile: 'Read/Write Files from Disk',
	extract: 'Extract from File',
	readList: 'Read a list of payouts',
	send: 'Send a payout',
	rows: 'Rows of a Spreadsheet',
	eachRow: /^From Each Row/,
	automatic: /^Map Automatically/,
	eachColumn: /^Map Each Column/,
	errorOutput: /using error output/,
	addAllColumns: 'Add All Columns',
};

/** Tries of what a page that is still busy may lose. */
const MAX_ATTEMPTS = 6;

/** Builds a workflow as a person does: clicks, plain values in fields, drag and drop. */
export class WorkflowBuilder {
	constructor(private readonly editor: Editor) {}

	private byId(id: string): Locator {
		return this.editor.page.getByTestId(id);
	}

	get output(): Locator {
		return this.byId('output-panel');
	}

	/** A parameter of the open node. */
	parameter(name: string): Locator {
		return this.byId('ndv').getByTestId(`parameter-input-${name}`);
	}

	/** Opens an empty canvas and adds its first node. */
	async startWith(search: string, node: string): Promise<void> {
		const { page } = this.editor;
		await page.goto(new URL('/workflow/new', page.url()).href, { waitUntil: 'domcontentloaded' });
		await this.choose(this.byId('canvas-add-button'), search, node);
	}

	/** Adds a node at the output of the last one: the success output, if it has two. */
	async addNode(search: string, node: string, action: string): Promise<void> {
		await this.choose(this.byId('canvas-handle-plus').first(), search, node);
		await this.clickText(action);
		await this.byId('ndv').waitFor();
	}

	/** Opens n8n's node panel and chooses a node. A page that is still loading may close the panel again. */
	private async choose(opener: Locator, search: string, node: string): Promise<void> {
		const searchBar = this.byId('node-creator-search-bar');
		for (let attempt = 1; ; attempt++) {
			try {
				if (!(await searchBar.isVisible())) await opener.click();
				await searchBar.fill(search);
				return await this.clickText(node, { timeout: 20_000 });
			} catch (error) {
				if (attempt === MAX_ATTEMPTS) throw error;
			}
		}
	}

	/** Clicks the first text of n8n's node panel that is exactly this. */
	private async clickText(text: string, options?: { timeout: number }): Promise<void> {
		await this.byId('node-creator').getByText(text, { exact: true }).first().click(options);
	}

	async fill(name: string, value: string): Promise<void> {
		await this.parameter(name).locator('input, textarea').first().fill(value);
	}

	/** Chooses an option of a list of the open node. */
	async select(list: Locator, option: string | RegExp): Promise<void> {
		await list.locator('input').first().click();
		await this.editor.page.getByRole('option', { name: option }).first().click();
	}

	/** Lets bad items leave the open node on its error output. */
	async useErrorOutput(): Promise<void> {
		await this.byId('tab-settings').click();
		await this.select(this.parameter('onError'), labels.errorOutput);
		await this.byId('tab-params').click();
	}

	/** Executes the open node and waits until its output shows the text. */
	async execute(expected: string | RegExp): Promise<void> {
		await this.byId('node-execute-button').click();
		await this.output.getByText(expected).first().waitFor();
	}

	/** Executes the open form, and submits a file in the tab that opens. */
	async submitForm(file: string): Promise<void> {
		const opened = this.editor.page.waitForEvent('popup');
		await this.byId('node-execute-button').click();
		const form = await opened;
		await form.locator('input[type=file]').setInputFiles(file);
		await form.getByRole('button', { name: 'Submit' }).click();
		await this.output.getByText('File Size').first().waitFor();
		await form.close();
	}

	async close(): Promise<void> {
		await this.byId('ndv-close-button').click();
		await this.byId('ndv').waitFor({ state: 'hidden' });
	}

	async open(node: string): Promise<void> {
		await this.editor.node(node).dblclick();
		await this.byId('ndv').waitFor();
	}

	async selectMapping(mode: RegExp): Promise<void> {
		await this.select(this.byId('mapping-mode-select'), mode);
	}

	/** The field of a column in Map Each Column. */
	column(id: string): Locator {
		return this.byId('resource-mapper-container').getByTestId(`parameter-input-${id}`);
	}

	async addAllColumns(): Promise<void> {
		const menu = this.byId('columns-parameter-input-options-container');
		await menu.getByTestId('action-toggle').click();
		await this.editor.page.getByRole('menuitem', { name: labels.addAllColumns }).click();
	}

	/** Drags a field of the input to the column of the same name, again if the page has lost it. */
	async dragToColumn(id: string): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			await this.dragOnce(id);
			try {
				const dropped = this.column(id).getByText(`$json.${id}`).first();
				return await dropped.waitFor({ timeout: 20_000 });
			} catch (error) {
				if (attempt === MAX_ATTEMPTS) throw error;
			}
		}
	}

	private async dragOnce(id: string): Promise<void> {
		const source = this.byId('ndv-input-panel').locator(`[data-name="${id}"]`).first();
		const { mouse } = this.editor.page;
		const [from, to] = [await centreOf(source), await centreOf(this.column(id))];
		await mouse.move(from.x, from.y);
		await mouse.down();
		await mouse.move(from.x + 12, from.y + 6, { steps: 3 }); // n8n starts to drag after some pixels
		await mouse.move(to.x, to.y, { steps: 8 });
		await mouse.up();
	}
}

async function centreOf(element: Locator): Promise<{ x: number; y: number }> {
	await element.scrollIntoViewIfNeeded();
	const box = await element.boundingBox();
	if (box === null) throw new Error('the element is not shown');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
