import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Credentials } from '../../support/engine.mts';
import { forkProgram } from '../lib/forkProgram.mts';

export interface ReceiverOrder {
	seed: string;
	credentials: Credentials[];
	events: string[];
}

/** One webhook that reached the trigger. */
export interface Received {
	bank: number;
	/** What the trigger answered. */
	status: number;
	/** What started the workflow. */
	items: Array<Record<string, unknown>>;
}

/** The process with the trigger. */
export class Receiver {
	private constructor(
		private readonly child: ChildProcess,
		readonly port: number,
	) {}

	static async start(packageDir: string): Promise<Receiver> {
		const child = forkProgram(path.join(import.meta.dirname, 'webhookReceiverProcess.mts'), {
			BANK131_PACKAGE_DIR: packageDir,
		});
		const [{ port }] = (await once(child, 'message')) as [{ port: number }];
		return new Receiver(child, port);
	}

	open(order: ReceiverOrder, onReceived: (one: Received) => void): void {
		this.child.on('message', ({ received = [] }: { received?: Received[] }) =>
			received.forEach(onReceived),
		);
		this.child.send(order);
	}

	/** Everything received so far has been told. */
	async flush(): Promise<void> {
		const flushed = new Promise<void>((resolve) => {
			const listen = (message: { flushed?: true }) => {
				if (!message.flushed) return;
				this.child.off('message', listen);
				resolve();
			};
			this.child.on('message', listen);
		});
		this.child.send('flush');
		await flushed;
	}

	stop(): void {
		this.child.kill();
	}
}
