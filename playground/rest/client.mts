import { setTimeout as sleep } from 'node:timers/promises';
import { dialects } from './apiVersions.mts';
import { parseFlatted } from './flatted.mts';
import { isStored } from './execution.mts';
import type {
	Credential,
	Execution,
	ExecutionData,
	ExecutionSummary,
	Workflow,
	WorkflowFile,
} from './types.mts';

export const owner = {
	email: 'owner@playground.example',
	firstName: 'Play',
	lastName: 'Ground',
	password: 'Playground131',
};

/** The interface that n8n's own editor uses, with the session of the instance's owner. */
export class Rest {
	/** n8n binds a session to the browser that opened it; any constant will do. */
	readonly browserId = 'playground';
	cookie = '';

	constructor(
		readonly base: string,
		/** Version of n8n. */
		private readonly major: 1 | 2,
	) {}

	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(this.base + path, {
			method,
			headers: {
				'content-type': 'application/json',
				cookie: this.cookie,
				'browser-id': this.browserId,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const session = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0];
		const text = await answer.text();
		if (!answer.ok) {
			throw new Error(`${method} ${path}: HTTP ${answer.status} ${text.slice(0, 500)}`);
		}
		const json = JSON.parse(text) as { data?: unknown };
		return (json.data === undefined ? json : json.data) as T;
	}

	/** A new n8n has no users; this makes the first one and signs in. */
	async setUpOwner(): Promise<void> {
		await this.request('POST', '/rest/owner/setup', owner);
	}

	async createCredential(type: string, name: string, data: object): Promise<Credential> {
		return await this.request('POST', '/rest/credentials', { name, type, data });
	}

	/** What the editor does when a credential is saved: runs the test that the credential type defines. */
	async testCredential(
		type: string,
		credential: Credential,
		data: object,
	): Promise<{ status: string; message: string }> {
		const { id, name } = credential;
		const credentials = { id, name, type, data };
		return await this.request('POST', '/rest/credentials/test', { credentials });
	}

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

	async activate(workflow: Workflow): Promise<void> {
		await this.request(...dialects[this.major].activate(workflow));
	}

	async deactivate(workflow: Workflow): Promise<void> {
		await this.request(...dialects[this.major].deactivate(workflow));
	}

	/** Starts a workflow at one of its triggers and answers the finished execution. */
	async run(workflow: Workflow, trigger: string, withinMs = 120_000): Promise<Execution> {
		return await this.finished(await this.begin(workflow, trigger), withinMs);
	}

	/** The same without waiting for the end: answers the execution's id. */
	async begin(workflow: Workflow, trigger: string): Promise<string> {
		const { executionId } = await this.request<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			dialects[this.major].run(workflow, trigger),
		);
		if (!executionId) throw new Error(`"${workflow.name}" did not start at "${trigger}"`);
		return executionId;
	}

	async finished(id: string, withinMs = 120_000): Promise<Execution> {
		for (const started = Date.now(); Date.now() - started < withinMs; await sleep(50)) {
			const found = await this.request<ExecutionSummary & { data?: string }>(
				'GET',
				`/rest/executions/${id}`,
			);
			const data = parseFlatted(found.data ?? '[]') as ExecutionData | undefined;
			if (!isStored(found.status, data)) continue;
			const { resultData } = data;
			return { id: found.id, mode: found.mode, status: found.status, resultData };
		}
		throw new Error(`execution ${id} was not finished after ${withinMs / 1000} s`);
	}

	/** The newest 100. */
	async executions(workflow: Workflow): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const found = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${filter}`,
		);
		return found.results;
	}
}
