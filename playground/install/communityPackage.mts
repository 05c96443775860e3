import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from './npm.mts';

const run = promisify(execFile);
const projectRoot = join(import.meta.dirname, '..', '..');

interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

async function manifestOf(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Packs the built project as `npm publish` would, and answers the tarball's path. */
export async function pack(into: string): Promise<string> {
	const { n8n } = await manifestOf(projectRoot);
	const missing = [...n8n.nodes, ...n8n.credentials].filter(
		(file) => !existsSync(join(projectRoot, file)),
	);
	if (missing.length > 0) throw new Error(`Build first (npm run build): ${missing[0]} is missing.`);
	const log = join(into, 'npm-pack.log');
	await npm(['pack', '--ignore-scripts', '--pack-destination', into], { cwd: projectRoot, log });
	const { name, version } = await manifestOf(projectRoot);
	return join(into, `${name}-${version}.tgz`);
}

/**
 * Does with a tarball what n8n does when a user installs a community package: unpack it under the user folder,
 * drop the dependencies that are not for run time, install the rest without scripts, and note it in the list.
 * A package that only works because of this checkout's node_modules fails here, as it would for a user.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const { stdout } = await run('tar', ['-xzOf', tarball, 'package/package.json']);
	const manifest = JSON.parse(stdout) as Record<string, unknown>;
	const name = String(manifest.name);
	const folder = join(nodesFolder, 'node_modules', name);
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);

	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[kind];
	}
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		const args = ['--bin-links=false', '--install-strategy=shallow', '--package-lock=false'];
		await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', ...args], {
			cwd: folder,
			log: join(userFolder, 'npm-install.log'),
		});
	}
	const list = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [name]: manifest.version },
	};
	await writeFile(join(nodesFolder, 'package.json'), JSON.stringify(list, null, 2));
	return name;
}
