/**
 * An installation that is killed goes on: what was downloaded is not asked for again. Real npm, a registry in this
 * process.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { downloadsOf } from '../../../playground/install/downloads.mts';
import { progressBar } from '../../../playground/lib/progress.mts';
import { startRegistry, type Registry } from '../../support/install/registry.mts';
import { root } from '../../support/pages.mts';

const PARTS = 12;
const ALL = PARTS + 1;
const main = path.join(root, 'test/support/install/main.mts');

let folder: string;
let registry: Registry;
const running: ChildProcess[] = [];
// A registry for each test: an npm that outlived its program may still ask the one of the test before.
beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'bank131-install-'));
	registry = await startRegistry(PARTS);
});
afterEach(async () => {
	for (const child of running.splice(0)) child.kill('SIGKILL');
	await registry.close();
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function install(): ChildProcess {
	const env = {
		PATH: process.env.PATH,
		HOME: folder,
		BANK131_PLAYGROUND_CACHE: path.join(folder, 'installed'),
		npm_config_registry: registry.url,
		npm_config_cache: path.join(folder, 'npm'),
		npm_config_fetch_retries: '0',
	};
	const child = spawn(process.execPath, ['--import', 'tsx', main], {
		cwd: root,
		env,
		stdio: 'pipe',
	});
	running.push(child);
	return child;
}

/** Everything that the program prints until it ends. */
async function outputOf(child: ChildProcess): Promise<string> {
	let text = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return `${text}exit code ${code}`;
}

const filesOf = (name: string) => readdirSync(path.join(folder, name));
const partialFolders = () => filesOf('installed').filter((name) => name.includes('.partial-'));
const lockFile = () => {
	const name = filesOf('installed').find((one) => one.endsWith('lock.json'));
	return path.join(folder, 'installed', name!);
};

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await condition())) await sleep(20);
}

/** Starts an installation and resolves when npm has stored `answers` tarballs and waits for the next. */
async function installUntil(answers: number): Promise<ChildProcess> {
	registry.answers = answers;
	const child = install();
	await until(() => registry.tarballs.length > answers);
	await until(async () => {
		const { count } = await downloadsOf(lockFile(), path.join(folder, 'npm'));
		return count() === answers;
	});
	return child;
}

// npm runs three times in each; on a slow machine that takes long.
const TIMEOUT_MS = 300_000;

test.each<[NodeJS.Signals, number]>([
	['SIGKILL', 1],
	['SIGKILL', 6],
	['SIGTERM', 12],
])(
	'%s after %d downloads: the next attempt asks for the others only, in a new folder',
	async (signal, answers) => {
		const first = await installUntil(answers);
		const partial = partialFolders();
		expect(partial).toEqual([expect.stringMatching(`-${first.pid}$`)]);
		first.kill(signal);
		await once(first, 'close');
		const stored = registry.tarballs.slice(0, answers);

		// What the first npm still waits for is not answered: it may have outlived its program.
		Object.assign(registry, { answers: Infinity, tarballs: [], versions: [] });
		const output = await outputOf(install());
		expect(output).toContain('exit code 0');
		expect(output).toContain(`${answers} of ${ALL} packages are in npm's cache`);
		expect(registry.tarballs.filter((name) => stored.includes(name))).toEqual([]);
		expect(new Set(registry.tarballs).size).toBe(ALL - answers);
		expect(registry.versions).toEqual([]);

		const [, result] = /folder: (.+)/.exec(output)!;
		const packages = readdirSync(path.join(result, 'node_modules'));
		expect(packages.filter((name) => !name.startsWith('.'))).toHaveLength(ALL);
		expect(partialFolders()).toEqual([]);
		expect(filesOf('installed').filter((name) => name.includes('lock'))).toEqual([]);
	},
	TIMEOUT_MS,
);

describe('What has been downloaded', () => {
	const integrity = `sha512-${Buffer.from('a'.repeat(64)).toString('base64')}`;
	const lock = (packages: object) => {
		const file = path.join(folder, 'package-lock.json');
		writeFileSync(file, JSON.stringify({ packages: { '': {}, ...packages } }));
		return file;
	};
	const other = (name: string) => ({ integrity: `sha512-${Buffer.from(name).toString('base64')}` });

	test.each<[string, object, number]>([
		['two packages', { a: other('a'), b: other('b') }, 2],
		['one package in two places', { a: other('a'), 'b/node_modules/a': other('a') }, 1],
		['a linked folder', { a: { link: true } }, 0],
		['another system', { a: { ...other('a'), os: ['none'] } }, 0],
		['not on this system', { a: { ...other('a'), os: [`!${process.platform}`] } }, 0],
		['on all systems but one', { a: { ...other('a'), os: ['!none'] } }, 1],
		['another processor', { a: { ...other('a'), cpu: ['none'] } }, 0],
		['this processor', { a: { ...other('a'), cpu: ['none', process.arch] } }, 1],
		['a package that nothing needs', { a: { ...other('a'), extraneous: true } }, 0],
		['another system, as a word', { a: { ...other('a'), os: 'none' } }, 0],
		['another C library', { a: { ...other('a'), libc: ['none'] } }, 0],
	])('%s: the number that npm downloads', async (_name, packages, total) => {
		expect((await downloadsOf(lock(packages), folder)).total).toBe(total);
	});

	test('a package counts when npm has put the whole file into its cache', async () => {
		const downloads = await downloadsOf(lock({ a: { integrity }, b: other('b') }), folder);
		expect(downloads.count()).toBe(0);
		const hash = Buffer.from('a'.repeat(64)).toString('hex');
		const parts = ['_cacache', 'content-v2', 'sha512', hash.slice(0, 2), hash.slice(2, 4)];
		mkdirSync(path.join(folder, ...parts), { recursive: true });
		expect(downloads.count()).toBe(0);
		writeFileSync(path.join(folder, ...parts, hash.slice(4)), '');
		expect(downloads.count()).toBe(1);
		expect(downloads.count()).toBe(1);
	});

	test.each([
		[0, 10, '[....................] 0 of 10'],
		[5, 10, '[##########..........] 5 of 10'],
		[9_99, 10_00, '[###################.] 999 of 1000'],
		[10, 10, '[####################] 10 of 10'],
		[0, 0, '[####################] 0 of 0'],
	])('the bar of %d of %d', (count, total, bar) => {
		expect(progressBar(count, total)).toBe(bar);
	});
});
