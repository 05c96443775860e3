import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Table from 'cli-table3';
import { HANG_MS } from '../lib/hang.mts';
import type { ProgressLog } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { startChat } from '../register/chat.mts';
import { inventRows, writeList, type ListRow } from '../register/list.mts';
import {
	findDisagreements,
	ledgerOf,
	readRegister,
	usedRows,
	type RegisterRow,
} from '../register/register.mts';
import { waitForWebhook, webhookUrl } from '../rest/webhooks.mts';
import { importExample } from '../workflows/importExample.mts';
import type { DemoResult } from './serverDemo.mts';
import { formatRubles } from './sheets.mts';

const LIST = '2026-12';
const COUNT = 40;

/** What register and ledger have of one row at one moment. */
type State = { register: string; ledger: string };

/**
 * Pays a list through the workflows of `examples/register/`, kills n8n with SIGKILL in the middle, starts it again and
 * runs the list again. Then compares register and ledger row by row.
 * @param print receives the table
 * @throws if a run fails or does not end in time
 */
export async function runRegisterDemo(
	playground: Playground,
	log: ProgressLog,
	print: ProgressLog = console.log,
): Promise<DemoResult> {
	const { filesFolder, sandbox, rest, server, webhookBaseUrl } = playground;
	const rows = inventRows(LIST, COUNT);
	const file = join(filesFolder, 'payouts.csv');
	await writeList(file, rows);
	const chat = await startChat();
	try {
		const settings = { messagesTo: chat.url };
		const listen = await importExample(playground, 'register/listen.json', { settings });
		await rest.activate(listen);
		const url = webhookUrl(webhookBaseUrl, listen, 'Bank 131 Trigger', 'webhook');
		await waitForWebhook(url);
		sandbox.set({ webhookUrl: url });
		const pay = await importExample(playground, 'register/pay-the-register.json', {
			settings: { ...settings, file, list: LIST },
		});

		sandbox.set({ latencyMs: 40 }); // slow enough to be killed in the middle
		log(`paying a second list, of ${COUNT} rows, through the register …`);
		await rest.startWorkflow(pay, 'Pay the List');
		const paidCount = () =>
			rows.filter(({ reference }) => ledgerOf(sandbox, reference).length).length;
		for (const started = Date.now(); paidCount() < COUNT / 3; await sleep(10)) {
			if (Date.now() - started > HANG_MS) throw new Error('the register paid nothing');
		}
		await server.kill();
		const killedAt = new Date().toTimeString().slice(0, 8);
		const paidAtKill = paidCount();
		log(
			`n8n was killed with SIGKILL when ${paidAtKill} of ${COUNT} rows were paid; starting it again …`,
		);
		await server.restart();
		await rest.waitUntilIdle(pay);
		const before = await statesOf(playground, rows);

		log('running the list again …');
		const { resultData } = await rest.waitForExecution(
			await rest.startWorkflow(pay, 'Pay the List'),
		);
		if (resultData.error) throw new Error(`the second run failed: ${resultData.error.message}`);
		await sandbox.idle();
		const register = await readRegister(rest, LIST);
		print(formatStates(rows, before, await statesOf(playground, rows, register)));
		print(`\nkilled at ${killedAt} with SIGKILL: ${paidAtKill} of ${COUNT} rows were paid`);
		print(`the message of the second run: ${chat.texts.at(-1) ?? 'nothing'}`);
		const violations = findDisagreements(sandbox, rows, register);
		if (violations.length === 0) print(`register and ledger agree in all ${COUNT} rows\n`);
		return { violations, workflows: [pay, listen] };
	} finally {
		chat.close();
	}
}

async function statesOf(
	{ rest, sandbox }: Playground,
	list: readonly ListRow[],
	rows?: readonly RegisterRow[],
): Promise<State[]> {
	const all = rows ?? (await readRegister(rest, LIST));
	return list.map(({ reference }) => ({
		register: usedRows(all, reference)
			.map(({ outcome, sessionId }) => `${outcome} in ${sessionId}`)
			.join('\n'),
		ledger: ledgerOf(sandbox, reference)
			.map(({ amount, sessionId }) => `${formatRubles(amount)} in ${sessionId}`)
			.join('\n'),
	}));
}

/** One line for each row: register and ledger after the kill, and after the second run. */
function formatStates(list: readonly ListRow[], before: State[], after: State[]): string {
	const table = new Table({
		head: [
			'Reference',
			'Amount',
			'After the kill: register',
			'ledger',
			'At the end: register',
			'ledger',
		],
		chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
		style: { head: process.stdout.isTTY ? ['bold'] : [], border: [] },
	});
	for (const [index, { reference, amount }] of list.entries()) {
		const states = [before[index], after[index]];
		const cells = states.flatMap(({ register, ledger }) => [register || '–', ledger || '–']);
		table.push([reference, amount, ...cells]);
	}
	return table.toString();
}
