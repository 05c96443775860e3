// Processes with n8n's engine. Some are killed while they run jobs.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Credentials } from '../../support/engine.mts';
import { forkProgram } from '../lib/forkProgram.mts';

/** One execution of the node. */
export interface Job {
	id: number;
	parameters: INodeParameters;
	credentials: Credentials;
	rows: Array<Record<string, unknown>>;
	node: Partial<INode>;
	executionId: string;
	/** Stops the execution after this time, ms. */
	cancelAfterMs?: number;
}

/** One output item of the node. */
export interface OutputItem {
	json: Record<string, unknown>;
	pairedItem?: unknown;
}

/** Result of a job. */
export interface JobResult {
	id: number;
	status: string;
	/** Items of the first output and of the error output. */
	outputs: OutputItem[][];
	error?: { message: string; description: string };
}

/** The process was killed while it ran the job. */
export const KILLED = Symbol('killed');

interface Waiting {
	resolve(result: JobResult | typeof KILLED): void;
	reject(error: Error): void;
}

class EngineProcess {
	private child: ChildProcess;
	private ready: Promise<unknown>;
	private readonly waiting = new Map<number, Waiting>();
	/** Sum of the weights of its jobs. */
	load = 0;
	killCount = 0;

	constructor(private readonly packageDir: string) {
		[this.child, this.ready] = this.start();
	}

	private start(): [ChildProcess, Promise<unknown>] {
		const child = forkProgram(path.join(import.meta.dirname, 'engineProcess.mts'), {
			BANK131_PACKAGE_DIR: this.packageDir,
		});
		const ready = once(child, 'message');
		child.on('message', (result: 'ready' | JobResult | { id: number; crash: string }) => {
			if (result === 'ready') return;
			const job = this.waiting.get(result.id);
			this.waiting.delete(result.id);
			if ('crash' in result) job?.reject(new Error(result.crash));
			else job?.resolve(result);
		});
		child.on('exit', () => this.handleExit(child));
		return [child, ready];
	}

	private handleExit(child: ChildProcess): void {
		if (child !== this.child) return;
		for (const { resolve } of this.waiting.values()) resolve(KILLED);
		this.waiting.clear();
	}

	async run(job: Job): Promise<JobResult | typeof KILLED> {
		await this.ready;
		const { child } = this;
		return await new Promise((resolve, reject) => {
			this.waiting.set(job.id, { resolve, reject });
			child.send(job, (error) => {
				if (!error) return;
				this.waiting.delete(job.id);
				// It was killed a moment ago, and its exit is not known yet.
				if (child.killed) resolve(KILLED);
				else reject(error);
			});
		});
	}

	/** Kills the process with SIGKILL and starts a new one; resolves to the number of interrupted jobs. */
	async kill(): Promise<number> {
		await this.ready;
		const interrupted = this.waiting.size;
		const old = this.child;
		old.kill('SIGKILL');
		await once(old, 'exit');
		this.killCount++;
		[this.child, this.ready] = this.start();
		return interrupted;
	}

	get busy(): number {
		return this.waiting.size;
	}

	stop(): void {
		this.child.kill();
	}
}

/** Distributes jobs among engine processes. */
export class EnginePool {
	private readonly engines: EngineProcess[];
	private readonly queue: Array<() => void> = [];
	private lastId = 0;

	constructor(
		count: number,
		packageDir: string,
		private readonly capacity: number,
	) {
		this.engines = Array.from({ length: count }, () => new EngineProcess(packageDir));
	}

	/**
	 * Runs a job in the least loaded process with free capacity.
	 * @param weight number of requests that the job may have in flight
	 * @throws if the engine fails
	 */
	async run(job: Omit<Job, 'id'>, weight: number): Promise<JobResult | typeof KILLED> {
		const load = Math.min(weight, this.capacity);
		let engine = this.findIdle(load);
		while (!engine) {
			await new Promise<void>((resolve) => this.queue.push(resolve));
			engine = this.findIdle(load);
		}
		engine.load += load;
		try {
			return await engine.run({ ...job, id: ++this.lastId });
		} finally {
			engine.load -= load;
			this.queue.splice(0).forEach((wake) => wake());
		}
	}

	private findIdle(load: number): EngineProcess | undefined {
		return this.engines
			.filter((engine) => engine.load + load <= this.capacity)
			.sort((a, b) => a.load - b.load)[0];
	}

	/** Kills the busiest process; resolves to the number of interrupted executions. */
	async killBusiest(): Promise<number> {
		const [busiest] = [...this.engines].sort((a, b) => b.busy - a.busy);
		return busiest.busy === 0 ? 0 : await busiest.kill();
	}

	/** Ends all processes. */
	stop(): void {
		for (const engine of this.engines) engine.stop();
	}
}
