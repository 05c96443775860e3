import { demoRun } from './demo/runDemo.mts';
import { progress } from './lib/progress.mts';
import { openPlayground, type Playground } from './host/playground.mts';
import { owner } from './rest/client.mts';

const flags = new Set(process.argv.slice(2));
const unknown = [...flags].filter((flag) => !['--once', '--keep'].includes(flag));
if (unknown.length > 0) {
	console.error(
		`Unknown: ${unknown.join(' ')}. Use --once (end by itself) and --keep (keep files).`,
	);
	process.exit(2);
}

const say = progress();
let opened: Playground | undefined;
let leaving = false;

async function leave(code: number): Promise<void> {
	if (leaving) return;
	leaving = true;
	await opened?.close();
	process.exit(code);
}
process.on('SIGINT', () => void leave(130));
process.on('SIGTERM', () => void leave(143));

try {
	const playground = (opened = await openPlayground({ say, keep: flags.has('--keep') }));
	const { broken, workflows } = await demoRun(playground, say);
	for (const text of broken) console.error(`BROKEN: ${text}`);
	if (flags.has('--once')) await leave(broken.length > 0 ? 1 : 0);
	const rows = [
		...workflows.map(({ name, id }) => [name, `${playground.server.base}/workflow/${id}`]),
		["the bank's page", playground.sandbox.url],
		['sign in with', `${owner.email}  ${owner.password}`],
		['sheets', playground.files],
	];
	const width = Math.max(...rows.map(([name]) => name.length));
	console.log(`\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}`);
	console.log('\nAll of it stays open until Ctrl-C.');
} catch (error) {
	if (!leaving) console.error(error);
	await leave(1);
}
