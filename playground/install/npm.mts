import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';

/**
 * npm hands the settings of the project it runs in to every child as `npm_*` variables: this project's
 * `ignore-scripts=true` would silently turn `npm rebuild` into nothing. Where packages come from must stay.
 */
function environmentOfItsOwn(extra: Record<string, string>): NodeJS.ProcessEnv {
	const kept =
		/^npm_config_(registry|cache|cafile|ca|strict_ssl|proxy|https_proxy|noproxy|userconfig|globalconfig)$/i;
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_/i.test(name) || kept.test(name),
	);
	return { ...Object.fromEntries(inherited), ...extra };
}

/** Runs npm in a folder; everything it prints goes to the log, whose end is shown when npm fails. */
export async function npm(
	args: string[],
	options: { cwd: string; log: string; env?: Record<string, string> },
): Promise<void> {
	const log = createWriteStream(options.log, { flags: 'a' });
	log.write(`\n> npm ${args.join(' ')}\n`);
	const child = spawn('npm', args, {
		cwd: options.cwd,
		env: environmentOfItsOwn(options.env ?? {}),
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32', // npm is a .cmd there
	});
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	const [code] = (await once(child, 'close')) as [number | null];
	await new Promise<void>((done) => log.end(done));
	if (code === 0) return;
	const tail = (await readFile(options.log, 'utf8')).trimEnd().split('\n').slice(-25).join('\n');
	throw new Error(`npm ${args[0]} ended with ${code}. The end of ${options.log}:\n${tail}`);
}
