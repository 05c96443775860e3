import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../lib/ports.mts';
import { RestartableProcess } from '../lib/restartableProcess.mts';
import { findProgram } from './findProgram.mts';
import { type Service, startService } from './service.mts';

const run = promisify(execFile);

/**
 * Starts a temporary Redis without persistence.
 * @param folder folder of its log file
 * @throws if Redis is not installed or does not become ready
 */
export async function startRedis(folder: string): Promise<Service> {
	const port = await freePort();
	const logFile = join(folder, 'redis.log');
	const child = new RestartableProcess({
		command: findProgram('redis-server', 'redis-server'),
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
		cwd: folder,
		env: {},
		logFile,
	});
	const client = findProgram('redis-cli', 'redis-tools');
	return await startService(child, { name: 'Redis', port, logFile }, async () => {
		const { stdout } = await run(client, ['-p', String(port), 'ping']).catch(() => ({
			stdout: '',
		}));
		return stdout.trim() === 'PONG';
	});
}
