/** The built package, loaded as n8n loads it. Build first (`npm run build`). */
import { existsSync } from 'node:fs';
import path from 'node:path';

import type * as N8nCore from 'n8n-core';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';

import { core, projectDir } from './n8n.mts';

/** The part of n8n's package loader that is used here; `PackageDirectoryLoader` implements it. */
export interface LoadedPackage {
	packageName: string;
	getNode(name: string): { type: INodeType | IVersionedNodeType };
	getCredential(name: string): { type: ICredentialType };
}

/**
 * Reads package.json "n8n", requires the classes, checks icons and codex.
 * `BANK131_PACKAGE_DIR` names another build of the package, for example an unpacked tarball.
 *
 * @throws if the package has no `dist`
 */
export async function loadPackage(
	packageDir = process.env.BANK131_PACKAGE_DIR ?? projectDir,
): Promise<N8nCore.PackageDirectoryLoader> {
	if (!existsSync(path.join(packageDir, 'dist'))) {
		throw new Error(`${packageDir}/dist is missing: run "npm run build" first`);
	}
	const loader = new core.PackageDirectoryLoader(packageDir);
	await loader.loadAll();
	return loader;
}
