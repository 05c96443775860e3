import { join } from 'node:path';

import { openPlayground, type Playground } from '../host/playground.mts';
import type { ProgressLog } from '../lib/progress.mts';
import { owner } from '../rest/client.mts';
import { writeCredentialSheet } from './credentialSheet.mts';
import { runRegisterDemo } from './registerDemo.mts';
import { runServerDemo } from './serverDemo.mts';

/**
 * `npm run demo -- --n8n`: runs both demos in a real n8n server and leaves it open until Ctrl-C. Ends the process.
 * @param report prints the violations and returns the exit code
 * @param isOnce ends when both lists have been paid
 */
export async function runServerCommand(
	log: ProgressLog,
	report: (violations: string[]) => number,
	{ isOnce, keepFiles }: { isOnce: boolean; keepFiles: boolean },
): Promise<void> {
	let opened: Playground | undefined;
	let isClosing = false;
	const close = async (code: number): Promise<void> => {
		if (isClosing) return;
		isClosing = true;
		await opened?.close();
		process.exit(code);
	};
	process.on('SIGINT', () => void close(130));
	process.on('SIGTERM', () => void close(143));

	try {
		const playground = (opened = await openPlayground({ log, keepFiles }));
		const lists = await runServerDemo(playground, log);
		const register = await runRegisterDemo(playground, log);
		const code = report([...lists.violations, ...register.violations]);
		if (isOnce) await close(code);
		print([
			...[...lists.workflows, ...register.workflows].map(({ name, id }): [string, string] => [
				name,
				`${playground.server.baseUrl}/workflow/${id}`,
			]),
			['sandbox page', playground.sandbox.url],
			['sign in with', `${owner.email}  ${owner.password}`],
			['sheets', playground.filesFolder],
		]);
		console.log('\nTo make the credential yourself, enter in a new "Bank 131 API":');
		print(await writeCredentialSheet(playground.sandbox, join(playground.folder, 'credential')));
		console.log('\nThe servers run until Ctrl-C.');
	} catch (error) {
		if (!isClosing) console.error(error);
		await close(1);
	}
}

/** Prints names and values in two columns. */
function print(rows: ReadonlyArray<readonly [name: string, value: string]>): void {
	const width = Math.max(...rows.map(([name]) => name.length));
	console.log(`\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}`);
}
