import { join } from 'node:path';
import {
	openPlayground,
	type Playground,
	type PlaygroundOptions,
} from '../../../playground/host/playground.mts';
import type { QueuePlayground } from '../../../playground/host/queuePlayground.mts';
import { inventRows, writeList, type ListRow } from '../../../playground/register/list.mts';
import {
	findDisagreements,
	readRegister,
	REGISTER,
	type RegisterRow,
} from '../../../playground/register/register.mts';
import {
	addDataTableRow,
	changeDataTableRow,
	deleteDataTableRow,
} from '../../../playground/rest/dataTables.mts';
import type { Execution, Workflow } from '../../../playground/rest/types.mts';
import type { Server } from '../../../playground/server/n8nServer.mts';
import { importExample, type ImportOptions } from '../../../playground/workflows/importExample.mts';
import type { RequestRecord, WebhookDelivery } from '../../../sandbox/sandbox.mts';
import { startMockServer, type MockServer } from './mockServer.mts';
import { publishExample } from './publishedWorkflow.mts';
import { startReadinessProxy, type ReadinessProxy } from './readinessProxy.mts';
import { waitFor } from './waitFor.mts';
import { workerOf } from './workerOf.mts';

const isQueue = (playground: Playground): playground is QueuePlayground => 'workers' in playground;

const log = (text: string) => process.stderr.write(`${text}\n`);

/** Follow up asks about all that is not final, and reports it at once. */
async function importFollowUp(
	playground: Playground,
	chat: MockServer,
	settings: Record<string, string | number> = {},
	parameters: ImportOptions['parameters'] = {},
): Promise<Workflow> {
	const folder = playground.filesFolder;
	const atOnce = { messagesTo: chat.url, folder, askAfterMinutes: 0, reportAfterMinutes: 0 };
	return await importExample(playground, 'register/follow-up.json', {
		settings: { ...atOnce, ...settings },
		parameters,
	});
}

/** A list, and the workflow that pays it. */
export interface PayingList {
	name: string;
	rows: ListRow[];
	file: string;
	workflow: Workflow;
}

/** `openPlayground`, or `openQueuePlayground` for n8n in queue mode. */
export type OpenPlayground<Host extends Playground> = (options: PlaygroundOptions) => Promise<Host>;

/** A real n8n with the workflows of `examples/register/`, a chat, and a bank that sends its events to Listen. */
export class RegisterFamily<Host extends Playground = Playground> {
	private killed: Server | undefined;

	private constructor(
		readonly playground: Host,
		readonly chat: MockServer,
		readonly listen: Workflow,
		readonly followUp: Workflow,
		/** URL to which the bank sends its events; it answers 503 until n8n is ready. */
		readonly eventsUrl: string,
		private readonly proxy: ReadinessProxy,
	) {}

	/** Opens it on one n8n, on n8n in queue mode with `openQueuePlayground`. */
	static async open(): Promise<RegisterFamily>;
	static async open<Host extends Playground>(
		open: OpenPlayground<Host>,
	): Promise<RegisterFamily<Host>>;
	static async open(open: OpenPlayground<Playground> = openPlayground): Promise<RegisterFamily> {
		const playground = await open({
			log,
			sandbox: {
				latencyMs: 20,
				webhookRetryMs: 1000,
				webhookRetryFactor: 1,
				webhookAttempts: 600,
				logSize: 100_000,
			},
		});
		const chat = await startMockServer();
		const settings = { messagesTo: chat.url };
		const listen = await publishExample(playground, 'register/listen.json', { settings });
		const proxy = await startReadinessProxy(playground.webhookBaseUrl);
		const eventsUrl = proxy.urlFor(playground.sandbox.settings.webhookUrl ?? '');
		playground.sandbox.set({ webhookUrl: eventsUrl });
		const followUp = await importFollowUp(playground, chat);
		return new RegisterFamily(playground, chat, listen, followUp, eventsUrl, proxy);
	}

	async close(): Promise<void> {
		this.proxy.close();
		this.chat.close();
		await this.playground.close();
	}

	/** Writes a list of `rows` and imports Pay for it, with rounds of `roundSize` and other settings. */
	async importList(
		name: string,
		rows: number | ListRow[],
		roundSize = 200,
		settings: ImportOptions['settings'] = {},
	): Promise<PayingList> {
		const { playground, chat } = this;
		const all = typeof rows === 'number' ? inventRows(name, rows) : rows;
		const file = join(playground.filesFolder, `${name}.csv`);
		await writeList(file, all);
		const workflow = await importExample(playground, 'register/pay-the-register.json', {
			settings: { file, list: name, messagesTo: chat.url, ...settings },
			parameters: { Rounds: { batchSize: roundSize } },
		});
		return { name, rows: all, file, workflow };
	}

