import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A program of this folder in its own process. It answers each command with one message. */
export interface Program<Ready> {
	/** Its first message. */
	ready: Ready;
	send<Answer>(command: object): Promise<Answer>;
	stop(): void;
}

/**
 * Starts a program of this folder and waits for its first message.
 * @param env additional environment variables
 * @throws asynchronously if the process exits with an error
 */
export async function startProgram<Ready>(
	file: string,
	env: Record<string, string> = {},
): Promise<Program<Ready>> {
	const child = fork(path.join(import.meta.dirname, file), {
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	child.once('exit', (code) => {
		if (code !== null && code !== 0) throw new Error(`${file} exited with ${code}`);
	});
	const nextMessage = async <T,>(): Promise<T> => {
		const [message] = (await once(child, 'message')) as [T];
		return message;
	};
	return {
		ready: await nextMessage<Ready>(),
		async send<Answer>(command: object) {
			child.send(command);
			return await nextMessage<Answer>();
		},
		stop: () => child.kill(),
	};
}
