import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Say } from '../lib/progress.mts';
import { ensureHost, type Host } from '../install/n8n.mts';
import { installPackage, pack } from '../install/communityPackage.mts';
import { type Server, type ServerOptions, startN8n } from '../server/n8nServer.mts';

export interface GroundOptions {
	say: Say;
	/** Leaves the temporary folder behind. */
	keep?: boolean;
}

/** An installed n8n, the packed project and a temporary folder: what servers can be started on. */
export interface Ground {
	host: Host;
	folder: string;
	/** Where workflows may read and write files. */
	files: string;
	/** Makes a user folder for n8n with this package in it. */
	install(name: string): Promise<string>;
	/** Starts a process of n8n, which ends when the ground is closed. */
	start(options: Omit<ServerOptions, 'filesFolder'>): Promise<Server>;
	/** Steps are taken last in, first out. */
	onClose(step: () => Promise<unknown>): void;
	close(): Promise<void>;
}

export async function openGround({ say, keep }: GroundOptions): Promise<Ground> {
	const host = await ensureHost(say);
	const folder = await mkdtemp(join(tmpdir(), 'bank131-playground-'));
	const files = join(folder, 'files');
	const closing: Array<() => Promise<unknown>> = [
		async () => {
			if (keep) say(`kept: ${folder}`);
			else await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		},
	];
	const close = async () => {
		for (const step of closing.splice(0).reverse()) await step();
	};
	try {
		await mkdir(files);
		say('packing this project and installing it as n8n installs a community package');
		const tarball = await pack(folder);
		return {
			host,
			folder,
			files,
			async install(name) {
				const userFolder = join(folder, name);
				await mkdir(userFolder);
				await installPackage(tarball, userFolder);
				return userFolder;
			},
			async start(options) {
				const started = Date.now();
				const server = await startN8n(host, { ...options, filesFolder: files });
				closing.push(server.stop);
				const seconds = ((Date.now() - started) / 1000).toFixed(1);
				const { name } = host.release.recipe;
				say(`${name} ${options.role ?? ''} answers at ${server.base} (${seconds} s)`);
				return server;
			},
			onClose: (step) => void closing.push(step),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
