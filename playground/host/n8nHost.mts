import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgressLog } from '../lib/progress.mts';
import { ensureN8n, type N8nInstallation } from '../install/n8n.mts';
import { installPackage, packProject } from '../install/communityPackage.mts';
import { type Server, type ServerOptions, startN8n } from '../server/n8nServer.mts';

/** Options of `createTestHost`. */
export interface TestHostOptions {
	log: ProgressLog;
	/** Does not delete the temporary folder on close. */
	keepFiles?: boolean;
	/** Folder of another build of this project. */
	build?: string;
}

/** An installed n8n, this project as a packed tarball, and a temporary folder. n8n servers are started on it. */
export interface TestHost {
	installation: N8nInstallation;
	folder: string;
	/** Path of the only folder in which workflows may read and write files. */
	filesFolder: string;
	/** Creates an n8n user folder with this package installed; resolves to its path. */
	createUserFolder(name: string): Promise<string>;
	/** Starts an n8n process. `close` stops it. */
	startServer(options: Omit<ServerOptions, 'filesFolder'>): Promise<Server>;
	/** Registers a cleanup step for `close`. The last registered step runs first. */
	onClose(step: () => Promise<unknown>): void;
	close(): Promise<void>;
}

/**
 * Installs n8n if needed, packs this project and creates the temporary folder.
 * @throws if the project is not built or n8n cannot be installed; everything created so far is removed
 */
export async function createTestHost({ log, keepFiles, build }: TestHostOptions): Promise<TestHost> {
	const installation = await ensureN8n(log);
	const folder = await mkdtemp(join(tmpdir(), 'bank131-playground-'));
	const filesFolder = join(folder, 'files');
	const closeSteps: Array<() => Promise<unknown>> = [
		async () => {
			if (keepFiles) log(`files kept in ${folder}`);
			else await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		},
	];
	const close = async () => {
		for (const step of closeSteps.splice(0).reverse()) await step();
	};
	try {
		await mkdir(filesFolder);
		log('packing this project and installing it as n8n installs a community package');
		const tarball = await packProject(folder, build);
		return {
			installation,
			folder,
			filesFolder,
			async createUserFolder(name) {
				const userFolder = join(folder, name);
				await mkdir(userFolder);
				await installPackage(tarball, userFolder);
				return userFolder;
			},
			async startServer(options) {
				const started = Date.now();
				const server = await startN8n(installation, { ...options, filesFolder });
				closeSteps.push(server.stop);
				const seconds = ((Date.now() - started) / 1000).toFixed(1);
				const { name } = installation.release.installSpec;
				log(`${name} ${options.role ?? ''} listens at ${server.baseUrl} (${seconds} s)`);
				return server;
			},
			onClose: (step) => void closeSteps.push(step),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
