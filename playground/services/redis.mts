import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../lib/ports.mts';
import { Program } from '../lib/restartableProcess.mts';
import { findProgram } from './findProgram.mts';
import { type Service, startService } from './service.mts';

const run = promisify(execFile);

/** A Redis of its own that keeps nothing on disk. */
export async function startRedis(folder: string): Promise<Service> {
	const port = await freePort();
	const log = join(folder, 'redis.log');
	const program = new Program({
		command: findProgram('redis-server', 'redis-server'),
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
		cwd: folder,
		env: {},
		log,
	});
	const client = findProgram('redis-cli', 'redis-tools');
	return await startService(program, { name: 'Redis', port, log }, async () => {
		const { stdout } = await run(client, ['-p', String(port), 'ping']).catch(() => ({
			stdout: '',
		}));
		return stdout.trim() === 'PONG';
	});
}
