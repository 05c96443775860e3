import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProgressLog } from '../lib/progress.mts';
import { runNpm } from './npm.mts';
import type { InstallSpec } from './versions.mts';

/** Path of the cache folder. It is outside the checkout, so a new clone reuses existing installations. */
export function cacheFolder(): string {
	const configured = process.env.BANK131_PLAYGROUND_CACHE;
	if (configured) return configured;
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-bank131');
}

/**
 * Installs npm packages once and resolves to the folder. The folder name contains a hash of the dependencies.
 * The folder is renamed into place only when complete, so an interrupted install is never used.
 * @param postInstall runs after `npm install`, before the rename; gets the folder and the path of the npm log
 * @throws if npm or `postInstall` fails
 */
export async function installOnce(
	installSpec: InstallSpec,
	log: ProgressLog,
	postInstall: (folder: string, logFile: string) => Promise<void> = async () => {},
): Promise<string> {
	const { dependencies, overrides } = installSpec;
	const content = JSON.stringify({ dependencies, overrides });
	const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
	const folder = join(cacheFolder(), `${installSpec.name}-${hash}`);
	if (existsSync(folder)) return folder;

	await mkdir(cacheFolder(), { recursive: true });
	await withLock(`${folder}.lock`, log, async () => {
		if (existsSync(folder)) return; // another process installed it while this one waited
		const names = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
		log(`installing ${names.join(' and ')} into ${folder} (${installSpec.expectedDuration}) …`);
		const started = Date.now();
		const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
		const progressTimer = setInterval(() => log(`  … still installing, ${seconds()}`), 30_000);
		const partial = `${folder}.partial`;
		const logFile = `${folder}.log`;
		try {
			await rm(partial, { recursive: true, force: true });
			await mkdir(partial);
			const manifest = { name: 'playground-host', private: true, dependencies, overrides };
			await writeFile(join(partial, 'package.json'), JSON.stringify(manifest, null, 2));
			// Without install scripts: several dependencies of n8n would download and compile files that n8n does not need.
			await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
				cwd: partial,
				logFile,
			});
			await postInstall(partial, logFile);
			await rename(partial, folder);
		} finally {
			clearInterval(progressTimer);
		}
		log(`  installed in ${seconds()}`);
	});
	return folder;
}

const STALE_MS = 60_000;

/** Runs `action` in one process at a time. A lock older than `STALE_MS` belongs to a dead process and is removed. */
async function withLock(
	lock: string,
	log: ProgressLog,
	action: () => Promise<void>,
): Promise<void> {
	for (let isAnnounced = false; ; ) {
		try {
			await mkdir(lock);
			break;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		const modifiedAt = await stat(lock).then(
			(stats) => stats.mtimeMs,
			() => Date.now(), // removed between the two calls: try again
		);
		if (Date.now() - modifiedAt > STALE_MS) await rm(lock, { recursive: true, force: true });
		else {
			if (!isAnnounced) log(`another process is installing the same; waiting for ${lock} …`);
			isAnnounced = true;
			await sleep(1000);
		}
	}
	const heartbeat = setInterval(() => void utimes(lock, new Date(), new Date()), 5000);
	const releaseLockAndExit = () => {
		rmSync(lock, { recursive: true, force: true });
		process.exit(130);
	};
	process.once('SIGINT', releaseLockAndExit).once('SIGTERM', releaseLockAndExit);
	try {
		await action();
	} finally {
		clearInterval(heartbeat);
		process
			.removeListener('SIGINT', releaseLockAndExit)
			.removeListener('SIGTERM', releaseLockAndExit);
		await rm(lock, { recursive: true, force: true });
	}
}
