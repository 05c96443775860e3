import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.mts';
import { type Ground, type GroundOptions, openGround } from './n8nHost.mts';
import { Rest } from '../rest/client.mts';
import type { Credential } from '../rest/types.mts';
import type { Server } from '../server/n8nServer.mts';

export const credentialType = 'bank131Api';

export interface PlaygroundOptions extends GroundOptions {
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
	/** What the addresses of webhooks begin with; in queue mode another process answers there. */
	webhookBase: string;
	rest: Rest;
	sandbox: Sandbox;
	credential: Credential;
	close(): Promise<void>;
}

export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
	return await inhabit(await openGround(options), options, async ({ install, start }) => {
		const server = await start({ userFolder: await install('n8n'), env: options.env });
		return { server, webhookBase: server.base };
	});
}

/** Brings a bank, the servers that `populate` starts, an owner and a credential to an empty ground. */
export async function inhabit<Servers extends { server: Server; webhookBase: string }>(
	ground: Ground,
	{ say, sandbox: bank }: PlaygroundOptions,
	populate: (ground: Ground) => Promise<Servers>,
): Promise<Playground & Servers> {
	const { host, files, close } = ground;
	try {
		const sandbox = await startSandbox({ ...patientBank, ...bank });
		ground.onClose(async () => await sandbox.stop());
		say(`the sandbox bank answers at ${sandbox.url}`);

		const servers = await populate(ground);
		const rest = new Rest(servers.server.base, host.release.major);
		await rest.setUpOwner();
		const credential = await testedCredential(rest, sandbox);
		say('the credential was created and tested: OK');
		return { ...servers, files, rest, sandbox, credential, close };
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
