import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** Options of a `RestartableProcess`. */
export interface ProcessOptions {
	command: string;
	args: string[];
	cwd: string;
	env: Record<string, string>;
	/** Path of the file to which its output is appended, across restarts. */
	logFile: string;
	/** User and group to run as, for programs that refuse to run as root. */
	as?: { uid: number; gid: number };
	/** Signal for a graceful stop; SIGTERM by default. */
	stopSignal?: NodeJS.Signals;
}

const STOP_TIMEOUT_MS = 20_000;

/** A child process that can be started, stopped, killed and restarted. It is killed when this process exits. */
export class RestartableProcess {
	private child: ChildProcess | undefined;

	constructor(private readonly options: ProcessOptions) {}

	/** Whether it has been started and has not ended. */
	get isRunning(): boolean {
		return this.child !== undefined && this.exitStatus === undefined;
	}

	/** Process ID of the last run; NaN before the first. */
	get pid(): number {
		return this.child?.pid ?? NaN;
	}

	/** Exit code or signal of the last run; undefined while it runs. */
	get exitStatus(): number | NodeJS.Signals | undefined {
		return this.child?.exitCode ?? this.child?.signalCode ?? undefined;
	}

	/** Starts it. Do not call it while it runs. */
	start(): void {
		const { command, args, cwd, env, logFile, as } = this.options;
		const output = openSync(logFile, 'a');
		const child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output], ...as });
		closeSync(output);
		const killChild = () => child.kill();
		process.once('exit', killChild);
		child.once('exit', () => process.removeListener('exit', killChild));
		this.child = child;
	}

	/** Sends the stop signal and, after 20 s, SIGKILL. Resolves when the process has ended. */
	async stop(): Promise<void> {
		const killTimer = setTimeout(() => void this.end('SIGKILL'), STOP_TIMEOUT_MS);
		await this.end(this.options.stopSignal ?? 'SIGTERM');
		clearTimeout(killTimer);
	}

	/** Sends SIGKILL. Resolves when the process has ended. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	/** Sends a signal to the process. */
	signal(signal: NodeJS.Signals): void {
		this.child?.kill(signal);
	}

	private async end(signal: NodeJS.Signals): Promise<void> {
		if (!this.child || !this.isRunning) return;
		const exited = once(this.child, 'exit');
		this.signal(signal);
		await exited;
	}
}
