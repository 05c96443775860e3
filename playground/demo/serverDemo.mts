import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgressLog } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { waitForWebhook, webhookUrl } from '../rest/webhooks.mts';
import type { Workflow } from '../rest/types.mts';
import { examplesFolder, importExample } from '../workflows/importExample.mts';
import { expectedOutcomes, lostResponseReference } from './expectedOutcomes.mts';
import { applyFinalOutcomes, waitForRecords } from './finalOutcomes.mts';
import { buildReports, findViolations, sumMoved, sumReported } from './invariants.mts';
import { formatRubles, readSheet, type RecipientRow, type ResultRow } from './sheets.mts';
import { formatTable } from './table.mts';

/** Result of the demo. */
export interface DemoResult {
	/** One message per violated invariant. */
	violations: string[];
	workflows: Workflow[];
}

/**
 * Pays `examples/recipients.csv` with the payout and the confirming workflow, then compares their reports with the
 * ledger.
 * @param print receives the table and the sums
 * @throws if the payout workflow fails or a payout does not end in time
 */
export async function runServerDemo(
	playground: Playground,
	log: ProgressLog,
	print: ProgressLog = console.log,
): Promise<DemoResult> {
	const { filesFolder, sandbox } = playground;
	for (const sheet of ['recipients.csv', 'orders.csv']) {
		await copyFile(join(examplesFolder, sheet), join(filesFolder, sheet));
	}
	const rows = await readSheet<RecipientRow>(join(filesFolder, 'recipients.csv'));

	const confirming = await publishConfirmingWorkflow(playground);
	log('the confirming workflow is published and receives the webhooks of the bank');
	const paying = await importExample(playground, 'pay-a-csv.json');
	const fault = sandbox.faults.add({
		kind: 'resetAfter',
		match: { path: 'start/payout', reference: lostResponseReference },
	});

	log(`paying ${rows.length} recipients of recipients.csv …`);
	const results = await payList(playground, paying);
	const waiting = results.filter(({ outcome }) => outcome === 'awaitingConfirmation');
	log(`paid; ${waiting.length} payouts need approval, waiting for the confirming workflow …`);
	const finished = await waitForRecords(
		join(filesFolder, 'finished.csv'),
		rows.filter(({ approval }) => approval === 'manual').map(({ reference }) => reference),
	);

	const ledger = [...sandbox.ledger.entries];
	const reports = buildReports(rows, applyFinalOutcomes(results, finished), ledger);
	print(formatTable(reports));
	print(
		`\nreported as succeeded: ${formatRubles(sumReported(reports))} RUB     moved in the bank's ledger: ${formatRubles(sumMoved(ledger))} RUB\n`,
	);
	const violations = findViolations(reports, ledger, expectedOutcomes);
	if (fault.hits !== 1)
		violations.push(
			`the response of ${lostResponseReference} was lost ${fault.hits} times, not once`,
		);

	log('running the same list again, as after a crash …');
	violations.push(...(await checkSecondRun(playground, paying)));
	return { violations, workflows: [paying, confirming] };
}

/** Publishes `examples/confirm-when-ready.json` and sets its URL as the webhook URL of the sandbox. */
export async function publishConfirmingWorkflow(playground: Playground): Promise<Workflow> {
	const { rest, sandbox, webhookBaseUrl } = playground;
	const workflow = await importExample(playground, 'confirm-when-ready.json');
	await rest.activate(workflow);
	const url = webhookUrl(webhookBaseUrl, workflow, 'Bank 131 Trigger', 'webhook');
	await waitForWebhook(url);
	sandbox.set({ webhookUrl: url });
	return workflow;
}

async function payList(
	{ rest, filesFolder }: Playground,
	workflow: Workflow,
): Promise<ResultRow[]> {
	const execution = await rest.runWorkflow(workflow, 'Pay the List');
	const { error } = execution.resultData;
	if (execution.status !== 'success') {
		const where = error?.node ? ` in "${error.node.name}"` : '';
		const why = [error?.message, error?.description].filter(Boolean).join(' ');
		throw new Error(`the payout workflow ended with ${execution.status}${where}: ${why}`);
	}
	return await readSheet<ResultRow>(join(filesFolder, 'result.csv'));
}

/** Runs the list again: no money may move and no payout may be reported as succeeded. Returns the violations. */
async function checkSecondRun(playground: Playground, workflow: Workflow): Promise<string[]> {
	const before = sumMoved(playground.sandbox.ledger.entries);
	const results = await payList(playground, workflow);
	const movedAgain = sumMoved(playground.sandbox.ledger.entries) - before;
	const paid = results.filter(({ outcome }) => outcome === 'succeeded');
	return [
		...(movedAgain === 0 ? [] : [`the second run moved another ${formatRubles(movedAgain)}`]),
		...paid.map(({ reference }) => `${reference}: the second run reports it as succeeded`),
	];
}
