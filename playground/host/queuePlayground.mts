import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestHost, createTestHost } from './n8nHost.mts';
import { completePlayground, type Playground, type PlaygroundOptions } from './playground.mts';
import type { Role, Server } from '../server/n8nServer.mts';
import { freePort } from '../lib/ports.mts';
import { startPostgres, superuser } from '../services/postgres.mts';
import { startRedis } from '../services/redis.mts';

/** n8n in queue mode: a main process, two workers that run the executions, and a separate webhook process. */
export interface QueuePlayground extends Playground {
	workers: Server[];
	webhook: Server;
}

/**
 * n8n detects a dead worker after 90 s by default; with these values (in ms) after about 30 s. With shorter ones, a
 * slow worker on a busy machine would count as dead.
 */
const fastStallDetection = {
	QUEUE_WORKER_LOCK_DURATION: '25000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/**
 * Starts a sandbox bank and n8n in queue mode, with its own PostgreSQL and Redis.
 * @throws if PostgreSQL or Redis is not installed
 */
export async function openQueuePlayground(options: PlaygroundOptions): Promise<QueuePlayground> {
	return await completePlayground(await createTestHost(options), options, async (host) => {
		return await startQueueServers(host, options.env);
	});
}

async function startQueueServers(host: TestHost, env?: Record<string, string>) {
	const services = join(host.folder, 'services');
	await mkdir(services);
	const redis = await startRedis(services);
	host.onClose(redis.stop);
	const postgres = await startPostgres();
	host.onClose(postgres.stop);

	const environment: Record<string, string> = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: superuser,
		DB_POSTGRESDB_USER: superuser,
		EXECUTIONS_MODE: 'queue',
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		...fastStallDetection,
		...env,
	};
	const publicPort = await freePort();
	const publicBaseUrl = `http://127.0.0.1:${publicPort}`;
	// Each process has its own user folder with the package, like containers of one image.
	const startServer = async (name: string, role: Role, options: { port?: number } = {}) => {
		const userFolder = await host.createUserFolder(name);
		return await host.startServer({
			role,
			userFolder,
			publicBaseUrl,
			env: environment,
			...options,
		});
	};
	// The main process creates the database tables, so it starts first.
	const server = await startServer('main', 'start');
	const webhook = await startServer('webhook', 'webhook', { port: publicPort });
	const workers = [
		await startServer('worker-1', 'worker'),
		await startServer('worker-2', 'worker'),
	];
	return { server, webhookBaseUrl: webhook.baseUrl, webhook, workers };
}
