import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { viewport, type Editor } from '../browser/editor.mts';
import type { Rectangle } from '../browser/playwright.mts';
import type { Playground } from '../host/playground.mts';
import { startChat } from '../register/chat.mts';
import { REGISTER } from '../register/register.mts';
import { examplesFolder, importExample } from '../workflows/importExample.mts';

/** Rows of `examples/recipients.csv`. One account does not belong to its BIK, and one card is declined. */
const PAID = /^(reference|PAY-01(0\d|1[0-2]|18|20)),/;
/** Rows of `examples/recipients.csv` that can be read. */
const APPROVED = /^(reference|PAY-01(0\d|1[0-2])),/;
const LIST = '2026-11';
const login = { user: 'approver', password: 'only-for-a-picture' };

/** Pays a list through the register and opens its Data Table. Resolves to the part with rows, px. */
export async function showRegister(playground: Playground, editor: Editor): Promise<Rectangle> {
	const { rest, sandbox, server } = playground;
	const { webhookUrl } = sandbox.settings;
	sandbox.set({ webhookUrl: undefined }); // no other workflow confirms or cancels
	const chat = await startChat();
	try {
		const file = await writeRows(playground, 'november.csv', PAID);
		const pay = await importExample(playground, 'register/pay-the-register.json', {
			settings: { file, list: LIST, messagesTo: chat.url },
		});
		const { resultData } = await rest.runWorkflow(pay, 'Pay the List');
		if (resultData.error) throw new Error(resultData.error.message);
	} finally {
		chat.close();
		sandbox.set({ webhookUrl });
	}
	const { page } = editor;
	await page.goto(`${server.baseUrl}/home/datatables`, { waitUntil: 'domcontentloaded' });
	await page.getByText(REGISTER, { exact: true }).first().click();
	await page.getByText('NOV-0101', { exact: true }).first().waitFor();
	await editor.settle(1200);
	return { x: 0, y: 0, width: viewport.width, height: 620 };
}

/** Runs Approve and opens the approver's form. Resolves to its part of the page, px. The execution goes on waiting. */
export async function showApproval(playground: Playground, editor: Editor): Promise<Rectangle> {
	const { rest } = playground;
	const chat = await startChat();
	try {
		const approvers = await rest.createCredential('httpBasicAuth', 'Approvers', login);
		const approve = await importExample(playground, 'register/approve.json', {
			settings: {
				file: await writeRows(playground, 'december.csv', APPROVED),
				list: LIST,
				messagesTo: chat.url,
			},
			credentials: { 'Payout approvers': approvers },
			parameters: {
				'Pay the Register': { workflowId: { __rl: true, mode: 'id', value: 'not-called' } },
			},
		});
		await rest.startWorkflow(approve, 'Prepare the List');
		for (let left = 300; chat.texts.length === 0; left--) {
			if (left === 0) throw new Error('Approve has sent no link');
			await editor.settle(200);
		}
		const link = new URL(/http\S+$/.exec(chat.texts[0])![0]);
		Object.assign(link, { username: login.user, password: login.password });
		const { page } = editor;
		const field = page.getByText('Your name', { exact: true }).first();
		for (let left = 60; left > 0 && !(await field.isVisible()); left--) {
			await editor.settle(); // the message is sent before the execution waits
			await page.goto(link.href);
		}
		await field.waitFor();
		const width = 560;
		return { x: (viewport.width - width) / 2, y: 0, width, height: viewport.height };
	} finally {
		chat.close();
	}
}

/** Writes the lines of `examples/recipients.csv` that match, with References of their own. Resolves to the path. */
async function writeRows(
	{ filesFolder }: Playground,
	name: string,
	wanted: RegExp,
): Promise<string> {
	const lines = (await readFile(join(examplesFolder, 'recipients.csv'), 'utf8')).split('\n');
	const own = lines.filter((line) => wanted.test(line)).map((line) => line.replace('PAY-', 'NOV-'));
	const file = join(filesFolder, name);
	await writeFile(file, own.join('\n'));
	return file;
}
