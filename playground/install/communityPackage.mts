import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runNpm } from './npm.mts';

const run = promisify(execFile);
const projectRoot = join(import.meta.dirname, '..', '..');

interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

async function readManifest(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * Packs the built project, or another build of it, as `npm publish` would, and resolves to the path of the tarball.
 * @throws if the project is not built
 */
export async function packProject(into: string, project = projectRoot): Promise<string> {
	const { n8n } = await readManifest(project);
	const missing = [...n8n.nodes, ...n8n.credentials].filter(
		(file) => !existsSync(join(project, file)),
	);
	if (missing.length > 0) throw new Error(`Build first (npm run build): ${missing[0]} is missing.`);
	const logFile = join(into, 'npm-pack.log');
	await runNpm(['pack', '--ignore-scripts', '--pack-destination', into], {
		cwd: project,
		logFile,
	});
	const { name, version } = await readManifest(project);
	return join(into, `${name}-${version}.tgz`);
}

/**
 * Installs a tarball as n8n installs a community package: unpacks it in the user folder, removes all but the runtime
 * dependencies, installs those without scripts, and adds the package to n8n's list. Resolves to the package name.
 * A package that needs this checkout's node_modules fails here, as it would for a user.
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
		await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund', ...args], {
			cwd: folder,
			logFile: join(userFolder, 'npm-install.log'),
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
