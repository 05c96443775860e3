import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ProgressLog } from '../lib/progress.mts';
import { installOnce } from './cache.mts';
import { runNpm } from './npm.mts';
import { nodePackage, type Release, selectRelease } from './versions.mts';

/** An n8n installed in the cache folder. */
export interface N8nInstallation {
	release: Release;
	/** Path of the Node binary that runs it: n8n 2 needs Node 24, this project does not. */
	nodePath: string;
	/** Path of n8n's command-line program. */
	n8nPath: string;
}

/**
 * Installs the given n8n release if it is not in the cache.
 * @throws if this platform has no Node 24, or the database module can be neither downloaded nor compiled
 */
export async function ensureN8n(
	log: ProgressLog,
	release = selectRelease(),
): Promise<N8nInstallation> {
	if (nodePackage === undefined && Number(process.versions.node.split('.')[0]) < 24) {
		throw new Error(
			`n8n runs on Node 24 here, there is no npm package of it for ${process.platform}-${process.arch}, and this is Node ${process.version}. Run the playground with Node 24.`,
		);
	}
	const folder = await installOnce(release.installSpec, log, compileSqlite);
	return {
		release,
		nodePath: nodePackage === undefined ? process.execPath : bundledNodePath(folder, nodePackage),
		n8nPath: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

function bundledNodePath(folder: string, packageName: string): string {
	const binFolder = join(folder, 'node_modules', packageName, 'bin');
	return join(binFolder, process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Builds sqlite3, n8n's only required native module: downloads the prebuilt binary, or compiles it if that fails. */
async function compileSqlite(folder: string, logFile: string): Promise<void> {
	const headers = nodePackage && join(folder, 'node_modules', nodePackage);
	const env: Record<string, string> = {
		npm_config_ignore_scripts: 'false',
		CFLAGS: '-O1', // half the time of -O3
		MAKEFLAGS: `-j${availableParallelism()}`,
	};
	// The Node package contains the headers, so node-gyp does not download them.
	if (headers && existsSync(join(headers, 'include', 'node', 'node.h'))) {
		env.npm_config_nodedir = headers;
	}
	await runNpm(['rebuild', 'sqlite3', '--foreground-scripts'], { cwd: folder, logFile, env });
	const binary = join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
	if (!existsSync(binary)) {
		throw new Error(
			`n8n's database module sqlite3 could neither be downloaded nor compiled. Compiling needs python3, make and a C++ compiler (Debian: apt-get install python3 make g++). Details: ${logFile}`,
		);
	}
}
