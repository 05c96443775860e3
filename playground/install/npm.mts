import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { promisify } from 'node:util';

/**
 * Environment for npm without the settings of the calling project. npm passes its settings to child processes as
 * `npm_*` variables, and this project's `ignore-scripts=true` would make `npm rebuild` do nothing. Registry and proxy
 * settings stay.
 */
function npmEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
	const allowed =
		/^npm_config_(registry|cache|cafile|ca|strict_ssl|proxy|https_proxy|noproxy|userconfig|globalconfig)$/i;
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_/i.test(name) || allowed.test(name),
	);
	return { ...Object.fromEntries(inherited), ...extra };
}

/** Path of the folder in which npm keeps what it has downloaded. */
export async function npmCacheFolder(): Promise<string> {
	const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'cache'], {
		env: npmEnvironment({}),
		shell: process.platform === 'win32',
	});
	return stdout.trim();
}

/**
 * Runs npm in a folder and appends its output to `logFile`.
 * @throws with the last 25 lines of the log if npm fails
 */
export async function runNpm(
	args: string[],
	options: { cwd: string; logFile: string; env?: Record<string, string> },
): Promise<void> {
	const logFile = createWriteStream(options.logFile, { flags: 'a' });
	logFile.write(`\n> npm ${args.join(' ')}\n`);
	const child = spawn('npm', args, {
		cwd: options.cwd,
		env: npmEnvironment(options.env ?? {}),
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32', // npm is a .cmd there
	});
	const endChild = () => void child.kill();
	process.once('exit', endChild);
	child.stdout.pipe(logFile, { end: false });
	child.stderr.pipe(logFile, { end: false });
	const [code] = (await once(child, 'close')) as [number | null];
	process.removeListener('exit', endChild);
	await new Promise<void>((done) => logFile.end(done));
	if (code === 0) return;
	const tail = (await readFile(options.logFile, 'utf8'))
		.trimEnd()
		.split('\n')
		.slice(-25)
		.join('\n');
	throw new Error(`npm ${args[0]} ended with ${code}. The end of ${options.logFile}:\n${tail}`);
}
