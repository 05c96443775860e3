import { join } from 'node:path';
import { cacheFolder } from '../install/cache.mts';

/** Options of `offlineEnvironment`. */
export interface EnvironmentOptions {
	/**
	 * Major version of n8n. Version 1 has fewer modules and another name for one setting, and by default runs Code nodes
	 * in its own process. In 1.123, expressions that reference such a Code node return nothing.
	 */
	major: 1 | 2;
	/** Folder of n8n's database, settings and installed packages. */
	userFolder: string;
	role: string;
	port: number;
	/** Public URL of n8n, if it differs from `http://127.0.0.1:<port>`. */
	publicBaseUrl?: string;
	/** Port of the task broker. n8n's default is the same for all processes, so each process here needs its own. */
	brokerPort: number;
	/** The only folder in which workflows may read and write files. */
	filesFolder: string;
}

/** Modules that call other hosts at startup, by major version. n8n rejects unknown module names. */
const networkModules = {
	1: 'insights',
	2: 'insights,mcp-registry,instance-ai,chat-hub,agents,agent-evals',
};

/**
 * Environment of an n8n process that calls no other host: no telemetry, update checks, template gallery or survey.
 * Of the caller's environment, only the variables listed here are passed on.
 */
export function offlineEnvironment(options: EnvironmentOptions): Record<string, string> {
	const address = `http://127.0.0.1:${options.port}/`;
	const webhookAddress = options.publicBaseUrl ? `${options.publicBaseUrl}/` : address;
	const inherited = ['PATH', 'NODE_EXTRA_CA_CERTS', 'SystemRoot'].flatMap((name) =>
		process.env[name] ? [[name, process.env[name]]] : [],
	);
	return {
		...Object.fromEntries(inherited),
		HOME: options.userFolder,
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'Europe/Moscow', // the bank's time zone; n8n's default is New York
		NODE_COMPILE_CACHE: join(cacheFolder(), 'compile-cache'),

		N8N_USER_FOLDER: options.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(options.port),
		N8N_PROTOCOL: 'http',
		[options.major === 1 ? 'WEBHOOK_URL' : 'N8N_WEBHOOK_URL']: webhookAddress,
		N8N_EDITOR_BASE_URL: address,
		N8N_SECURE_COOKIE: 'false',
		N8N_ENCRYPTION_KEY: 'playground-encryption-key',
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		...patientRunners,
		N8N_RESTRICT_FILE_ACCESS_TO: options.filesFolder,
		N8N_PYTHON_ENABLED: 'false',
		...(options.major === 1 ? { N8N_RUNNERS_ENABLED: 'true' } : {}),
		DB_TYPE: 'sqlite',
		...(options.role === 'worker' ? workerHealthCheck(options.port) : {}),

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
		N8N_DISABLED_MODULES: networkModules[options.major],
	};
}

/**
 * Limits of the process that runs Code nodes, s. With n8n's own, 2 to 60 s, such a node fails where the machine is slow
 * or busy.
 */
const patientRunners = {
	N8N_RUNNERS_TASK_REQUEST_TIMEOUT: '300',
	N8N_RUNNERS_TASK_ACCEPT_TIMEOUT: '300',
	N8N_RUNNERS_HEARTBEAT_INTERVAL: '300',
};

/** A worker has no HTTP server by default; these settings start its health check. */
const workerHealthCheck = (port: number) => ({
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_HEALTH_CHECK_PORT: String(port),
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
});
