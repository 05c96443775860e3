import { join } from 'node:path';
import { cacheFolder } from '../install/cache.mts';

export interface Place {
	/**
	 * Of n8n: version 1 has fewer modules and the old name of a setting, and runs Code nodes in its own process
	 * unless told otherwise. Expressions that look back at such a Code node give nothing in 1.123.
	 */
	major: 1 | 2;
	/** n8n keeps its database, its settings and the installed packages under here. */
	userFolder: string;
	role: string;
	port: number;
	/** Where the outside world reaches n8n, if not at this port. */
	publicBase?: string;
	/** Must differ between n8n processes of one machine; the default is the same for all. */
	brokerPort: number;
	/** The only folder whose files workflows may read and write. */
	filesFolder: string;
}

/** They ask other hosts for something at the start. n8n refuses names that it does not know. */
const noisyModules = {
	1: 'insights',
	2: 'insights,mcp-registry,instance-ai,chat-hub,agents,agent-evals',
};

/**
 * An n8n that asks nobody anything: no telemetry, no update checks, no template gallery, no personal survey.
 * Nothing of the caller's environment reaches it but what is listed here.
 */
export function quietEnvironment(place: Place): Record<string, string> {
	const address = `http://127.0.0.1:${place.port}/`;
	const webhookAddress = place.publicBase ? `${place.publicBase}/` : address;
	const inherited = ['PATH', 'NODE_EXTRA_CA_CERTS', 'SystemRoot'].flatMap((name) =>
		process.env[name] ? [[name, process.env[name]]] : [],
	);
	return {
		...Object.fromEntries(inherited),
		HOME: place.userFolder,
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'Europe/Moscow', // as the bank; n8n's own default is New York
		NODE_COMPILE_CACHE: join(cacheFolder(), 'compile-cache'),

		N8N_USER_FOLDER: place.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(place.port),
		N8N_PROTOCOL: 'http',
		[place.major === 1 ? 'WEBHOOK_URL' : 'N8N_WEBHOOK_URL']: webhookAddress,
		N8N_EDITOR_BASE_URL: address,
		N8N_SECURE_COOKIE: 'false',
		N8N_ENCRYPTION_KEY: 'a-playground-keeps-nothing-worth-hiding',
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		N8N_RESTRICT_FILE_ACCESS_TO: place.filesFolder,
		N8N_PYTHON_ENABLED: 'false',
		...(place.major === 1 ? { N8N_RUNNERS_ENABLED: 'true' } : {}),
		DB_TYPE: 'sqlite',
		...(place.role === 'worker' ? healthOfWorker(place.port) : {}),

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_AI_ENABLED: 'false',
		N8N_MCP_ACCESS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: noisyModules[place.major],
	};
}

/** A worker has no address of its own, but tells how it is if it is asked to. */
const healthOfWorker = (port: number) => ({
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_HEALTH_CHECK_PORT: String(port),
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
});
