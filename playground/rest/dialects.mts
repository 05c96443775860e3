import type { Workflow } from './types.mts';

/** Where the REST interfaces of n8n 1 and 2 differ; the rest of it is the same. */
export interface Dialect {
	/** Makes a workflow's production addresses answer. Answers with method, path and body. */
	activate(workflow: Workflow): [method: string, path: string, body: object];
	/** Body of `POST /rest/workflows/:id/run` that starts at a trigger. */
	run(workflow: Workflow, trigger: string): object;
}

export const dialects: Record<1 | 2, Dialect> = {
	1: {
		activate: ({ id, versionId }) => [
			'PATCH',
			`/rest/workflows/${id}`,
			{ active: true, versionId },
		],
		run: (workflow, name) => ({
			workflowData: workflow,
			startNodes: [],
			triggerToStartFrom: { name },
		}),
	},
	2: {
		activate: ({ id, versionId }) => ['POST', `/rest/workflows/${id}/activate`, { versionId }],
		run: (_workflow, name) => ({ triggerToStartFrom: { name } }),
	},
};
