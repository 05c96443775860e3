import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../lib/ports.mts';
import { Program } from '../lib/restartableProcess.mts';
import { findProgram } from './findProgram.mts';
import { type Service, startService } from './service.mts';

const run = promisify(execFile);
const DEBIAN = 'postgresql';

/** User and database. There is no password, and only this machine can connect. */
export const superuser = 'postgres';

/** A PostgreSQL of its own, whose data is gone when it stops. */
export async function startPostgres(): Promise<Service> {
	const as = unprivileged();
	// Not in the playground's folder, which belongs to whoever runs it.
	const home = await mkdtemp(join(tmpdir(), 'bank131-postgres-'));
	if (as) await chown(home, as.uid, as.gid);
	const data = join(home, 'data');
	const log = join(home, 'postgres.log');
	const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
	const away = async () => await rm(home, { recursive: true, force: true, maxRetries: 3 });
	try {
		const initialise = ['-D', data, '-U', superuser, '--auth=trust', '-E', 'UTF8', '--no-sync'];
		await run(findProgram('initdb', DEBIAN), initialise, { cwd: home, env, ...as });
		const port = await freePort();
		// Nobody needs this data after a crash of the machine: no waiting for the disk.
		const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
		const settings = ['max_connections=200', ...careless].flatMap((one) => ['-c', one]);
		const program = new Program({
			command: findProgram('postgres', DEBIAN),
			args: ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', home, ...settings],
			cwd: home,
			env,
			log,
			as,
			endsOn: 'SIGINT', // "fast": does not wait until its clients have left
		});
		const question = ['-q', '-h', '127.0.0.1', '-p', String(port), '-U', superuser];
		const isReady = findProgram('pg_isready', DEBIAN);
		const service = await startService(program, { name: 'PostgreSQL', port, log }, async () =>
			run(isReady, question, { env }).then(
				() => true,
				() => false, // it listens before it works
			),
		);
		return { port, stop: async () => await service.stop().finally(away) };
	} catch (error) {
		await away();
		throw error;
	}
}

/** PostgreSQL refuses to run as root. Its package brings a user for it. */
function unprivileged(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}
