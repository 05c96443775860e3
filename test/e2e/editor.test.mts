/** The first steps of a new user in the browser: from an empty canvas to a payout and to an error message. */
import { Editor } from '../../playground/browser/editor.mts';
import type { Locator } from '../../playground/browser/playwright.mts';
import {
	credentialData,
	openPlayground,
	type Playground,
} from '../../playground/host/playground.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;
let editor: Editor;

beforeAll(async () => {
	playground = await openPlayground({ log });
	editor = await Editor.open(playground.rest, log);
});

afterAll(async () => {
	await editor?.close();
	await playground?.close();
});

const byId = (id: string): Locator => editor.page.getByTestId(id);
const results = async () => await byId('node-creator-item-name').allInnerTexts();

const fieldOf = (form: Locator, name: string): Locator =>
	form.getByTestId(`parameter-input-${name}`).locator('input, textarea').first();

async function fill(form: Locator, values: Record<string, unknown>): Promise<void> {
	for (const [name, value] of Object.entries(values)) {
		await fieldOf(form, name).fill(String(value));
	}
	await editor.settle();
}

async function execute(): Promise<void> {
	await byId('node-execute-button').click();
}

const output = () => byId('output-panel');

test('empty canvas: a new credential and a payout succeed; an ambiguous amount shows an error and sends nothing', async () => {
	const { page } = editor;
	await page.goto(`${playground.server.baseUrl}/workflow/new`, { waitUntil: 'domcontentloaded' });
	await byId('canvas-add-button').waitFor();
	await editor.settle(1200);
	await byId('canvas-add-button').click();
	await byId('node-creator-search-bar').fill('manual');
	await byId('node-creator-item-name').first().click();
	await editor.node('When clicking ‘Execute workflow’').waitFor();

	// Found by common search terms.
	await editor.searchNodes('SBP');
	expect(await results()).toContain('Bank 131');
	await byId('node-creator-search-bar').fill('bank 131');
	await editor.settle();
	expect(await results()).toContain('Bank 131');
	await byId('node-creator-search-bar').fill('payout');
	await editor.settle();
	expect(await results()).toEqual(['Bank 131']);
	await byId('node-creator-item-name').first().click();
	await page.getByText('Send a payout', { exact: true }).first().click();
	await byId('ndv').waitFor();

	// A new credential, which n8n tests when it is saved.
	await byId('node-credentials-select').first().click();
	await page.getByText('Create new credential').first().click();
	const modal = byId('editCredential-modal');
	await modal.getByTestId('parameter-input-environment').click();
	await page.getByRole('option', { name: 'Custom URL' }).click();
	const { customUrl, project, privateKey, bankPublicKey } = credentialData(playground.sandbox);
	await fill(modal, { customUrl, project, privateKey, bankPublicKey });
	await byId('credential-save-button').click();
	await modal.waitFor({ state: 'hidden' });
	await editor.openCredential(); // waits for "Connection tested successfully"
	await page.keyboard.press('Escape');

	await editor.openNode('Send a payout');
	await fill(byId('ndv'), {
		reference: 'from-the-editor',
		amount: '1 500,50',
		account: '40817810800000004401',
		bik: '044525974',
		recipientName: 'Иванов Иван Иванович',
		purpose: 'Оплата услуг по договору № 131',
	});
	await execute();
	await output().getByText('succeeded', { exact: true }).first().waitFor();
	expect(playground.sandbox.ledger.entries).toMatchObject([
		{ amount: 150_050, destination: '40817***4401' },
	]);

	// 1.500 may be 1.5 or 1,500 rubles: an ambiguous amount is rejected.
	await fill(byId('ndv'), { reference: 'from-the-editor-2', amount: '1.500' });
	const requests = playground.sandbox.requests.length;
	await execute();
	await output()
		.getByText(/can be read two ways/)
		.first()
		.waitFor();
	expect(await output().innerText()).toContain('1.500');
	expect(playground.sandbox.requests).toHaveLength(requests);
});
