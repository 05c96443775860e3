import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from '../lib/progress.mts';
import { npm } from './npm.mts';
import type { Recipe } from './versions.mts';

/** Outside the checkout: a fresh clone finds the installation that an earlier one made. */
export function cacheFolder(): string {
	const own = process.env.BANK131_PLAYGROUND_CACHE;
	if (own) return own;
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-bank131');
}

/**
 * Installs a recipe once and answers its folder. The folder is renamed into place only when it is whole,
 * so that a broken-off install is never mistaken for one; its name changes with the recipe.
 */
export async function installOnce(
	recipe: Recipe,
	say: Say,
	finish: (folder: string, log: string) => Promise<void> = async () => {},
): Promise<string> {
	const { dependencies, overrides } = recipe;
	const wanted = JSON.stringify({ dependencies, overrides });
	const mark = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
	const folder = join(cacheFolder(), `${recipe.name}-${mark}`);
	if (existsSync(folder)) return folder;

	await mkdir(cacheFolder(), { recursive: true });
	await withLock(`${folder}.lock`, say, async () => {
		if (existsSync(folder)) return; // another process made it while we waited
		const names = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
		say(`installing ${names.join(' and ')} into ${folder} (${recipe.takes}) …`);
		const started = Date.now();
		const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
		const ticking = setInterval(() => say(`  … still installing, ${seconds()}`), 30_000);
		const partial = `${folder}.partial`;
		const log = `${folder}.log`;
		try {
			await rm(partial, { recursive: true, force: true });
			await mkdir(partial);
			const manifest = { name: 'playground-host', private: true, dependencies, overrides };
			await writeFile(join(partial, 'package.json'), JSON.stringify(manifest, null, 2));
			// Without install scripts: several of n8n's dependencies would try to download and compile things it does not need.
			await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: partial, log });
			await finish(partial, log);
			await rename(partial, folder);
		} finally {
			clearInterval(ticking);
		}
		say(`  installed in ${seconds()}`);
	});
	return folder;
}

const STALE_MS = 60_000;

/** One process at a time. A lock that nobody has touched for a minute belongs to a process that died. */
async function withLock(lock: string, say: Say, work: () => Promise<void>): Promise<void> {
	for (let told = false; ; ) {
		try {
			await mkdir(lock);
			break;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		const touched = await stat(lock).then(
			(found) => found.mtimeMs,
			() => Date.now(), // gone between the two calls: try again
		);
		if (Date.now() - touched > STALE_MS) await rm(lock, { recursive: true, force: true });
		else {
			if (!told) say(`another process is installing the same; waiting for ${lock} …`);
			told = true;
			await sleep(1000);
		}
	}
	const beating = setInterval(() => void utimes(lock, new Date(), new Date()), 5000);
	const giveUp = () => {
		rmSync(lock, { recursive: true, force: true });
		process.exit(130);
	};
	process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
	try {
		await work();
	} finally {
		clearInterval(beating);
		process.removeListener('SIGINT', giveUp).removeListener('SIGTERM', giveUp);
		await rm(lock, { recursive: true, force: true });
	}
}
