import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A package in npm's `package-lock.json`. */
interface LockedPackage {
	integrity?: string;
	/** Nothing needs it: an optional peer that does not fit. npm names it and leaves it out. */
	extraneous?: boolean;
	os?: string | string[];
	cpu?: string | string[];
	libc?: string | string[];
}

/** How much of what a lock file names is in npm's cache. A download that was cut short is not in it. */
export interface Downloads {
	/** Number of packages that npm downloads on this platform. */
	total: number;
	/** Looks for those that were not there at the last call, and returns how many are there. */
	count(): number;
}

/**
 * Reads a lock file.
 * @param cache npm's own cache folder (`npm config get cache`)
 * @throws if the file is missing or no lock file
 */
export async function downloadsOf(lockFile: string, cache: string): Promise<Downloads> {
	const { packages } = JSON.parse(await readFile(lockFile, 'utf8')) as {
		packages: Record<string, LockedPackage>;
	};
	const files = Object.values(packages)
		.filter((locked) => !locked.extraneous && isForThisPlatform(locked))
		.flatMap(({ integrity }) => (integrity ? [contentFile(cache, integrity)] : []));
	const missing = new Set(files);
	const total = missing.size;
	return {
		total,
		count() {
			for (const file of missing) if (existsSync(file)) missing.delete(file);
			return total - missing.size;
		},
	};
}

/** Where npm keeps a package, by its hash. npm moves the file there when it is complete. */
function contentFile(cache: string, integrity: string): string {
	const [algorithm, base64] = integrity.split(' ')[0].split('-');
	const hash = Buffer.from(base64, 'base64').toString('hex');
	const folders = [hash.slice(0, 2), hash.slice(2, 4), hash.slice(4)];
	return join(cache, '_cacache', 'content-v2', algorithm, ...folders);
}

/** npm leaves out the optional packages of other platforms. */
function isForThisPlatform({ os, cpu, libc }: LockedPackage): boolean {
	return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libraryOfC);
}

const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const libraryOfC = header.glibcVersionRuntime ? 'glibc' : 'musl';

/** One or more names of npm: those that are allowed or, with an exclamation mark, those that are not. */
function allows(names: string | string[] = [], name: string): boolean {
	const list = [names].flat();
	const allowed = list.filter((entry) => !entry.startsWith('!'));
	return !list.includes(`!${name}`) && (allowed.length === 0 || allowed.includes(name));
}
