import { setTimeout as sleep } from 'node:timers/promises';
import { HANG_MS } from '../lib/hang.mts';
import { restApis } from './apiVersions.mts';
import { parseFlatted } from './flatted.mts';
import { hasFinalData, isInProgress } from './execution.mts';
import type {
	Credential,
	Execution,
	ExecutionData,
	ExecutionSummary,
	Workflow,
	WorkflowFile,
} from './types.mts';

/** The owner that `setUpOwner` creates. */
export const owner = {
	email: 'owner@playground.example',
	firstName: 'Play',
	lastName: 'Ground',
	password: 'Playground131',
};

/**
 * Client of n8n's internal REST API, with the session of the instance owner.
 * Every method throws if the HTTP status is not 2xx.
 */
export class RestClient {
	/** n8n binds a session to a browser ID. Any constant works. */
	readonly browserId = 'playground';
	/** Session cookie, `name=value`; empty before `setUpOwner`. */
	cookie = '';

	constructor(
		readonly baseUrl: string,
		/** Major version of n8n. */
		private readonly major: 1 | 2,
	) {}

	/** Sends a request and resolves to `data` of the JSON response, or to the whole response without `data`. */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(this.baseUrl + path, {
			method,
			headers: {
				'content-type': 'application/json',
				cookie: this.cookie,
				'browser-id': this.browserId,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const session = response.headers
			.getSetCookie()
			.find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0];
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`${method} ${path}: HTTP ${response.status} ${text.slice(0, 500)}`);
		}
		const json = JSON.parse(text) as { data?: unknown };
		return (json.data === undefined ? json : json.data) as T;
	}

	/** Creates the first user of a new n8n and signs in. */
	async setUpOwner(): Promise<void> {
		await this.request('POST', '/rest/owner/setup', owner);
	}

	/** Creates a credential; `data` has the fields of its type. */
	async createCredential(type: string, name: string, data: object): Promise<Credential> {
		return await this.request('POST', '/rest/credentials', { name, type, data });
	}

	/** Runs the test that the credential type defines, as the editor does after saving. `status` is `OK` or `Error`. */
	async testCredential(
		type: string,
		credential: Credential,
		data: object,
	): Promise<{ status: string; message: string }> {
		const { id, name } = credential;
		const credentials = { id, name, type, data };
		return await this.request('POST', '/rest/credentials/test', { credentials });
	}

	/** Creates an inactive workflow. */
	async createWorkflow(file: WorkflowFile): Promise<Workflow> {
		const { name, nodes, connections, settings } = file;
		return await this.request('POST', '/rest/workflows', {
			name,
			nodes,
			connections,
			settings: settings ?? { executionOrder: 'v1' },
			active: false,
		});
	}

	/** Activates a workflow; see `waitForWebhook`. */
	async activate(workflow: Workflow): Promise<void> {
		await this.request(...restApis[this.major].activate(workflow));
	}

	/** Deactivates a workflow. */
	async deactivate(workflow: Workflow): Promise<void> {
		await this.request(...restApis[this.major].deactivate(workflow));
	}

	/** Starts a workflow at one of its triggers and resolves to the finished execution. */
	async runWorkflow(workflow: Workflow, trigger: string): Promise<Execution> {
		return await this.waitForExecution(await this.startWorkflow(workflow, trigger));
	}

	/** Starts a workflow at one of its triggers and resolves to the execution ID, without waiting for the end. */
	async startWorkflow(workflow: Workflow, trigger: string): Promise<string> {
		const { executionId } = await this.request<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			restApis[this.major].runBody(workflow, trigger),
		);
		if (!executionId) throw new Error(`"${workflow.name}" did not start at "${trigger}"`);
		return executionId;
	}

	/**
	 * Polls until an execution has ended and its final data is stored.
	 * @throws after `timeoutMs`
	 */
	async waitForExecution(id: string, timeoutMs = HANG_MS): Promise<Execution> {
		for (const started = Date.now(); Date.now() - started < timeoutMs; await sleep(50)) {
			const selected = await this.request<ExecutionSummary & { data?: string }>(
				'GET',
				`/rest/executions/${id}`,
			);
			const data = parseFlatted(selected.data ?? '[]') as ExecutionData | undefined;
			if (!hasFinalData(selected.status, data)) continue;
			const { resultData } = data;
			return { id: selected.id, mode: selected.mode, status: selected.status, resultData };
		}
		throw new Error(`execution ${id} was not finished after ${timeoutMs / 1000} s`);
	}

	/**
	 * Polls until no execution of a workflow is in progress. While it starts after a kill, n8n marks as crashed what was
	 * running, and also what begins to run before it has done so.
	 * @throws after `HANG_MS`
	 */
	async waitUntilIdle(workflow: Workflow): Promise<void> {
		for (const started = Date.now(); Date.now() - started < HANG_MS; await sleep(100)) {
			const all = await this.listExecutions(workflow);
			if (!all.some(({ status }) => isInProgress(status))) return;
		}
		throw new Error(`"${workflow.name}" was still running after ${HANG_MS / 1000} s`);
	}

	/** The 100 newest executions, newest first. */
	async listExecutions(workflow: Workflow): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const selected = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${filter}`,
		);
		return selected.results;
	}
}
