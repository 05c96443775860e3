import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ground, openGround } from './n8nHost.mts';
import { inhabit, type Playground, type PlaygroundOptions } from './playground.mts';
import type { Role, Server } from '../server/n8nServer.mts';
import { freePort } from '../lib/ports.mts';
import { startPostgres, superuser } from '../services/postgres.mts';
import { startRedis } from '../services/redis.mts';

/** n8n in queue mode: the main process gives the work to two workers, webhooks come in at a process of their own. */
export interface QueuePlayground extends Playground {
	workers: Server[];
	webhook: Server;
}

/**
 * n8n notices after a minute and a half that a worker is gone. Here it takes half a minute; with much less a worker on a
 * busy machine would be taken for dead.
 */
const impatience = {
	QUEUE_WORKER_LOCK_DURATION: '25000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

export async function openQueuePlayground(options: PlaygroundOptions): Promise<QueuePlayground> {
	return await inhabit(await openGround(options), options, async (ground) => {
		return await startAll(ground, options.env);
	});
}

async function startAll(ground: Ground, env?: Record<string, string>) {
	const services = join(ground.folder, 'services');
	await mkdir(services);
	const redis = await startRedis(services);
	ground.onClose(redis.stop);
	const postgres = await startPostgres();
	ground.onClose(postgres.stop);

	const shared: Record<string, string> = {
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
		...impatience,
		...env,
	};
	const publicPort = await freePort();
	const publicBase = `http://127.0.0.1:${publicPort}`;
	// Each has its own folder with the package in it, as containers of one image would.
	const start = async (name: string, role: Role, own: { port?: number } = {}) => {
		const userFolder = await ground.install(name);
		return await ground.start({ role, userFolder, publicBase, env: shared, ...own });
	};
	// The main process makes the tables; the others must find them.
	const server = await start('main', 'start');
	const webhook = await start('webhook', 'webhook', { port: publicPort });
	const workers = [await start('worker-1', 'worker'), await start('worker-2', 'worker')];
	return { server, webhookBase: webhook.base, webhook, workers };
}
