import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.mts';
import { type TestHost, type TestHostOptions, createTestHost } from './n8nHost.mts';
import { RestClient } from '../rest/client.mts';
import type { Credential } from '../rest/types.mts';
import type { Server } from '../server/n8nServer.mts';

/** Name of this package's credential type. */
export const credentialType = 'bank131Api';

/** Options of a playground. `env` adds environment variables to every n8n process. */
export interface PlaygroundOptions extends TestHostOptions {
	sandbox?: SandboxOptions;
	env?: Record<string, string>;
}

/** On a busy machine n8n may take seconds to accept a webhook. A short timeout would look like a bug of the package. */
const sandboxDefaults: SandboxOptions = {
	webhookTimeoutMs: 30_000,
	webhookAttempts: 12,
	webhookParallel: 4,
};

/** A sandbox bank, an n8n with this package, a signed-in owner, and a credential that the bank accepts. */
export interface Playground {
	/** Path of the temporary folder of the playground. */
	folder: string;
	/** Path of the only folder in which workflows may read and write files. */
	filesFolder: string;
	server: Server;
	/** Start of the webhook URLs. In queue mode this is the webhook process, not the main process. */
	webhookBaseUrl: string;
	rest: RestClient;
	sandbox: Sandbox;
	credential: Credential;
	close(): Promise<void>;
}

/** Starts a sandbox bank and one n8n server in regular mode. `close` stops both and removes the files. */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
	return await completePlayground(
		await createTestHost(options),
		options,
		async ({ createUserFolder, startServer }) => {
			const server = await startServer({
				userFolder: await createUserFolder('n8n'),
				env: options.env,
			});
			return { server, webhookBaseUrl: server.baseUrl };
		},
	);
}

/**
 * Adds a sandbox bank, the servers that `startServers` starts, an owner and a tested credential to a test host.
 * @throws if a step fails; the host is closed before
 */
export async function completePlayground<
	Servers extends { server: Server; webhookBaseUrl: string },
>(
	host: TestHost,
	{ log, sandbox: sandboxOptions }: PlaygroundOptions,
	startServers: (host: TestHost) => Promise<Servers>,
): Promise<Playground & Servers> {
	const { installation, folder, filesFolder, close } = host;
	try {
		const sandbox = await startSandbox({ ...sandboxDefaults, ...sandboxOptions });
		host.onClose(async () => await sandbox.stop());
		log(`the sandbox bank listens at ${sandbox.url}`);

		const servers = await startServers(host);
		const rest = new RestClient(servers.server.baseUrl, installation.release.major);
		await rest.setUpOwner();
		const credential = await createTestedCredential(rest, sandbox);
		log('the credential was created and tested: OK');
		return { ...servers, folder, filesFolder, rest, sandbox, credential, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Credential fields for the sandbox, as a user would enter them. */
export function credentialData(sandbox: Sandbox): Record<string, unknown> {
	return {
		environment: 'custom',
		customUrl: sandbox.url,
		project: sandbox.project,
		privateKey: sandbox.partnerPrivateKey,
		// Both keys, as during a key rotation of the bank.
		bankPublicKey: `${sandbox.bankPublicKey}\n${sandbox.bankPublicKeyNext}`,
	};
}

async function createTestedCredential(rest: RestClient, sandbox: Sandbox): Promise<Credential> {
	const data = credentialData(sandbox);
	const credential = await rest.createCredential(credentialType, 'Bank 131 account', data);
	const { status, message } = await rest.testCredential(credentialType, credential, data);
	if (status !== 'OK') throw new Error(`the credential test returned ${status}: ${message}`);
	return credential;
}
