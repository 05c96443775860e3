// Processes with n8n's engine, some of which are killed in the middle of their work.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Credentials } from '../../support/engine.mts';
import { forkProgram } from '../lib/forkProgram.mts';

export interface Job {
	id: number;
	parameters: INodeParameters;
	credentials: Credentials;
	rows: Array<Record<string, unknown>>;
	node: Partial<INode>;
	executionId: string;
	cancelAfterMs?: number;
}

export interface OutputItem {
	json: Record<string, unknown>;
	pairedItem?: unknown;
}

export interface Answer {
	id: number;
	status: string;
	/** First output and error output. */
	outputs: OutputItem[][];
	error?: { message: string; description: string; itemIndex?: number };
}

/** The process was killed while it ran the job. */
export const KILLED = Symbol('killed');

interface Waiting {
	resolve(answer: Answer | typeof KILLED): void;
	reject(error: Error): void;
}

class Engine {
	private child: ChildProcess;
	private ready: Promise<unknown>;
	private readonly waiting = new Map<number, Waiting>();
	/** Requests that its jobs may have in flight at once. */
	load = 0;
	kills = 0;

	constructor(private readonly packageDir: string) {
		[this.child, this.ready] = this.start();
	}

	private start(): [ChildProcess, Promise<unknown>] {
		const child = forkProgram(path.join(import.meta.dirname, 'engineProcess.mts'), {
			BANK131_PACKAGE_DIR: this.packageDir,
		});
		const ready = once(child, 'message');
		child.on('message', (answer: 'ready' | Answer | { id: number; crash: string }) => {
			if (answer === 'ready') return;
			const job = this.waiting.get(answer.id);
			this.waiting.delete(answer.id);
			if ('crash' in answer) job?.reject(new Error(answer.crash));
			else job?.resolve(answer);
		});
		child.on('exit', () => this.lost(child));
		return [child, ready];
	}

	private lost(child: ChildProcess): void {
		if (child !== this.child) return;
		for (const { resolve } of this.waiting.values()) resolve(KILLED);
		this.waiting.clear();
	}

	async run(job: Job): Promise<Answer | typeof KILLED> {
		await this.ready;
		return await new Promise((resolve, reject) => {
			this.waiting.set(job.id, { resolve, reject });
			this.child.send(job);
		});
	}

	/** `kill -9`, and a new process in its place. */
	async kill(): Promise<number> {
		await this.ready;
		const interrupted = this.waiting.size;
		const old = this.child;
		old.kill('SIGKILL');
		await once(old, 'exit');
		this.kills++;
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

export class Engines {
	private readonly engines: Engine[];
	private readonly queue: Array<() => void> = [];
	private lastId = 0;

	constructor(
		count: number,
		packageDir: string,
		private readonly capacity: number,
	) {
		this.engines = Array.from({ length: count }, () => new Engine(packageDir));
	}

	/** Runs the job where there is room for so many requests in flight. */
	async run(job: Omit<Job, 'id'>, weight: number): Promise<Answer | typeof KILLED> {
		const load = Math.min(weight, this.capacity);
		let engine = this.free(load);
		while (!engine) {
			await new Promise<void>((resolve) => this.queue.push(resolve));
			engine = this.free(load);
		}
		engine.load += load;
		try {
			return await engine.run({ ...job, id: ++this.lastId });
		} finally {
			engine.load -= load;
			this.queue.splice(0).forEach((wake) => wake());
		}
	}

	private free(load: number): Engine | undefined {
		return this.engines
			.filter((engine) => engine.load + load <= this.capacity)
			.sort((a, b) => a.load - b.load)[0];
	}

	/** Kills the busiest; the answer is how many executions that interrupted. */
	async killOne(): Promise<number> {
		const [busiest] = [...this.engines].sort((a, b) => b.busy - a.busy);
		return busiest.busy === 0 ? 0 : await busiest.kill();
	}

	stop(): void {
		for (const engine of this.engines) engine.stop();
	}
}
