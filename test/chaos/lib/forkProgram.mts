import { fork, type ChildProcess } from 'node:child_process';

/**
 * Starts a TypeScript program in its own process, connected by an IPC channel. Its output goes to this process's
 * output.
 * @param file path of the program
 */
export const forkProgram = (file: string, env: NodeJS.ProcessEnv): ChildProcess =>
	fork(file, {
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
