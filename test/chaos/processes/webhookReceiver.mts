import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Credentials } from '../../support/engine.mts';
import { forkProgram } from '../lib/forkProgram.mts';

/** Configuration of the trigger. */
export interface ReceiverConfig {
	seed: string;
	credentials: Credentials[];
	events: string[];
}

/** One webhook that the trigger received. */
export interface ReceivedWebhook {
	bank: number;
	/** Type and session of the event. */
	type: string;
	sessionId: string;
	/** HTTP status of the trigger's response. */
	status: number;
	/** Items that started the workflow. */
	items: Array<Record<string, unknown>>;
}

/** The process that runs the trigger node. */
export class WebhookReceiver {
	private constructor(
		private readonly child: ChildProcess,
		readonly port: number,
	) {}

	/**
	 * Starts the process; it responds 503 before `open`.
	 * @param packageDir folder of the built package
	 */
	static async start(packageDir: string): Promise<WebhookReceiver> {
		const child = forkProgram(path.join(import.meta.dirname, 'webhookReceiverProcess.mts'), {
			BANK131_PACKAGE_DIR: packageDir,
		});
		const [{ port }] = (await once(child, 'message')) as [{ port: number }];
		return new WebhookReceiver(child, port);
	}

	/** Configures the trigger and passes on every received webhook. */
	open(config: ReceiverConfig, onReceived: (webhook: ReceivedWebhook) => void): void {
		this.child.on('message', ({ received = [] }: { received?: ReceivedWebhook[] }) =>
			received.forEach(onReceived),
		);
		this.child.send(config);
	}

	/** Resolves when all received webhooks have been passed on. */
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

	/** Ends the process. */
	stop(): void {
		this.child.kill();
	}
}
