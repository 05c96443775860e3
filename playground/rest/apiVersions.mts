import type { Workflow } from './types.mts';

type Request = [method: string, path: string, body: object];

/** Where the REST interfaces of n8n 1 and 2 differ; the rest of it is the same. */
export interface Dialect {
	/** Makes a workflow's production addresses answer. */
	activate(workflow: Workflow): Request;
	deactivate(workflow: Workflow): Request;
	/** Body of `POST /rest/workflows/:id/run` that starts at a trigger. */
	run(workflow: Workflow, trigger: string): object;
}

const setActive =
	(active: boolean) =>
	({ id, versionId }: Workflow): Request => [
		'PATCH',
		`/rest/workflows/${id}`,
		{ active, versionId },
	];

export const dialects: Record<1 | 2, Dialect> = {
	1: {
		activate: setActive(true),
		deactivate: setActive(false),
		run: (workflow, name) => ({
			workflowData: workflow,
			startNodes: [],
			triggerToStartFrom: { name },
		}),
	},
	2: {
		activate: ({ id, versionId }) => ['POST', `/rest/workflows/${id}/activate`, { versionId }],
		deactivate: ({ id }) => ['POST', `/rest/workflows/${id}/deactivate`, {}],
		run: (_workflow, name) => ({ triggerToStartFrom: { name } }),
	},
};
