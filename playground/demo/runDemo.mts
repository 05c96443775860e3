import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Say } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { webhookRegistered, webhookUrl } from '../rest/webhooks.mts';
import type { Workflow } from '../rest/types.mts';
import { examplesFolder, importExample } from '../workflows/importExample.mts';
import { recorded, withApprovals } from './approvals.mts';
import { expected, lostAnswer } from './expectedOutcomes.mts';
import { brokenInvariants, movedSum, reportedSum, tell } from './invariants.mts';
import { type Answered, type Asked, readSheet, roubles } from './sheets.mts';
import { tableOf } from './table.mts';

export interface DemoResult {
	/** What should hold and does not, in words. Empty when all is well. */
	broken: string[];
	workflows: Workflow[];
}

/** Pays the example's list through both example workflows and compares their reports with the bank's ledger. */
export async function demoRun(
	playground: Playground,
	say: Say,
	show: Say = console.log,
): Promise<DemoResult> {
	const { files, sandbox } = playground;
	for (const sheet of ['recipients.csv', 'orders.csv']) {
		await copyFile(join(examplesFolder, sheet), join(files, sheet));
	}
	const asked = await readSheet<Asked>(join(files, 'recipients.csv'));

	const confirming = await startConfirming(playground);
	say('the confirming workflow is published; the bank sends its webhooks there');
	const paying = await importExample(playground, 'pay-a-csv.json');
	const fault = sandbox.faults.add({
		kind: 'resetAfter',
		match: { path: 'start/payout', reference: lostAnswer },
	});

	say(`paying ${asked.length} recipients of recipients.csv …`);
	const answers = await pay(playground, paying);
	const waiting = answers.filter(({ outcome }) => outcome === 'awaitingConfirmation');
	say(
		`paid; ${waiting.length} payouts were left for approval, waiting for the confirming workflow …`,
	);
	const finished = await recorded(
		join(files, 'finished.csv'),
		asked.filter(({ approval }) => approval === 'manual').map(({ reference }) => reference),
		180_000,
	);

	const ledger = [...sandbox.ledger.entries];
	const told = tell(asked, withApprovals(answers, finished), ledger);
	show(tableOf(told));
	show(
		`\nreported as succeeded: ${roubles(reportedSum(told))} RUB     moved in the bank's ledger: ${roubles(movedSum(ledger))} RUB\n`,
	);
	const broken = brokenInvariants(told, ledger, expected);
	if (fault.hits !== 1)
		broken.push(`the answer of ${lostAnswer} was lost ${fault.hits} times, not once`);

	say('the same list once more, as after a crash …');
	broken.push(...(await payAgain(playground, paying)));
	if (broken.length === 0) {
		say('every recipient was paid at most once, and the report equals the ledger');
	}
	return { broken, workflows: [paying, confirming] };
}

/** Publishes `examples/confirm-when-ready.json`; the bank sends its webhooks there from then on. */
export async function startConfirming(playground: Playground): Promise<Workflow> {
	const { rest, sandbox, webhookBase } = playground;
	const workflow = await importExample(playground, 'confirm-when-ready.json');
	await rest.activate(workflow);
	const url = webhookUrl(webhookBase, workflow, 'Bank 131 Trigger', 'webhook');
	await webhookRegistered(url);
	sandbox.set({ webhookUrl: url });
	return workflow;
}

async function pay({ rest, files }: Playground, workflow: Workflow): Promise<Answered[]> {
	const execution = await rest.run(workflow, 'Pay the List');
	const { error } = execution.resultData;
	if (execution.status !== 'success') {
		const where = error?.node ? ` in "${error.node.name}"` : '';
		const why = [error?.message, error?.description].filter(Boolean).join(' ');
		throw new Error(`the payout workflow ended with ${execution.status}${where}: ${why}`);
	}
	return await readSheet<Answered>(join(files, 'result.csv'));
}

/** Whoever is not sure whether the list was paid runs it again: that must not cost anything. */
async function payAgain(playground: Playground, workflow: Workflow): Promise<string[]> {
	const before = movedSum(playground.sandbox.ledger.entries);
	const answers = await pay(playground, workflow);
	const more = movedSum(playground.sandbox.ledger.entries) - before;
	const paid = answers.filter(({ outcome }) => outcome === 'succeeded');
	return [
		...(more === 0 ? [] : [`running the list again moved another ${roubles(more)}`]),
		...paid.map(({ reference }) => `${reference}: the second run says it was paid by it`),
	];
}