	/** Starts Pay without waiting for its end; resolves to the execution ID. */
	async startPaying({ workflow }: PayingList): Promise<string> {
		return await this.playground.rest.startWorkflow(workflow, 'Pay the List');
	}

	/** Runs Pay to its end. @throws if the execution fails */
	async pay(list: PayingList): Promise<Execution> {
		return await this.waitFor(await this.startPaying(list));
	}

	/** Pays a list of one row. With `waiting` Pay cannot confirm it, and Listen hears nothing. */
	async payOne(name: string, { waiting = false } = {}): Promise<[PayingList, RegisterRow]> {
		const { sandbox, rest } = this.playground;
		if (waiting) {
			sandbox.set({ webhookUrl: undefined });
			const match = { path: 'session/confirm' };
			sandbox.faults.add({ kind: 'errorBefore', match, times: Infinity });
		}
		const list = await this.importList(name, 1);
		await this.pay(list);
		sandbox.faults.clear();
		sandbox.set({ webhookUrl: this.eventsUrl });
		return [list, (await readRegister(rest, name))[0]];
	}

	/** Sends an event to Listen. Resolves to the HTTP status of n8n's answer to its first attempt. */
	async sendEvent(type: string, sessionId: string, body?: string): Promise<number | undefined> {
		const { sandbox } = this.playground;
		const known = sandbox.webhooks.length;
		sandbox.sendWebhook(type as never, sessionId, body);
		const answered = ({ attempts }: WebhookDelivery) => attempts.length > 0;
		const delivery = await waitFor(
			() => sandbox.webhooks.slice(known).find(answered),
			`answer to ${type}`,
		);
		return delivery.attempts[0].status;
	}

	/** Starts Follow up without waiting for its end; resolves to the execution ID. */
	async startFollowUp(): Promise<string> {
		return await this.playground.rest.startWorkflow(this.followUp, 'Every Half Hour');
	}

	/** Imports another Follow up, with other settings and parameters. */
	async importFollowUp(
		settings: Record<string, string | number>,
		parameters: ImportOptions['parameters'] = {},
	): Promise<Workflow> {
		return await importFollowUp(this.playground, this.chat, settings, parameters);
	}

	/** SIGKILL of the process that runs an execution: n8n, in queue mode a worker. */
	async kill(execution: string): Promise<void> {
		const host: Playground = this.playground;
		this.killed = isQueue(host) ? await workerOf(host, execution) : host.server;
		await this.killed.kill();
		host.sandbox.faults.clear();
	}

	/** Starts it again and waits until n8n has marked what it ran as crashed. */
	async restart({ workflow }: PayingList): Promise<void> {
		await this.killed?.restart();
		for (const one of [workflow, this.followUp]) {
			await this.playground.rest.waitUntilIdle(one);
		}
	}

	/** Waits for the end of an execution. @throws if it fails */
	async waitFor(id: string): Promise<Execution> {
		const execution = await this.playground.rest.waitForExecution(id);
		const { error } = execution.resultData;
		if (execution.status !== 'success') {
			const why = [error?.node?.name, error?.message, error?.description]
				.filter(Boolean)
				.join(': ');
			throw new Error(`the execution ended with ${execution.status} ${why}`);
		}
		return execution;
	}

	/** What disagrees between list, register and ledger, when the bank has delivered its events. */
	async disagreements({ name, rows }: PayingList): Promise<string[]> {
		const { sandbox, rest } = this.playground;
		await sandbox.idle();
		return findDisagreements(sandbox, rows, await readRegister(rest, name));
	}

	/** Changes a row of the register, as a person may in n8n. */
	async changeRow(id: number, data: Partial<RegisterRow>): Promise<void> {
		await changeDataTableRow(this.playground.rest, REGISTER, id, data);
	}

	/** Adds a copy of a row to the register, with other values, as another execution of Pay may have. */
	async addRow(row: RegisterRow, values: Partial<RegisterRow>): Promise<void> {
		const { list, reference, round, amount, currency, recipient, method, approvedBy } = row;
		const fresh = { outcome: 'created', final: false, advice: '', sessionUse: 'usable' };
		const kept = { list, reference, round, amount, currency, recipient, method, approvedBy };
		await addDataTableRow(this.playground.rest, REGISTER, { ...kept, ...fresh, ...values });
	}

	/** Deletes a row of the register. */
	async deleteRow(id: number): Promise<void> {
		await deleteDataTableRow(this.playground.rest, REGISTER, id);
	}

	/** The requests that change something at the bank: not those that read a session, or test the credential. */
	changes(): RequestRecord[] {
		const { requests } = this.playground.sandbox;
		return requests.filter(({ path }) => !/(session\/status|wallet\/balance)$/.test(path));
	}
}
