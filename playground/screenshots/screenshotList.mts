import type { Editor } from '../browser/editor.mts';
import type { Rectangle } from '../browser/playwright.mts';
import { demoRun } from '../demo/runDemo.mts';
import { exampleFiles, importComplete } from '../workflows/importComplete.mts';
import type { Say } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { agentWorkflow, payByAgent } from '../workflows/agentWorkflow.mts';
import { showCanvas } from './canvas.mts';
import { showCardWidget } from './cardWidget.mts';
import { firstPayout } from './firstPayout.mts';

/** One picture of the documentation, `docs/images/<name>.png`. */
export interface Picture {
	name: string;
	/** Brings the window to the state that is shown. Answers the part to be shown, if not all of it. */
	show: (editor: Editor) => Promise<void | Rectangle>;
}

/** All pictures of the documentation, in the order in which they must be made: some go on from where the one before has ended. */
export async function album(playground: Playground, say: Say): Promise<Picture[]> {
	const { rest, sandbox, credential } = playground;
	const { workflows } = await demoRun(playground, say, () => {});
	const [paying, confirming] = workflows;
	const first = await rest.createWorkflow(firstPayout(credential));
	const bad = await rest.createWorkflow({
		...firstPayout(credential, { reference: 'invoice-2026-0132', account: '40817810800000004402' }),
		name: 'A wrong account',
	});
	const pictures: Picture[] = [];
	const picture = (name: string, show: Picture['show']) => void pictures.push({ name, show });

	picture('pay-a-csv', async (one) => {
		sandbox.reset(); // a bank that has not paid this list yet
		await one.openWorkflow(paying.id);
		await one.runWorkflow();
		await one.finished();
		await one.fitCanvas();
	});
	picture('batch-result', async (one) => {
		await one.openNode('Send Payout');
	});
	picture('sandbox', async ({ page, settle }) => {
		await sandbox.idle(60_000); // the second workflow is still confirming
		await page.goto(sandbox.url);
		await settle(1500);
	});
	picture('trigger', async (one) => {
		await one.openWorkflow(confirming.id);
		await one.openNode('Bank 131 Trigger');
		await one.page.getByText('Webhook URLs').first().click();
		await one.page.getByText('Production URL', { exact: true }).first().click();
		await one.settle();
	});
	picture('payout-result', async (one) => {
		await one.openWorkflow(first.id);
		await one.openNode('Bank 131');
		await one.page.getByTestId('node-execute-button').click();
		await one.page.getByText('Node executed successfully').first().waitFor();
		await one.dismissMessages();
		await one.page.getByTestId('output-panel').getByText('JSON', { exact: true }).first().click();
		await one.settle(800);
	});
	picture('credential', async (one) => await one.openCredential());
	picture('error', async (one) => {
		await one.openWorkflow(bad.id);
		await one.openNode('Bank 131');
		await one.page.getByTestId('node-execute-button').click();
		await one.page.getByTestId('output-panel').getByText('does not belong').first().waitFor();
		await one.settle();
	});
	picture('widget', async (one) => {
		await showCardWidget(playground, one.page, say);
		await one.settle();
	});
	picture('agent-tool', async (one) => {
		const model = await rest.createCredential('openAiApi', 'OpenAI', { apiKey: 'none' });
		const parameters = payByAgent({
			agentMoney: true,
			agentMaximum: 5000,
			agentTotal: 20_000,
			reference: "={{ $('Start').item.json.invoice }}",
		});
		const file = agentWorkflow({ bank: credential, model, agentVersion: 3, parameters });
		await one.openWorkflow((await rest.createWorkflow(file)).id);
		await one.openNode('Bank 131 Tool');
	});
	picture('search-sbp', async (one) => {
		await one.openWorkflow(first.id);
		await one.searchNodes('SBP');
	});
	picture('operations', async (one) => {
		await one.openWorkflow(first.id);
		await one.searchNodes('bank 131');
		await one.page.getByTestId('node-creator-item-name').first().click();
		await one.settle(1200);
	});
	// Last, because the window gets another size.
	for (const file of exampleFiles()) {
		picture(`example-${file.replace(/\.json$/, '')}`, async (one) => {
			const { id } = await importComplete(playground, file);
			return await showCanvas(one, id);
		});
	}
	return pictures;
}
