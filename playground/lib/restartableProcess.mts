import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

export interface ProgramOptions {
	command: string;
	args: string[];
	cwd: string;
	env: Record<string, string>;
	/** Everything it prints goes here, run after run. */
	log: string;
	/** Another user of this machine, where the program refuses to be root. */
	as?: { uid: number; gid: number };
	/** The signal that asks it to end; SIGTERM unless said otherwise. */
	endsOn?: NodeJS.Signals;
}

const STOP_WITHIN_MS = 20_000;

/** A program that can be started, asked to end, killed, and started again. It does not outlive this process. */
export class Program {
	private child: ChildProcess | undefined;

	constructor(private readonly options: ProgramOptions) {}

	get running(): boolean {
		return this.child !== undefined && this.code === undefined;
	}

	get pid(): number {
		return this.child?.pid ?? NaN;
	}

	/** How it ended, once it has. */
	get code(): number | NodeJS.Signals | undefined {
		return this.child?.exitCode ?? this.child?.signalCode ?? undefined;
	}

	start(): void {
		const { command, args, cwd, env, log, as } = this.options;
		const output = openSync(log, 'a');
		const child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output], ...as });
		closeSync(output);
		const endWithUs = () => child.kill();
		process.once('exit', endWithUs);
		child.once('exit', () => process.removeListener('exit', endWithUs));
		this.child = child;
	}

	async stop(): Promise<void> {
		const impatient = setTimeout(() => void this.end('SIGKILL'), STOP_WITHIN_MS);
		await this.end(this.options.endsOn ?? 'SIGTERM');
		clearTimeout(impatient);
	}

	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	signal(signal: NodeJS.Signals): void {
		this.child?.kill(signal);
	}

	private async end(signal: NodeJS.Signals): Promise<void> {
		if (!this.child || !this.running) return;
		const gone = once(this.child, 'exit');
		this.signal(signal);
		await gone;
	}
}
