import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import {
	copyFile,
	mkdir,
	readdir,
	readFile,
	rename,
	rm,
	stat,
	utimes,
	writeFile,
} from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { progressBar, reportProgress, type ProgressLog } from '../lib/progress.mts';
import { downloadsOf } from './downloads.mts';
import { npmCacheFolder, runNpm } from './npm.mts';
import type { InstallSpec } from './versions.mts';

/** Path of the cache folder. It is outside the checkout, so a new clone reuses existing installations. */
export function cacheFolder(): string {
	const configured = process.env.BANK131_PLAYGROUND_CACHE;
	if (configured) return configured;
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-bank131');
}

/**
 * Installs npm packages once and resolves to the folder. The folder name contains a hash of the dependencies.
 *
 * An installation that was interrupted goes on: the versions that npm chose are kept beside the folder, and packages
 * that are complete in npm's own cache are not downloaded again. They are unpacked again, in a new folder, which is
 * renamed when it is complete. So a half-installed one is never used, also not by an npm that outlived this program.
 * @param postInstall runs after the installation, before the rename; gets the folder and the path of the npm log
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
		const logFile = `${folder}.log`;
		const partial = await emptyPartialFolder(folder);
		const manifest = { name: 'playground-host', private: true, dependencies, overrides };
		await writeFile(join(partial, 'package.json'), JSON.stringify(manifest, null, 2));
		await download(partial, `${folder}.package-lock.json`, logFile, log);
		const stopPreparing = reportProgress(
			log,
			() => 'all packages are there, one is being compiled',
		);
		await postInstall(partial, logFile).finally(stopPreparing);
		await rename(partial, folder);
		await rm(`${folder}.package-lock.json`, { force: true });
		log(`  installed in ${Math.round((Date.now() - started) / 1000)} s`);
	});
	return folder;
}

/** A new folder for this attempt. What earlier attempts unpacked is deleted. */
async function emptyPartialFolder(folder: string): Promise<string> {
	const isPartial = (name: string) => /^\.partial-\d+$/.test(name.slice(basename(folder).length));
	for (const name of await readdir(cacheFolder())) {
		if (name.startsWith(basename(folder)) && isPartial(name))
			await rm(join(cacheFolder(), name), { recursive: true, force: true });
	}
	const partial = `${folder}.partial-${process.pid}`;
	await mkdir(partial);
	return partial;
}

/** Without install scripts: several dependencies of n8n would download and compile files that n8n does not need. */
const OPTIONS = ['--ignore-scripts', '--no-audit', '--no-fund'];

/**
 * Installs what package.json of `partial` names, with a progress bar.
 * @param lockFile the versions that npm chose in an earlier attempt; written if it is missing
 */
async function download(
	partial: string,
	lockFile: string,
	logFile: string,
	log: ProgressLog,
): Promise<void> {
	const ownLock = join(partial, 'package-lock.json');
	const stopResolving = reportProgress(log, () => 'npm chooses the versions');
	try {
		if (!existsSync(lockFile)) {
			// With the addresses in the file, npm asks nothing about a package that is in its cache.
			const args = ['--package-lock-only', '--omit-lockfile-registry-resolved=false'];
			await runNpm(['install', ...args, ...OPTIONS], { cwd: partial, logFile });
			await rename(ownLock, lockFile);
		}
		await copyFile(lockFile, ownLock);
	} finally {
		stopResolving();
	}

	const downloads = await downloadsOf(lockFile, await npmCacheFolder());
	const earlier = downloads.count();
	if (earlier > 0) log(`  ${earlier} of ${downloads.total} packages are in npm's cache`);
	const stopDownloading = reportProgress(log, () => {
		const count = downloads.count();
		const isComplete = count === downloads.total;
		return `${progressBar(count, downloads.total)} packages${isComplete ? ', npm unpacks them' : ''}`;
	});
	try {
		await runNpm(['ci', '--prefer-offline', ...OPTIONS], { cwd: partial, logFile });
	} catch (error) {
		// Versions that can no longer be had: the next attempt chooses again.
		if (/\b(ETARGET|E404|EINTEGRITY|EUSAGE)\b/.test(String(error))) await rm(lockFile);
		throw error;
	} finally {
		stopDownloading();
	}
}

const STALE_MS = 60_000;

/** File in the folder that is the lock. */
const OWNER = 'owner.json';
interface Owner {
	host: string;
	pid: number;
}

/**
 * Runs `action` in one process at a time. A lock belongs to a dead process if its process on this machine is gone, or
 * if it has not been touched for `STALE_MS`. It is removed then.
 */
async function withLock(
	lock: string,
	log: ProgressLog,
	action: () => Promise<void>,
): Promise<void> {
	for (let isAnnounced = false; ; ) {
		try {
			await mkdir(lock);
			await writeFile(join(lock, OWNER), JSON.stringify({ host: hostname(), pid: process.pid }));
			break;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		if (await isStale(lock)) await rm(lock, { recursive: true, force: true });
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

async function isStale(lock: string): Promise<boolean> {
	try {
		const owner = JSON.parse(await readFile(join(lock, OWNER), 'utf8')) as Owner;
		if (owner.host === hostname() && !isRunning(owner.pid)) return true;
	} catch {
		// not written yet, or removed meanwhile
	}
	const modifiedAt = await stat(lock).then(
		(stats) => stats.mtimeMs,
		() => Date.now(),
	);
	return Date.now() - modifiedAt > STALE_MS;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0); // sends nothing
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'ESRCH';
	}
}
