import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Say } from '../lib/progress.mts';
import { installOnce } from './cache.mts';
import { npm } from './npm.mts';
import { nodePayload, type Release, wantedRelease } from './versions.mts';

/** An installed n8n, ready to be started any number of times. */
export interface Host {
	release: Release;
	/** The Node that runs it: n8n 2 needs Node 24, this project does not. */
	node: string;
	n8n: string;
}

export async function ensureHost(say: Say, release = wantedRelease()): Promise<Host> {
	if (nodePayload === undefined && Number(process.versions.node.split('.')[0]) < 24) {
		throw new Error(
			`n8n runs on Node 24 here, there is no npm package of it for ${process.platform}-${process.arch}, and this is Node ${process.version}. Run the playground with Node 24.`,
		);
	}
	const folder = await installOnce(release.recipe, say, compileSqlite);
	return {
		release,
		node: nodePayload === undefined ? process.execPath : payloadBinary(folder, nodePayload),
		n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

function payloadBinary(folder: string, payload: string): string {
	const home = join(folder, 'node_modules', payload, 'bin');
	return join(home, process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The one native module n8n needs. Its prebuilt binary comes from outside npm; where that is out of reach it is compiled. */
async function compileSqlite(folder: string, log: string): Promise<void> {
	const headers = nodePayload && join(folder, 'node_modules', nodePayload);
	const env: Record<string, string> = {
		npm_config_ignore_scripts: 'false',
		CFLAGS: '-O1', // half the time of -O3
		MAKEFLAGS: `-j${availableParallelism()}`,
	};
	// The payload brings Node's headers, so that node-gyp need not download them.
	if (headers && existsSync(join(headers, 'include', 'node', 'node.h'))) {
		env.npm_config_nodedir = headers;
	}
	await npm(['rebuild', 'sqlite3', '--foreground-scripts'], { cwd: folder, log, env });
	const binary = join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
	if (!existsSync(binary)) {
		throw new Error(
			`n8n's database module sqlite3 could neither be downloaded nor compiled. Compiling needs python3, make and a C++ compiler (Debian: apt-get install python3 make g++). Details: ${log}`,
		);
	}
}
