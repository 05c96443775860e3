import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/sandbox.mts';
import type { Say } from './host/cache.mts';
import { ensureHost } from './host.mts';
import { installPackage, pack } from './install.mts';
import { Rest } from './rest.mts';
import type { Credential } from './rest/types.mts';
import { type Server, startN8n } from './server.mts';

export const credentialType = 'bank131Api';

export interface PlaygroundOptions {
	say: Say;
	/** Leaves the temporary folder behind. */
	keep?: boolean;
	sandbox?: SandboxOptions;
	env?: Record<string, string>;
}

/** On a busy machine n8n may take seconds for a webhook; giving up early would look like a fault of the package. */
const patientBank: SandboxOptions = {
	webhookTimeoutMs: 30_000,
	webhookAttempts: 12,
	webhookParallel: 4,
};

/** A bank, an n8n with this package, its owner signed in, and a credential that the bank accepts. */
export interface Playground {
	/** Where workflows may read and write files. */
	files: string;
	server: Server;
	rest: Rest;
	sandbox: Sandbox;
	credential: Credential;
	close(): Promise<void>;
}

export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
	const { say } = options;
	const host = await ensureHost(say);
	const folder = await mkdtemp(join(tmpdir(), 'bank131-playground-'));
	const files = join(folder, 'files');
	const closing: Array<() => Promise<unknown>> = [
		async () => {
			if (options.keep) say(`kept: ${folder}`);
			else await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		},
	];
	const close = async () => {
		for (const step of closing.splice(0).reverse()) await step();
	};
	try {
		await mkdir(files);
		const userFolder = join(folder, 'n8n');
		await mkdir(userFolder);
		say('packing this project and installing it as n8n installs a community package');
		await installPackage(await pack(folder), userFolder);

		const sandbox = await startSandbox({ ...patientBank, ...options.sandbox });
		closing.push(async () => await sandbox.stop());
		say(`the sandbox bank answers at ${sandbox.url}`);

		const started = Date.now();
		const server = await startN8n(host, { userFolder, filesFolder: files, env: options.env });
		closing.push(server.stop);
		say(`n8n answers at ${server.base} (${((Date.now() - started) / 1000).toFixed(1)} s)`);

		const rest = new Rest(server.base);
		await rest.setUpOwner();
		const credential = await testedCredential(rest, sandbox);
		say('the credential was created and tested: OK');
		return { files, server, rest, sandbox, credential, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** What a user fills in on the credential's screen to reach the sandbox. */
export function credentialData(sandbox: Sandbox): Record<string, unknown> {
	return {
		environment: 'custom',
		customUrl: sandbox.url,
		project: sandbox.project,
		privateKey: sandbox.partnerPrivateKey,
		// Both, as while the bank changes its key.
		bankPublicKey: `${sandbox.bankPublicKey}\n${sandbox.bankPublicKeyNext}`,
	};
}

async function testedCredential(rest: Rest, sandbox: Sandbox): Promise<Credential> {
	const data = credentialData(sandbox);
	const credential = await rest.createCredential(credentialType, 'Bank 131 account', data);
	const { status, message } = await rest.testCredential(credentialType, credential, data);
	if (status !== 'OK') throw new Error(`the credential's test answers ${status}: ${message}`);
	return credential;
}
