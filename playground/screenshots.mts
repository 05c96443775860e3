import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Editor } from './browser.mts';
import type { Rectangle } from './browser/playwright.mts';
import { demoRun } from './demo/run.mts';
import { progress } from './demo/say.mts';
import { exampleFiles, importComplete } from './examples.mts';
import { openPlayground } from './playground.mts';
import { showCanvas } from './screenshots/canvas.mts';
import { agentWorkflow, payByAgent } from './screenshots/agent.mts';
import { showCardWidget } from './screenshots/widget.mts';
import { firstPayout } from './screenshots/workflows.mts';

/** Makes the pictures of the README from the real editor. Each name given after `--` makes only the pictures that contain it. */
const wanted = process.argv.slice(2);
const images = join(import.meta.dirname, '..', 'docs', 'images');
await mkdir(images, { recursive: true });

const say = progress();
const playground = await openPlayground({ say });
const { rest, sandbox, credential } = playground;
let editor: Editor | undefined;
let failed = 0;

/** One picture that cannot be made must not cost the others. */
async function picture(
	name: string,
	make: (editor: Editor) => Promise<void | Rectangle>,
): Promise<void> {
	if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) return;
	const at = join(images, `${name}.png`);
	const one = (editor ??= await Editor.open(rest, say));
	try {
		const clip = (await make(one)) ?? undefined;
		await one.page.screenshot({ path: at, clip });
		say(`${name}.png`);
	} catch (error) {
		failed++;
		say(`${name}.png could not be made: ${(error as Error).message}`);
		await one.page.screenshot({ path: join(playground.files, '..', `${name}.png`) });
	}
}

try {
	const { workflows } = await demoRun(playground, say, () => {});
	const [paying, confirming] = workflows;
	const first = await rest.createWorkflow(firstPayout(credential));
	const bad = await rest.createWorkflow({
		...firstPayout(credential, { reference: 'invoice-2026-0132', account: '40817810800000004402' }),
		name: 'A wrong account',
	});

	await picture('pay-a-csv', async (one) => {
		sandbox.reset(); // a bank that has not paid this list yet
		await one.openWorkflow(paying.id);
		await one.runWorkflow();
		await one.finished();
		await one.fitCanvas();
	});
	await picture('batch-result', async (one) => {
		await one.openNode('Send Payout');
	});
	await picture('sandbox', async ({ page, settle }) => {
		await sandbox.idle(60_000); // the second workflow is still confirming
		await page.goto(sandbox.url);
		await settle(1500);
	});
	await picture('trigger', async (one) => {
		await one.openWorkflow(confirming.id);
		await one.openNode('Bank 131 Trigger');
		await one.page.getByText('Webhook URLs').first().click();
		await one.page.getByText('Production URL', { exact: true }).first().click();
		await one.settle();
	});
	await picture('executions', async (one) => {
		const list = `${playground.server.base}/workflow/${confirming.id}/executions`;
		await one.page.goto(list, { waitUntil: 'domcontentloaded' });
		await one.page.getByTestId('current-executions-list').waitFor();
		await one.settle(3000);
	});
	await picture('payout-send', async (one) => {
		await one.openWorkflow(first.id);
		await one.openNode('Bank 131');
	});
	await picture('payout-result', async (one) => {
		await one.page.getByTestId('node-execute-button').click();
		await one.page.getByText('Node executed successfully').first().waitFor();
		await one.dismissMessages();
		await one.page.getByTestId('output-panel').getByText('JSON', { exact: true }).first().click();
		await one.settle(800);
	});
	await picture('credential', async (one) => await one.openCredential());
	await picture('error', async (one) => {
		await one.openWorkflow(bad.id);
		await one.openNode('Bank 131');
		await one.page.getByTestId('node-execute-button').click();
		await one.settle(2500);
	});
	await picture('widget', async (one) => {
		await showCardWidget(playground, one.page, say);
		await one.settle();
	});
	await picture('agent-tool', async (one) => {
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
	for (const [name, text] of [
		['search-payout', 'payout'],
		['search-sbp', 'SBP'],
	]) {
		await picture(name, async (one) => {
			await one.openWorkflow(first.id);
			await one.searchNodes(text);
		});
	}
	await picture('operations', async (one) => {
		await one.openWorkflow(first.id);
		await one.searchNodes('bank 131');
		await one.page.getByTestId('node-creator-item-name').first().click();
		await one.settle(1200);
	});
	// Last, because the window gets another size.
	for (const file of exampleFiles()) {
		await picture(`example-${file.replace(/\.json$/, '')}`, async (one) => {
			const { id } = await importComplete(playground, file);
			return await showCanvas(one, id);
		});
	}
} finally {
	await editor?.close();
	await playground.close();
}
process.exitCode = failed > 0 ? 1 : 0;
