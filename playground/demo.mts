import { createProgressLog } from './lib/progress.mts';

const USAGE = `Usage: npm run demo [-- --n8n [--once] [--keep]]

  (no option)  pays the list of examples/pay-a-csv in n8n's engine, in this process
  --n8n        in a real n8n, with its editor and the confirming workflow, until Ctrl-C; downloads n8n first
               then pays a second list through the register, kills n8n in the middle and runs it again
  --once       with --n8n: ends when both lists have been paid
  --keep       with --n8n: keeps the temporary files`;

const options = new Set(process.argv.slice(2));
const isKnown = [...options].every((option) => ['--n8n', '--once', '--keep'].includes(option));
if (!isKnown || (options.size > 0 && !options.has('--n8n'))) {
	console.error(USAGE);
	process.exit(2);
}

const log = createProgressLog();

/** Prints what does not agree. Returns the exit code. */
function report(violations: string[]): number {
	for (const text of violations) console.error(`VIOLATION: ${text}`);
	if (violations.length > 0) return 1;
	log('every recipient was paid at most once, and the report matches the ledger');
	return 0;
}

try {
	if (options.has('--n8n')) {
		const { runServerCommand } = await import('./demo/serverCommand.mts');
		const settings = { isOnce: options.has('--once'), keepFiles: options.has('--keep') };
		await runServerCommand(log, report, settings);
	} else {
		const { runEngineDemo } = await import('./demo/engineDemo.mts');
		process.exit(report(await runEngineDemo(log)));
	}
} catch (error) {
	console.error(error);
	process.exit(1);
}
