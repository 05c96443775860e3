import type { Editor } from '../browser/editor.mts';
import type { Rectangle } from '../browser/playwright.mts';
import { runServerDemo } from '../demo/serverDemo.mts';
import { exampleFiles, importComplete } from '../workflows/importComplete.mts';
import type { ProgressLog } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { agentPayoutParameters, agentWorkflow } from '../workflows/agentWorkflow.mts';
import { showCanvas } from './canvas.mts';
import { showCardWidget } from './cardWidget.mts';
import { firstPayout } from './firstPayout.mts';
import { showApproval, showRegister } from './register.mts';

/** One screenshot of the documentation, `docs/images/<name>.png`. */
export interface Screenshot {
	name: string;
	/** Brings the window to the required state. Resolves to the part to capture, px; undefined for all of it. */
	arrange: (editor: Editor) => Promise<void | Rectangle>;
}

/**
 * Runs the demo and returns all screenshots in the required order: some continue from the state of the previous one.
 */
export async function prepareScreenshots(
	playground: Playground,
	log: ProgressLog,
): Promise<Screenshot[]> {
	const { rest, sandbox, credential } = playground;
	const { workflows } = await runServerDemo(playground, log, () => {});
	const [paying, confirming] = workflows;
	const first = await rest.createWorkflow(firstPayout(credential));
	const wrongAccount = await rest.createWorkflow({
		...firstPayout(credential, { reference: 'invoice-2026-0132', account: '40817810800000004402' }),
		name: 'A wrong account',
	});
	const screenshots: Screenshot[] = [];
	const add = (name: string, arrange: Screenshot['arrange']) =>
		void screenshots.push({ name, arrange });

	add('pay-a-csv', async (editor) => {
		sandbox.reset(); // so that the list counts as not paid yet
		await editor.openWorkflow(paying.id);
		await editor.runWorkflow();
		await editor.waitForSuccess();
		await editor.fitCanvas();
	});
	add('read-list', async (editor) => await openWithTable(editor, 'Read List'));
	add('batch-result', async (editor) => {
		await editor.closeNode();
		await openWithTable(editor, 'Send Payout');
	});
	add('sandbox', async ({ page, settle }) => {
		await sandbox.idle(); // the confirming workflow is still running
		await page.goto(sandbox.url);
		await settle(1500);
	});
	add('trigger', async (editor) => {
		await editor.openWorkflow(confirming.id);
		await editor.openNode('Bank 131 Trigger');
		await editor.page.getByText('Webhook URLs').first().click();
		await editor.page.getByText('Production URL', { exact: true }).first().click();
		await editor.settle();
	});
	add('payout-result', async (editor) => {
		await editor.openWorkflow(first.id);
		await editor.openNode('Bank 131');
		await editor.page.getByTestId('node-execute-button').click();
		await editor.page.getByText('Node executed successfully').first().waitFor();
		await editor.dismissNotifications();
		await editor.page
			.getByTestId('output-panel')
			.getByText('JSON', { exact: true })
			.first()
			.click();
		await editor.settle(800);
	});
	add('credential', async (editor) => await editor.openCredential());
	add('error', async (editor) => {
		await editor.openWorkflow(wrongAccount.id);
		await editor.openNode('Bank 131');
		await editor.page.getByTestId('node-execute-button').click();
		await editor.page.getByTestId('output-panel').getByText('does not belong').first().waitFor();
		await editor.settle();
	});
	add('register-table', async (editor) => await showRegister(playground, editor));
	add('register-approval', async (editor) => await showApproval(playground, editor));
	add('widget', async (editor) => {
		await showCardWidget(playground, editor.page, log);
		await editor.settle();
	});
	add('agent-tool', async (editor) => {
		const model = await rest.createCredential('openAiApi', 'OpenAI', { apiKey: 'none' });
		const parameters = agentPayoutParameters({
			agentMoney: true,
			agentMaximum: 5000,
			agentTotal: 20_000,
			reference: "={{ $('Start').item.json.invoice }}",
		});
		const file = agentWorkflow({ bank: credential, model, agentVersion: 3, parameters });
		await editor.openWorkflow((await rest.createWorkflow(file)).id);
		await editor.openNode('Bank 131 Tool');
	});
	add('search-sbp', async (editor) => {
		await editor.openWorkflow(first.id);
		await editor.searchNodes('SBP');
	});
	add('operations', async (editor) => {
		await editor.openWorkflow(first.id);
		await editor.searchNodes('bank 131');
		await editor.page.getByTestId('node-creator-item-name').first().click();
		await editor.settle(1200);
	});
	// Last, because these change the window size.
	for (const file of exampleFiles()) {
		add(`example-${file.replace(/\.json$/, '').replace('/', '-')}`, async (editor) => {
			const { id } = await importComplete(playground, file);
			return await showCanvas(editor, id);
		});
	}
	return screenshots;
}

/** Opens a node with its output as a table. */
async function openWithTable(editor: Editor, node: string): Promise<void> {
	await editor.openNode(node);
	await editor.page.getByTestId('output-panel').getByText('Table', { exact: true }).click();
	await editor.settle(800);
}
