import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** A program of this folder in a process of its own. */
export const forkProgram = (file: string, env: NodeJS.ProcessEnv): ChildProcess =>
	fork(path.join(import.meta.dirname, file), {
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
