import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../lib/ports.mts';
import { RestartableProcess } from '../lib/restartableProcess.mts';
import { findProgram } from './findProgram.mts';
import { type Service, startService } from './service.mts';

const run = promisify(execFile);
const DEBIAN = 'postgresql';

/** Name of the user and of the database. There is no password; PostgreSQL listens on 127.0.0.1 only. */
export const superuser = 'postgres';

/**
 * Starts a temporary PostgreSQL; `stop` deletes its data.
 * @throws if PostgreSQL is not installed or does not become ready
 */
export async function startPostgres(): Promise<Service> {
	const as = postgresUser();
	// Not in the playground's folder: the postgres user has no access to it.
	const folder = await mkdtemp(join(tmpdir(), 'bank131-postgres-'));
	if (as) await chown(folder, as.uid, as.gid);
	const data = join(folder, 'data');
	const logFile = join(folder, 'postgres.log');
	const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
	const removeData = async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	try {
		const initdbArgs = ['-D', data, '-U', superuser, '--auth=trust', '-E', 'UTF8', '--no-sync'];
		await run(findProgram('initdb', DEBIAN), initdbArgs, { cwd: folder, env, ...as });
		const port = await freePort();
		// The data need not survive a crash of the machine, so writes do not wait for the disk.
		const noDurability = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
		const settings = ['max_connections=200', ...noDurability].flatMap((setting) => ['-c', setting]);
		const child = new RestartableProcess({
			command: findProgram('postgres', DEBIAN),
			args: ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, ...settings],
			cwd: folder,
			env,
			logFile,
			as,
			stopSignal: 'SIGINT', // "fast" shutdown: does not wait for clients to disconnect
		});
		const readinessArgs = ['-q', '-h', '127.0.0.1', '-p', String(port), '-U', superuser];
		const isReady = findProgram('pg_isready', DEBIAN);
		const service = await startService(child, { name: 'PostgreSQL', port, logFile }, async () =>
			run(isReady, readinessArgs, { env }).then(
				() => true,
				() => false, // the port is open before the server accepts connections
			),
		);
		return { port, stop: async () => await service.stop().finally(removeData) };
	} catch (error) {
		await removeData();
		throw error;
	}
}

/** PostgreSQL refuses to run as root; its Debian package creates the user `postgres`. Undefined if not root. */
function postgresUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}
