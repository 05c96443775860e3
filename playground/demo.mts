import { join } from 'node:path';
import { writeCredentialSheet } from './demo/credentialSheet.mts';
import { runDemo } from './demo/runDemo.mts';
import { createProgressLog } from './lib/progress.mts';
import { openPlayground, type Playground } from './host/playground.mts';
import { owner } from './rest/client.mts';

const options = new Set(process.argv.slice(2));
const unknown = [...options].filter((flag) => !['--once', '--keep'].includes(flag));
if (unknown.length > 0) {
	console.error(
		`Unknown option: ${unknown.join(' ')}. Use --once (exit when done) and --keep (keep the files).`,
	);
	process.exit(2);
}

const log = createProgressLog();
let opened: Playground | undefined;
let isClosing = false;

async function close(code: number): Promise<void> {
	if (isClosing) return;
	isClosing = true;
	await opened?.close();
	process.exit(code);
}
/** Prints names and values in two columns. */
function print(rows: ReadonlyArray<readonly [name: string, value: string]>): void {
	const width = Math.max(...rows.map(([name]) => name.length));
	console.log(`\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}`);
}

process.on('SIGINT', () => void close(130));
process.on('SIGTERM', () => void close(143));

try {
	const playground = (opened = await openPlayground({ log, keepFiles: options.has('--keep') }));
	const { violations, workflows } = await runDemo(playground, log);
	for (const text of violations) console.error(`VIOLATION: ${text}`);
	if (options.has('--once')) await close(violations.length > 0 ? 1 : 0);
	print([
		...workflows.map(({ name, id }): [string, string] => [
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
